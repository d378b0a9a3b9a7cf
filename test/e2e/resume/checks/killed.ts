import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import { waitUntil } from '../../support/wait';
import { callbackUrls, tally } from '../callbacks';
import { begin, flow, untilOver, untilWaiting, type Started } from '../flow';
import { expectImages } from '../images';
import { getTask } from '../nodes';

const EXECUTIONS = 3;
const PROMPTS = ['A kite', 'A boat'];

/** Later than n8n is up again on a busy machine: a deadline that passes while n8n starts can collide with its crash recovery. */
const DEADLINE_SECONDS = 60;

/** n8n is killed while executions wait; the callbacks come once it runs again. */
export const killedWhileWaiting: Check = {
	name: 'SIGKILL while executions wait',
	run: async (stage) => {
		const { emulator, n8n } = stage;
		// Longer than a restart takes on a busy machine.
		emulator.setTaskMs(30_000);
		const all: Started[] = [];
		for (let each = 0; each < EXECUTIONS; each += 1) {
			all.push(
				await begin(
					stage,
					flow(stage, `Killed ${each}`, {
						prompts: PROMPTS,
						parameters: { completion: 'callback' },
					}),
				),
			);
		}
		for (const started of all) await untilWaiting(stage, started);

		await n8n.kill();
		const killed = Date.now();
		await n8n.start();
		const bootMs = Date.now() - killed;
		const early = emulator.callbacks.length;
		for (const started of all) await untilWaiting(stage, started);
		for (const started of all) await expectImages(stage, await untilOver(stage, started), [0, 1]);
		const created = emulator.requestsOf('create').length;
		assert.equal(created, EXECUTIONS * PROMPTS.length);
		assert.equal(early, 0, 'callbacks while n8n was down');
		return `${EXECUTIONS} executions waited on after the restart (${bootMs} ms), callbacks ${tally(emulator.callbacks)}, ${created} tasks made, ${emulator.imagesMade()} images, all there`;
	},
};

/** n8n is down for as long as the provider tries: nobody wakes the execution, and the deadline hands on the task IDs. */
export const callbacksLost: Check = {
	name: 'SIGKILL, and all callbacks lost',
	run: async (stage) => {
		const { emulator, n8n } = stage;
		emulator.setTaskMs(2500);
		const parameters = { completion: 'callback', options: { maxWaitSeconds: DEADLINE_SECONDS } };
		const then = [getTask(stage.credential)];
		const started = await begin(stage, flow(stage, 'Lost', { prompts: PROMPTS, parameters, then }));
		await untilWaiting(stage, started);
		const waiting = Date.now();
		await n8n.kill();
		const attempts = callbackUrls(emulator).length * 4;
		await waitUntil(
			'the provider to give up',
			async () => emulator.callbacks.length === attempts,
			30_000,
		);
		await n8n.start();

		const { status } = await untilWaiting(stage, started);
		const execution = await untilOver(stage, started, 150_000);
		const seconds = ((Date.now() - waiting) / 1000).toFixed(0);
		await expectImages(stage, execution, [0, 1]);
		assert.equal(emulator.requestsOf('create').length, PROMPTS.length);
		return `callbacks ${tally(emulator.callbacks)}; ${status} after the restart, went on ${seconds} s after it went to sleep (deadline ${DEADLINE_SECONDS} s); Get Task behind it got both images, ${PROMPTS.length} tasks made`;
	},
};
