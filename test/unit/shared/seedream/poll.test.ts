import { describe, expect, it } from 'vitest';
import type { HttpResult } from '../../../../nodes/shared/seedream/http';
import { waitForTasks, type PollOptions } from '../../../../nodes/shared/seedream/poll';
import type { TaskWithId } from '../../../../nodes/shared/seedream/task';
import {
	FakeClock,
	FakeHttp,
	NEVER_CONNECTED,
	RESET,
	START,
	TIMED_OUT,
	aConnection,
	aTaskBody,
	answered,
	byUrl,
	errorOf,
	valueOf,
} from '../../support';

const DEFAULTS: PollOptions = {
	firstPauseMs: 3000,
	maxWaitMs: 600_000,
	concurrency: 5,
	stopAtFailure: false,
};

const open = (id: string, status: TaskWithId['status'] = 'pending'): TaskWithId => ({
	id,
	provider: 'evolink',
	status,
	images: [],
	failedImages: [],
});

const pending = (id: string) => answered(200, aTaskBody(id, 'processing'));
const done = (id: string) =>
	answered(200, aTaskBody(id, 'completed', { results: [`https://x.test/${id}.png`] }));
const failed = (id: string) =>
	answered(200, aTaskBody(id, 'failed', { error: { code: 'service_error', message: 'no' } }));
const GONE = answered(404, { error: { code: 'task_not_found', message: 'not there' } });

async function wait(
	scripts: Record<string, readonly HttpResult[]>,
	options: Partial<PollOptions> = {},
	tasks = Object.keys(scripts).map((id) => open(id)),
) {
	const clock = new FakeClock();
	const http = byUrl(clock, scripts);
	const connection = aConnection(http, clock);
	const ends = await waitForTasks(connection, tasks, { ...DEFAULTS, ...options });
	const readings = (id: string) => http.urls.filter((url) => url.endsWith(id)).length;
	return { ends, clock, http, readings, waited: clock.now() - START };
}

const statuses = (ends: Awaited<ReturnType<typeof wait>>['ends']) =>
	ends.map((end) => (end.ok ? end.value.status : end.error.code));

describe('waiting for tasks', () => {
	it('gives the ends in the order of the tasks, whichever ended first', async () => {
		const { ends } = await wait({ a: [pending('a'), pending('a'), done('a')], b: [done('b')] });
		expect(ends.map((end) => valueOf(end).images[0]?.source)).toEqual([
			{ kind: 'url', url: 'https://x.test/a.png' },
			{ kind: 'url', url: 'https://x.test/b.png' },
		]);
	});

	it('is one loop: ten tasks take no longer than one, and an ended one is not read again', async () => {
		const ids = Array.from({ length: 10 }, (_, index) => `task${index}`);
		const slow = (id: string) => [pending(id), pending(id), done(id)];
		const one = await wait({ a: slow('a') });
		const ten = await wait(Object.fromEntries(ids.map((id) => [id, slow(id)])));
		expect(ten.waited).toBe(one.waited);
		expect(ten.http.sent).toHaveLength(30);
		const mixed = await wait({ a: [done('a')], b: slow('b') });
		expect([mixed.readings('a'), mixed.readings('b')]).toEqual([1, 3]);
	});

	it('makes each pause a sixth of the time that has passed, from the first pause up to fifteen seconds', async () => {
		const { clock } = await wait({ a: [...Array(17).fill(pending('a')), done('a')] });
		const first = [3000, 3000, 3000, 3000, 3000, 3000, 3000];
		const growing = [3500, 4083, 4764, 5558, 6484, 7565, 8826, 10_297, 12_013, 14_015];
		expect(clock.pauses.map(Math.round)).toEqual([...first, ...growing, 15_000]);
	});

	it('takes the time of a round of readings off the pause after it, down to the first pause', async () => {
		const clock = new FakeClock();
		const rounds = [60_000, 0, 3000, 0];
		const http = new FakeHttp(clock, () => {
			clock.pass(rounds.shift() ?? 0);
			return rounds.length > 0 ? pending('a') : done('a');
		});
		await waitForTasks(aConnection(http, clock), [open('a')], DEFAULTS);
		const longRound = 3000;
		const quickRound = (3000 + 60_000 + 3000) / 6;
		const roundOfThreeSeconds = (3000 + 60_000 + 3000 + quickRound) / 6 - 3000;
		expect(clock.pauses.map(Math.round)).toEqual(
			[3000, longRound, quickRound, roundOfThreeSeconds].map(Math.round),
		);
	});

	it('keeps to a first pause that is longer than the cap', async () => {
		const script = [pending('a'), pending('a'), done('a')];
		const { clock } = await wait({ a: script }, { firstPauseMs: 40_000 });
		expect(clock.pauses).toEqual([40_000, 40_000, 40_000]);
	});

	it('reads nothing for tasks that have ended before, nor for none', async () => {
		const ended = await wait({ a: [] }, {}, [open('a', 'completed'), open('a', 'cancelled')]);
		expect(ended.http.sent).toEqual([]);
		expect(statuses(ended.ends)).toEqual(['completed', 'cancelled']);
		expect((await wait({})).ends).toEqual([]);
	});

	it('tells its progress after each round', async () => {
		const told: Array<[number, number]> = [];
		const scripts = { a: [done('a')], b: [pending('b'), done('b')], c: [GONE] };
		await wait(scripts, { onProgress: (ended, all) => told.push([ended, all]) });
		expect(told).toEqual([
			[2, 3],
			[3, 3],
		]);
	});

	it.each([1, 2, 5])('reads at most %d tasks at the same time', async (concurrency) => {
		const ids = Array.from({ length: 9 }, (_, index) => `task${index}`);
		const scripts = Object.fromEntries(ids.map((id) => [id, [done(id)]]));
		expect((await wait(scripts, { concurrency })).http.mostAtOnce).toBe(concurrency);
	});
});

