import assert from 'node:assert/strict';
import type { Check } from './check';

/** Last: it speaks for everything that ran before. */
export const nothingLeft: Check = {
	name: 'nothing left the machine',
	run: async ({ n8n }) => {
		const attempts = n8n.outgoingAttempts();
		const targets = attempts.map(
			({ kind, target, at }) => `${kind} ${target} from ${at[0] ?? '?'}`,
		);
		assert.deepEqual(targets, []);
		return 'no connection, name look-up or datagram beyond loopback was tried by n8n or its children';
	},
};
