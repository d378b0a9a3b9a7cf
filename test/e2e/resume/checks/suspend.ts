import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import { lastCallback, tally } from '../callbacks';
import { begin, flow, NEXT, untilOver, untilWaiting } from '../flow';
import { expectImages, startOf } from '../images';

/** One execution with so many tasks: it waits in n8n's list, wakes up once, and has all images. */
export function suspends(count: number, taskMs: number): Check {
	return {
		name: `suspend with ${count}`,
		run: async (stage) => {
			const { emulator, rest } = stage;
			emulator.setTaskMs(taskMs);
			const prompts = Array.from({ length: count }, (_, item) => `Image ${item}`);
			const definition = flow(stage, `Suspend ${count}`, {
				prompts,
				parameters: { completion: 'callback' },
			});
			const started = await begin(stage, definition);
			const { waitTill } = await untilWaiting(stage, started);
			assert.ok(waitTill, 'no deadline');

			const execution = await untilOver(stage, started, 180_000);
			await expectImages(stage, execution, [...prompts.keys()]);
			assert.equal(emulator.requestsOf('create').length, count);
			assert.equal(emulator.imagesMade(), count);
			assert.equal((await rest.executions(started.workflow)).length, 1);

			const last = lastCallback(emulator.callbacks);
			const woken = startOf(execution, 'Seedream') - last;
			const next = startOf(execution, NEXT) - last;
			const queries = emulator.requestsOf('query').length;
			return `${count} images, 1 execution, callbacks ${tally(emulator.callbacks)}, ${queries} queries; last callback -> node runs ${woken} ms, -> next node ${next} ms (${count} downloads in between)`;
		},
	};
}
