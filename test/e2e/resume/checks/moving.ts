import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from '../../checks/check';
import { begin, flow, untilOver } from '../flow';

const TRIES = 3;

/** A prompt that is another one at each try, and a task that fails each time: made as often as Max Tries says, and no more. */
export const movingPrompt: Check = {
	name: 'suspend with a moving prompt, task fails, Retry On Fail',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1000);
		const definition = flow(stage, 'Moving', {
			prompts: ['A [moderated] kite'],
			parameters: {
				completion: 'callback',
				prompt: '={{ $json.prompt }} {{ $now.toMillis() }} {{ Math.random() }}',
			},
			settings: { retryOnFail: true, maxTries: TRIES, waitBetweenTries: 100 },
		});
		const execution = await untilOver(stage, await begin(stage, definition));
		await pause(5000);
		const posts = emulator.requestsOf('create').length;
		assert.equal(execution.status, 'error');
		assert.equal(posts, TRIES, 'requests');
		assert.equal(emulator.creditsUsed(), 0);
		return `${posts} requests with Max Tries ${TRIES}, all refunded; execution ends in error`;
	},
};
