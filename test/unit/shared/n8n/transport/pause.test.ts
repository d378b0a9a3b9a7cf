import { afterEach, expect, it, vi } from 'vitest';
import { executionClock } from '../../../../../nodes/shared/n8n/transport/clock';
import type { IExecuteFunctions } from 'n8n-workflow';

afterEach(() => vi.restoreAllMocks());

it('A pause is never a negative one, however time passes while it is looked at', async () => {
	let now = 0;
	vi.spyOn(Date, 'now').mockImplementation(() => (now += 100));
	const pauses: unknown[] = [];
	const real = globalThis.setTimeout;
	vi.spyOn(globalThis, 'setTimeout').mockImplementation((done, ms) => {
		pauses.push(ms);
		return real(done, 0);
	});
	const context: Pick<IExecuteFunctions, 'getNode' | 'getExecutionCancelSignal'> = {
		getNode: () => ({
			id: '',
			name: '',
			type: '',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}),
		getExecutionCancelSignal: () => undefined,
	};
	await executionClock(context).sleep(450);
	expect(pauses).toEqual([250, 250, 250, 150, 50]);
});
