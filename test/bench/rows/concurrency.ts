import { EXECUTIONS, limited, LIMIT, TASK_MS, timeOf } from '../../e2e/resume/checks/concurrency';
import type { Row } from '../row';

export const concurrency: Row = {
	id: 'concurrency',
	title: `${EXECUTIONS} executions in an n8n that runs ${LIMIT} at the same time`,
	how: `Tasks of ${TASK_MS / 1000} s, suspended until the callback; from the first start to the end of the last execution. Beside it: the same polled, with half a second between the first questions.`,
	goals: [],
	rounds: 1,
	run: async (bench) => {
		const stage = await bench.stage('limited', { n8n: { env: limited } });
		const suspended: number[] = [];
		const polled: number[] = [];
		for (let round = 0; round < bench.rounds; round += 1) {
			suspended.push((await timeOf(stage, 'callback')).seconds);
			polled.push((await timeOf(stage, 'poll')).seconds);
		}
		return {
			ours: { name: 'suspended', unit: 's', values: suspended },
			comparator: { name: 'polled', unit: 's', values: polled },
		};
	},
};
