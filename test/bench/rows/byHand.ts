import assert from 'node:assert/strict';
import { rows, seedream } from '../../e2e/scenario';
import { GOOD_KEY, type Stage } from '../../e2e/stage';
import { errorOf } from '../../e2e/support/execution';
import { chain, manualTrigger, type WorkflowDefinition } from '../../e2e/support/workflow';
import { allTogether, oneByOne } from '../byHand';
import type { Row } from '../row';

const ITEMS = 10;
const TASK_MS = 2000;
/** The node's default; the workflows by hand wait as long between two questions. */
const POLL_SECONDS = 3;

interface Timing {
	seconds: number;
	requests: number;
}

async function time({ rest, emulator }: Stage, definition: WorkflowDefinition): Promise<Timing> {
	const workflow = await rest.createWorkflow(definition);
	emulator.reset();
	emulator.setTaskMs(TASK_MS);
	const execution = await rest.runManually(workflow, { trigger: manualTrigger.name }, 180_000);
	assert.equal(execution.status, 'success', `${definition.name}: ${errorOf(execution)}`);
	assert.equal(emulator.requestsOf('download').length, ITEMS, `images of ${definition.name}`);
	const took = Date.parse(execution.stoppedAt ?? '') - Date.parse(execution.startedAt ?? '');
	return { seconds: took / 1000, requests: emulator.requests.length };
}

export const byHand: Row = {
	id: 'by-hand',
	title: `${ITEMS} images, against workflows of HTTP Request nodes`,
	how: `${ITEMS} items with a task of ${TASK_MS / 1000} s each, ${POLL_SECONDS} s between two questions, from the start of the execution to its end. Beside it: POST, Wait, GET, IF and back, Split Out, download, one item after the other by Loop Over Items, as most do it; and with all items going round together.`,
	goals: [],
	rounds: 1,
	run: async (bench) => {
		const stage = await bench.stage('by hand');
		const table = Array.from({ length: ITEMS }, (_, item) => ({ prompt: `Image ${item}` }));
		const job = { stage, table, waitSeconds: POLL_SECONDS, key: GOOD_KEY };
		const order = {
			operation: 'generate',
			prompt: '={{ $json.prompt }}',
			aspectRatio: '1:1',
			resolution: '1K',
			options: { pollIntervalSeconds: POLL_SECONDS },
		};
		const byNode = chain('Seedream node', [
			manualTrigger,
			...rows(table),
			seedream(stage.credential, order),
		]);
		const ours: Timing[] = [];
		const oneAfterTheOther: Timing[] = [];
		const together: Timing[] = [];
		for (let round = 0; round < bench.rounds; round += 1) {
			ours.push(await time(stage, byNode));
			together.push(await time(stage, allTogether(job)));
			oneAfterTheOther.push(await time(stage, oneByOne(job)));
		}
		const seconds = (timings: readonly Timing[]) => timings.map((timing) => timing.seconds);
		const requests = (timings: readonly Timing[]) => timings.map((timing) => timing.requests);
		return {
			ours: { name: 'time', unit: 's', values: seconds(ours) },
			comparator: { name: 'one by one', unit: 's', values: seconds(oneAfterTheOther) },
			others: [
				{ name: 'all together', unit: 's', values: seconds(together) },
				{ name: 'requests', unit: '', values: requests(ours) },
				{ name: 'requests one by one', unit: '', values: requests(oneAfterTheOther) },
				{ name: 'requests all together', unit: '', values: requests(together) },
			],
		};
	},
};
