import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import { isOver } from '../../support/execution';
import { waitUntil } from '../../support/wait';
import { begin, flow, untilOver, untilWaiting } from '../flow';
import { expectImages } from '../images';

const PROMPTS = ['A kite', 'A boat', 'A house'];

/** n8n is killed while it downloads. What it had downloaded is gone, what was paid for is not. */
export const killedWhileCollecting: Check = {
	name: 'SIGKILL while collecting, then Retry',
	run: async (stage) => {
		const { emulator, n8n, rest } = stage;
		emulator.setTaskMs(2000);
		emulator.addFault({ on: 'download', slow: 20_000, times: PROMPTS.length });
		const started = await begin(
			stage,
			flow(stage, 'Collecting', { prompts: PROMPTS, parameters: { completion: 'callback' } }),
		);
		await untilWaiting(stage, started);
		await waitUntil('a download', async () => emulator.requestsOf('download').length > 0);
		await n8n.kill();
		await n8n.start();

		const { status } = await untilOver(stage, started);
		assert.equal(status, 'crashed');
		const retry = { workflow: started.workflow, id: await rest.retryExecution(started.id) };
		const execution = await untilOver(stage, retry);
		await expectImages(stage, execution, [...PROMPTS.keys()]);
		assert.ok((await rest.executions(started.workflow)).every((each) => isOver(each.status)));
		assert.equal(emulator.requestsOf('create').length, PROMPTS.length, 'tasks made');
		return `the execution is ${status}; Retry in the list of executions got ${PROMPTS.length} images, ${PROMPTS.length} tasks made in all`;
	},
};
