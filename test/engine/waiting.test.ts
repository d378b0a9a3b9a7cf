import { describe, expect, it } from 'vitest';
import type { RecordedRequest } from '../emulator';
import { until } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, itemsOf, NODE, runSeedream, startSeedream } from './seedream';
import { retryExecution } from './support';

const emulator = useEmulator({ taskMs: 120 });

const items = (count: number) =>
	itemsOf(...Array.from({ length: count }, (_, index) => ({ index })));

const paid = () => emulator.requestsOf('create');
const queries = () => emulator.requestsOf('query');
const taskOf = ({ path }: RecordedRequest) => path.split('/').at(-1) ?? '';

/** The pauses between requests, in ms. */
function pauses(requests: RecordedRequest[]): number[] {
	return requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));
}

describe('Several items', () => {
	it('are waited for together: each round asks once for every task that is open', async () => {
		emulator.addFault({ on: 'query', neverEnds: true, times: 12 });
		const result = await runSeedream(emulator, BOAT, { items: items(6) });
		expect(result.items(NODE)).toHaveLength(6);
		const asked = queries().map(taskOf);
		expect(asked.length).toBeGreaterThanOrEqual(18);
		for (const round of [asked.slice(0, 6), asked.slice(6, 12)])
			expect(new Set(round).size).toBe(6);
	});

	it('are submitted at most so many at a time as Concurrency says', async () => {
		emulator.addFault({ on: 'create', hang: 250 });
		await runSeedream(emulator, BOAT, { items: items(7), options: { concurrency: 3 } });
		const at = paid().map((request) => request.at);
		expect(at).toHaveLength(7);
		// The answer takes 250 ms, so a fourth request within that time would be one too many.
		at.slice(3).forEach((time, index) =>
			expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(245),
		);
		// One after the other, the last would come 1500 ms after the first.
		expect((at[6] ?? 0) - (at[0] ?? 0)).toBeLessThan(1400);
	});

	it('are asked for at most so many at a time', async () => {
		emulator.addFault({ on: 'query', hang: 150 });
		await runSeedream(emulator, BOAT, { items: items(5), options: { concurrency: 2 } });
		const at = queries().map((request) => request.at);
		at.slice(2).forEach((time, index) =>
			expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(145),
		);
	});

	it('are downloaded at most so many at a time', async () => {
		emulator.addFault({ on: 'download', hang: 150 });
		await runSeedream(
			emulator,
			{ ...BOAT, download: true, resolution: '1K', numberOfImages: 4 },
			{ options: { concurrency: 2 } },
		);
		const at = emulator.requestsOf('download').map((request) => request.at);
		expect(at).toHaveLength(4);
		at.slice(2).forEach((time, index) =>
			expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(145),
		);
	});

	it('tell the editor how far they are', async () => {
		const result = await runSeedream(emulator, BOAT, { items: items(2), mode: 'manual' });
		expect(result.messages.at(-1)).toEqual(expect.stringContaining('2 of 2 tasks have ended'));
	});

	it('where one fails in a node that stops, the others are not waited for', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		emulator.addFault({ on: 'create', neverEnds: true, after: 1 });
		const began = Date.now();
		const result = await runSeedream(emulator, BOAT, {
			items: items(2),
			options: { concurrency: 1, maxWaitSeconds: 10 },
		});
		expect(result.error?.message).toContain('busy');
		expect(Date.now() - began).toBeLessThan(5000);
	});

	it('where one was cancelled at the provider, a node that stops does not wait for the others either', async () => {
		emulator.addFault({
			on: 'query',
			body: { id: 'task-unified-1-00000000', status: 'cancelled' },
			times: 1,
		});
		emulator.addFault({ on: 'create', neverEnds: true });
		const began = Date.now();
		const result = await runSeedream(emulator, BOAT, {
			items: items(2),
			options: { concurrency: 1, maxWaitSeconds: 10 },
		});
		expect(result.error?.message).toMatch(/cancelled/);
		expect(Date.now() - began).toBeLessThan(5000);
	});

	it('where one fails in a node that continues, the others give their images', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		const result = await runSeedream(emulator, BOAT, {
			items: items(3),
			options: { concurrency: 1 },
			node: { onError: 'continueRegularOutput' },
		});
		expect(result.items(NODE).map(({ json }) => json.status ?? 'error')).toEqual([
			'error',
			'completed',
			'completed',
		]);
	});
});

describe('Pauses', () => {
	it('grow with the time that has passed', async () => {
		const first = 100;
		emulator.addFault({ on: 'query', neverEnds: true, times: 11 });
		await runSeedream(emulator, BOAT, { options: { pollIntervalSeconds: first / 1000 } });
		const submitted = paid()[0]?.at ?? NaN;
		const asked = queries().map(({ at }) => at - submitted);
		expect(asked).toHaveLength(12);
		// A question may arrive late, which the next one does not wait for; it never leaves too early.
		let earliest = 0;
		for (const at of asked) {
			earliest += Math.max(first, earliest / 6);
			// A timer may end a millisecond before its time, and there is one for each question.
			expect(at).toBeGreaterThanOrEqual(earliest - asked.length);
		}
	});

	it.each([429, 503])(
		'HTTP %d to a query is no end: asked again until the task is done',
		async (status) => {
			emulator.addFault({ on: 'query', status, retryAfter: 0, times: 3 });
			const result = await runSeedream(emulator, BOAT);
			expect(result.items(NODE)).toMatchObject([{ json: { status: 'completed' } }]);
			expect(paid()).toHaveLength(1);
		},
	);

	it('a connection that is cut during a query is no end either', async () => {
		emulator.addFault({ on: 'query', reset: 'before', times: 2 });
		const result = await runSeedream(emulator, BOAT);
		expect(result.status).toBe('success');
		expect(paid()).toHaveLength(1);
	});

	it('Retry-After is obeyed', async () => {
		emulator.addFault({ on: 'query', status: 429, retryAfter: 1, times: 1 });
		await runSeedream(emulator, BOAT);
		expect(pauses(queries())[0]).toBeGreaterThanOrEqual(990);
	});

	it('Retry-After does not reach beyond the end of the wait', async () => {
		emulator.addFault({ on: 'query', status: 429, retryAfter: 60 });
		const began = Date.now();
		const result = await runSeedream(emulator, BOAT, { options: { maxWaitSeconds: 0.5 } });
		expect(Date.now() - began).toBeLessThan(5000);
		expect(result.error).toMatchObject({ context: { data: { error: { code: 'wait_timeout' } } } });
	});
});

