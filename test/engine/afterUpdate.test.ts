import { describe, expect, it } from 'vitest';
import { NODE } from './seedream';
import { retryExecution } from './support';
import { BOAT, useScene } from './suspend/scene';
import { asVersion01 } from './version01';

const scene = useScene();

const POLLED = { ...BOAT, completion: 'poll' };

describe('An execution that failed under version 0.1, retried from the list after the update', () => {
	it('picks up the task that was open', async () => {
		scene.emulator.addFault({ on: 'query', neverEnds: true });
		const failed = await scene.run(POLLED, { options: { maxWaitSeconds: 0.2 } });
		expect(failed.status).toBe('error');
		scene.emulator.clearFaults();
		asVersion01(failed);
		const retried = await retryExecution(failed);
		expect(retried.items(NODE)).toMatchObject([
			{ json: { taskId: scene.taskIds()[0], status: 'completed' } },
		]);
		expect(scene.paid()).toBe(1);
	});

	it('warns of the request that had no answer', async () => {
		scene.emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		const failed = await scene.run(POLLED);
		asVersion01(failed);
		const retried = await retryExecution(failed);
		expect(retried.items(NODE)).toMatchObject([
			{ json: { warnings: [expect.stringMatching(/without getting an answer.*bill it twice/)] } },
		]);
	});
});
