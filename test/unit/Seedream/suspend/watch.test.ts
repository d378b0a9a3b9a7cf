import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Watch, type Decision } from '../../../../nodes/Seedream/suspend/watch';
import type { HttpResult } from '../../../../nodes/shared/seedream/http';
import { aConnection, aTaskBody, answered, FakeClock, RESET } from '../../support';

type Answering = (taskId: string) => Promise<HttpResult>;

/** A connection to an API that answers as it is told. */
function connectionTo(answer: Answering) {
	const asked: string[] = [];
	const send = async ({ url }: { url: string }) => {
		const id = url.slice(url.lastIndexOf('/') + 1);
		asked.push(id);
		return await answer(id);
	};
	const connect = vi.fn(async () => await Promise.resolve(aConnection({ send }, new FakeClock())));
	return { asked, connect };
}

const aWhile = async () => await new Promise((resolve) => setImmediate(resolve));

/** An API of tasks that end when they are told to. */
function api(...ended: string[]) {
	const ends = new Set(ended);
	const answering = connectionTo(async (id) => {
		await aWhile();
		return answered(200, aTaskBody(id, ends.has(id) ? 'completed' : 'processing'));
	});
	return { ends, ...answering };
}

const IDS = ['a', 'b', 'c'];

describe('The decision over a callback', () => {
	it('is to wait while a task is open, and to wake the execution when none is', async () => {
		const { ends, connect } = api('a', 'b');
		const watch = new Watch();
		expect(await watch.decide(IDS, 'a', connect)).toBe('wait');
		ends.add('c');
		expect(await watch.decide(IDS, 'c', connect)).toBe('wake');
		expect([...watch.ends.keys()].sort()).toEqual(IDS);
	});

	it('is made once for all that come at once: one wakes, each task is read once, and the key is asked for once', async () => {
		const ids = Array.from({ length: 100 }, (_, index) => `t${index}`);
		const { asked, connect } = api(...ids);
		const watch = new Watch();
		const first = watch.decide(ids, 't0', connect);
		await aWhile();
		const decisions = await Promise.all([
			first,
			...ids.slice(1).map(async (id) => await watch.decide(ids, id, connect)),
		]);
		expect(decisions.filter((decision) => decision === 'wake')).toHaveLength(1);
		expect(decisions.filter((decision) => decision === 'woken')).toHaveLength(99);
		expect([...asked].sort()).toEqual([...ids].sort());
		expect(connect).toHaveBeenCalledTimes(1);
	});

	it('wakes again for a call that is repeated, as n8n may have failed to wake the execution', async () => {
		const { connect } = api(...IDS);
		const watch = new Watch();
		expect(await watch.decide(IDS, 'a', connect)).toBe('wake');
		expect(await watch.decide(IDS, 'b', connect)).toBe('woken');
		expect(await watch.decide(IDS, 'a', connect)).toBe('wake');
	});

	it('wakes again for any call that finds the execution asleep long after it was woken', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const { connect } = api(...IDS);
		const watch = new Watch();
		expect(await watch.decide(IDS, 'a', connect)).toBe('wake');
		vi.setSystemTime(Date.now() + 10_000);
		expect(await watch.decide(IDS, 'b', connect)).toBe('wake');
		vi.useRealTimers();
	});

	it('is to call again for who reports an end that the API does not show, and not for who came along', async () => {
		const { connect } = api('a');
		const watch = new Watch();
		const [first, early, true_] = await Promise.all([
			watch.decide(IDS, 'a', connect),
			watch.decide(IDS, 'b', connect),
			watch.decide(IDS, 'a', connect),
		]);
		expect([first, early, true_]).toEqual(['wait', 'unconfirmed', 'wait']);
	});

	it('asks nothing about a task that is none of its own', async () => {
		const { asked, connect } = api();
		expect(await new Watch().decide(IDS, 'foreign', connect)).toBe('wait');
		expect(asked).not.toContain('foreign');
	});

	it('fails for all who shared it where the credentials cannot be had, and is made anew for the next', async () => {
		const { connect } = api(...IDS);
		const watch = new Watch();
		const broken = vi.fn(async () => await Promise.reject(new Error('locked')));
		const both = [watch.decide(IDS, 'a', broken), watch.decide(IDS, 'b', broken)];
		expect(await Promise.allSettled(both)).toMatchObject([
			{ status: 'rejected' },
			{ status: 'rejected' },
		]);
		expect(await watch.decide(IDS, 'a', connect)).toBe('wake');
	});
});

describe('The last end of all is never missed', () => {
	const order = fc.record({
		/** How many processes of n8n there are, and which of them each callback goes to. */
		processes: fc.integer({ min: 1, max: 3 }),
		routes: fc.array(fc.nat({ max: 2 }), { minLength: 40, maxLength: 40 }),
		tasks: fc.integer({ min: 1, max: 5 }),
		/** Which readings fail for a moment. */
		failing: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
		scheduler: fc.scheduler(),
	});

	it('in whatever order tasks end, callbacks come and the API answers, in several processes', async () => {
		await fc.assert(
			fc.asyncProperty(order, async ({ processes, routes, tasks, failing, scheduler }) => {
				const ids = Array.from({ length: tasks }, (_, index) => `t${index}`);
				const ends = new Set<string>();
				const woken: number[] = [];
				let readings = 0;
				let calls = 0;
				const { connect } = connectionTo(async (id) => {
					await scheduler.schedule(Promise.resolve(), `request for ${id}`);
					const status = ends.has(id) ? 'completed' : 'processing';
					const answer = failing[readings++] ? RESET : answered(200, aTaskBody(id, status));
					await scheduler.schedule(Promise.resolve(), `answer for ${id}`);
					return answer;
				});
				const watches = Array.from({ length: processes }, () => new Watch());
				const callBack = async (id: string): Promise<void> => {
					let decision: Decision;
					do {
						await scheduler.schedule(Promise.resolve(), `callback of ${id}`);
						const watch = watches[(routes[calls++ % routes.length] ?? 0) % processes];
						decision = (await watch?.decide(ids, id, connect)) ?? 'unreachable';
						// What has woken it is refused by n8n from then on.
						if (decision === 'wake') woken.push(ends.size);
					} while (decision === 'unreachable' || decision === 'unconfirmed');
				};
				const runs = ids.map(async (id) => {
					await scheduler.schedule(Promise.resolve(), `end of ${id}`);
					ends.add(id);
					await callBack(id);
				});
				await scheduler.waitFor(Promise.all(runs));
				expect(woken.length).toBeGreaterThan(0);
				expect(woken.every((ended) => ended === tasks)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});
});