describe('When Max Wait is over', () => {
	it('the error has the task ID, says Get Task, and that the task may be billed', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const began = Date.now();
		const result = await runSeedream(emulator, BOAT, { options: { maxWaitSeconds: 1 } });
		expect(Date.now() - began).toBeLessThan(5000);
		expect(result.error?.message).toMatch(
			/task-unified-\S+ is still processing at EvoLink after 1 second/,
		);
		expect(result.error?.description).toMatch(
			/Get Task.*task-unified-.*do not run the request again/,
		);
		expect(result.error).toMatchObject({
			context: {
				data: {
					error: {
						code: 'wait_timeout',
						taskId: expect.any(String),
						billed: 'unknown',
						retryable: false,
					},
				},
			},
		});
	});

	it('the others of a node that continues have their images', async () => {
		emulator.addFault({ on: 'create', neverEnds: true, times: 1 });
		const result = await runSeedream(emulator, BOAT, {
			items: items(2),
			options: { maxWaitSeconds: 0.6, concurrency: 1 },
			node: { onError: 'continueErrorOutput' },
		});
		expect(result.outputs(NODE)).toMatchObject([
			[{ json: { status: 'completed' }, pairedItem: { item: 1 } }],
			[{ json: { index: 0, error: { code: 'wait_timeout' } }, pairedItem: { item: 0 } }],
		]);
	});
});

describe('Stop', () => {
	/** Stops when it is time, lets another execution run to its end meanwhile, and gives what the stopped one still sent. */
	async function requestsAfterStop(
		run: Parameters<typeof startSeedream>[2],
		isTime: () => boolean,
	): Promise<{ late: RecordedRequest[]; executionId: string; took: number }> {
		const handle = startSeedream(emulator, BOAT, run);
		await until(() => (isTime() ? true : undefined));
		const stopped = Date.now();
		handle.cancel();
		await handle.result;
		const took = Date.now() - stopped;
		emulator.clearFaults();
		emulator.setTaskMs(400);
		const other = await runSeedream(emulator, { ...BOAT, prompt: 'Another' });
		const isOther = ({ path, body }: RecordedRequest) =>
			path.endsWith(String(other.items(NODE)[0]?.json.taskId)) ||
			JSON.stringify(body ?? '').includes('Another');
		const late = emulator.requests.filter((request) => request.at > stopped && !isOther(request));
		return { late, executionId: handle.executionId, took };
	}

	it('during a pause: nothing more is asked, and the node ends at once', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const { late, took } = await requestsAfterStop(
			{ options: { pollIntervalSeconds: 5 } },
			() => paid().length === 1,
		);
		expect(late).toHaveLength(0);
		expect(took).toBeLessThan(1000);
	});

	it('in the middle of a round over many tasks: the rest of the round is not asked', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		emulator.addFault({ on: 'query', hang: 100 });
		const run = { items: items(12), options: { concurrency: 2 } };
		const { late } = await requestsAfterStop(run, () => queries().length >= 2);
		expect(late.length).toBeLessThanOrEqual(2);
	});

	it('while items are submitted: those that have not been sent are not sent', async () => {
		emulator.addFault({ on: 'create', hang: 100 });
		const run = { items: items(10), options: { concurrency: 1 } };
		const { late } = await requestsAfterStop(run, () => paid().length >= 2);
		expect(late.length).toBeLessThanOrEqual(1);
	});

	it('with Retry On Fail: nothing is submitted afterwards', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const { late } = await requestsAfterStop({ node }, () => queries().length >= 2);
		expect(late.filter(({ kind }) => kind === 'create')).toHaveLength(0);
	});

	it('during a download that hangs: the node ends at once', async () => {
		emulator.addFault({ on: 'download', hang: 15_000 });
		const handle = startSeedream(emulator, { ...BOAT, download: true, resolution: '1K' });
		await until(() => emulator.requestsOf('download')[0]);
		const stopped = Date.now();
		handle.cancel();
		expect((await handle.result).status).toBe('canceled');
		expect(Date.now() - stopped).toBeLessThan(2000);
		expect(emulator.requestsOf('download')).toHaveLength(1);
	});

	it('of a node that continues on errors: no row pretends that all went well', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const handle = startSeedream(emulator, BOAT, { node: { onError: 'continueRegularOutput' } });
		await until(() => queries()[0]);
		handle.cancel();
		const result = await handle.result;
		expect(result.status).toBe('canceled');
		expect(result.runData.End).toBeUndefined();
	});

	it('and a retry of the stopped execution picks up the task', async () => {
		emulator.addFault({ on: 'query', neverEnds: true });
		const { executionId } = await requestsAfterStop({}, () => queries().length >= 1);
		const before = paid().length;
		const retried = await retryExecution({ executionId });
		expect(retried.status).toBe('success');
		expect(paid()).toHaveLength(before);
	});
});
