import fc, { asyncProperty } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitForTasks } from '../../nodes/shared/seedream/poll';
import { aConnection, aTaskBody, answered, FakeClock, FakeHttp, START } from '../unit/support';
import { check } from './support/check';

const LONGEST_TASK_MS = 600_000;
/** What the node waits with unless it is told otherwise. */
const DEFAULTS = {
	firstPauseMs: 3000,
	maxWaitMs: LONGEST_TASK_MS,
	concurrency: 5,
	stopAtFailure: false,
};

/** Waits for a task that takes so long, where readings take no time. */
async function waitFor(taskMs: number): Promise<{ lostMs: number; readings: number }> {
	const clock = new FakeClock();
	const http = new FakeHttp(clock, () => {
		const hasEnded = clock.now() - START >= taskMs;
		return answered(200, aTaskBody('a', hasEnded ? 'completed' : 'processing'));
	});
	const task = { id: 'a', provider: 'evolink', images: [], failedImages: [] };
	const open = { ...task, status: 'pending' } as const;
	await waitForTasks(aConnection(http, clock), [open], DEFAULTS);
	return { lostMs: clock.now() - START - taskMs, readings: http.sent.length };
}

describe('Waiting with the defaults', () => {
	it('loses at most 17 % of the time of a task after its end', async () => {
		const taskMs = fc.integer({ min: 18_000, max: LONGEST_TASK_MS });
		await check(
			asyncProperty(taskMs, async (ms) => {
				const { lostMs } = await waitFor(ms);
				expect(lostMs).toBeGreaterThanOrEqual(0);
				expect(lostMs / ms).toBeLessThanOrEqual(0.17);
			}),
			{ runs: 200 },
		);
	});

	it.each([
		[60_000, 0.085],
		[LONGEST_TASK_MS, 0.085],
	])('loses at most so much of it on average, up to %d ms: %d', async (longest, share) => {
		const step = 1000;
		let sum = 0;
		let count = 0;
		for (let ms = 18_000; ms <= longest; ms += step, count++)
			sum += (await waitFor(ms)).lostMs / ms;
		expect(sum / count).toBeLessThanOrEqual(share);
	});

	it.each([
		[30, 12],
		[120, 22],
	])('reads a task of %d seconds at most %d times', async (seconds, most) => {
		expect((await waitFor(seconds * 1000)).readings).toBeLessThanOrEqual(most);
	});
});