describe('a reading that fails in a way that may pass', () => {
	const trouble = [408, 425, 429, 500, 502, 503, 504].map((status) => answered(status));
	const results: HttpResult[] = [...trouble, NEVER_CONNECTED, RESET, TIMED_OUT];

	it('is made again in the next round, whatever the trouble', async () => {
		const { ends, readings } = await wait({ a: [...results, done('a')] });
		expect(statuses(ends)).toEqual(['completed']);
		expect(readings('a')).toBe(results.length + 1);
	});

	it('goes on to the deadline and then names the task and the way to fetch it', async () => {
		const { ends, waited } = await wait({ a: [answered(503)] }, { maxWaitMs: 60_000 });
		const [end = failedTest()] = ends;
		expect(waited).toBe(60_000);
		expect(errorOf(end)).toMatchObject({ code: 'wait_timeout', taskId: 'a', billed: 'unknown' });
		expect(errorOf(end).hint).toContain('Get Task operation with the ID a');
	});

	it.each([
		['seconds', '40'],
		['a date', new Date(START + 3000 + 40_000).toUTCString()],
	])('makes the next pause as long as Retry-After asks, in %s', async (_, value) => {
		const busy = answered(429, undefined, { 'retry-after': value });
		const { clock } = await wait({ a: [busy, pending('a'), done('a')] });
		expect(clock.pauses.map(Math.round)).toEqual([3000, 40_000, 7167]);
	});

	it('makes the longest Retry-After of a round the pause for all', async () => {
		const busy = (seconds: string) => answered(429, undefined, { 'retry-after': seconds });
		const { clock } = await wait({ a: [busy('20'), done('a')], b: [busy('30'), done('b')] });
		expect(clock.pauses).toEqual([3000, 30_000]);
	});

	it('does not let an absurd Retry-After hold up the tasks until the deadline', async () => {
		const absurd = answered(429, undefined, { 'retry-after': '86400' });
		const { waited } = await wait({ a: [absurd, done('a')], b: [pending('b'), done('b')] });
		expect(waited).toBeLessThan(DEFAULTS.maxWaitMs / 2);
	});
});

describe('the deadline', () => {
	it('is never slept over, and there is a last reading at it', async () => {
		const { clock, waited } = await wait({ a: [pending('a')] }, { maxWaitMs: 10_000 });
		expect(clock.pauses).toEqual([3000, 3000, 3000, 1000]);
		expect(waited).toBe(10_000);
		const late = await wait({ a: [pending('a'), pending('a'), done('a')] }, { maxWaitMs: 10_000 });
		expect(statuses(late.ends)).toEqual(['completed']);
	});

	it('leaves those that ended as they are', async () => {
		const { ends } = await wait({ a: [pending('a')], b: [done('b')] }, { maxWaitMs: 20_000 });
		expect(statuses(ends)).toEqual(['wait_timeout', 'completed']);
		expect(errorOf(ends[0] ?? failedTest()).message).toContain('still processing');
	});

	it('counts from the beginning of the wait, with the time that readings take', async () => {
		const clock = new FakeClock();
		const http = new FakeHttp(clock, () => {
			clock.pass(5000);
			return pending('a');
		});
		const options = { ...DEFAULTS, maxWaitMs: 14_000 };
		await waitForTasks(aConnection(http, clock), [open('a')], options);
		expect(clock.pauses).toEqual([3000, 3000]);
	});
});

describe('a failure of one task', () => {
	it.each([
		['a failed task', failed('a'), 'failed'],
		['a task that is not there', GONE, 'task_not_found'],
	])('does not end the wait for the others: %s', async (_, ending, status) => {
		const { ends, readings } = await wait({ a: [ending], b: [pending('b'), done('b')] });
		expect(statuses(ends)).toEqual([status, 'completed']);
		expect(readings('a')).toBe(1);
	});

	it.each([
		['a failed task', failed('a'), 'failed'],
		['a task that is not there', GONE, 'task_not_found'],
	])('ends it when asked to, with the others as they are: %s', async (_, ending, status) => {
		const scripts = { a: [pending('a'), ending], b: [pending('b')], c: [done('c')] };
		const { ends, readings } = await wait(scripts, { stopAtFailure: true });
		expect(statuses(ends)).toEqual([status, 'processing', 'completed']);
		expect(readings('b')).toBe(2);
	});

	it('does not end it for trouble that passes, even when asked to stop', async () => {
		const scripts = { a: [answered(503), RESET, done('a')], b: [done('b')] };
		const { ends } = await wait(scripts, { stopAtFailure: true });
		expect(statuses(ends)).toEqual(['completed', 'completed']);
	});
});

function failedTest(): never {
	throw new Error('There is no such end');
}
