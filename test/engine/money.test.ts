import { describe, expect, it } from 'vitest';
import type { Fault } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { startOtherServer } from './otherServer';
import { BOAT, credentialsFor, itemsOf, NODE, paidBodies, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 60 });

const keysSent = () =>
	emulator.requestsOf('create').map(({ headers }) => headers['idempotency-key']);

const UNANSWERED: ReadonlyArray<readonly [what: string, fault: Omit<Fault, 'on'>]> = [
	['HTTP 500', { status: 500 }],
	['HTTP 502', { status: 502 }],
	['HTTP 503 with Retry-After', { status: 503, retryAfter: 0 }],
	['HTTP 504 that is no JSON', { status: 504, body: '<html>' }],
	['HTTP 408', { status: 408 }],
	['HTTP 409, as the request is there already', { status: 409 }],
	['a connection that is cut before the request is accepted', { reset: 'before' }],
	['a connection that is cut after the request is accepted', { reset: 'after' }],
	['an answer that is cut off half-way', { truncate: true }],
	['a web page', { notJson: true }],
	['JSON that is no task', { body: { data: [] } }],
	['an empty list', { body: [] }],
	['a task without an ID', { body: { status: 'pending' } }],
];

describe('A request that may have been accepted is never sent again', () => {
	it.each(UNANSWERED)(
		'%s: one POST, and the error says that it may be billed',
		async (_, fault) => {
			emulator.addFault({ on: 'create', ...fault });
			const result = await runSeedream(emulator, BOAT);
			expect(emulator.requestsOf('create')).toHaveLength(1);
			expect(result.status).toBe('error');
			expect(result.error).toMatchObject({
				message: expect.stringContaining('EvoLink'),
				description: expect.stringMatching(/before you run it again/i),
				context: { data: { error: { billed: 'unknown', retryable: false, provider: 'evolink' } } },
			});
			expect(String(result.error?.description)).toMatch(/may have been accepted/i);
		},
	);

	it('an answer that comes late, but comes, is waited for', async () => {
		emulator.addFault({ on: 'create', hang: 400 });
		const result = await runSeedream(emulator, BOAT);
		expect(result.status).toBe('success');
		expect(emulator.requestsOf('create')).toHaveLength(1);
	});

	it('a connection that is cut after a long silence', async () => {
		emulator.addFault({ on: 'create', hang: 300 });
		emulator.addFault({ on: 'create', reset: 'after' });
		const result = await runSeedream(emulator, BOAT);
		expect(emulator.requestsOf('create')).toHaveLength(1);
		expect(result.error).toMatchObject({
			context: { data: { error: { billed: 'unknown', code: 'no_answer' } } },
		});
	});

	it('an answer that redirects: not followed, and not sent to the other address', async () => {
		const redirecting = await startOtherServer((request, response) => {
			response.writeHead(307, { location: `${emulator.baseUrl('evolink')}${request.url}` }).end();
		});
		const credentials = { ...credentialsFor(emulator), baseUrl: redirecting.url };
		const result = await runSeedream(emulator, BOAT, { credentials });
		await redirecting.stop();
		expect(result.status).toBe('error');
		expect(redirecting.requests).toHaveLength(1);
		expect(emulator.requests).toHaveLength(0);
	});

	it('with several items, one without an answer stops the sending of those that wait their turn', async () => {
		emulator.addFault({ on: 'create', status: 500, after: 1, times: 1 });
		await runSeedream(
			emulator,
			{ ...BOAT, prompt: '={{ $json.p }}' },
			{ items: itemsOf({ p: 'a' }, { p: 'b' }, { p: 'c' }), options: { concurrency: 1 } },
		);
		expect(paidBodies(emulator)).toMatchObject([{ prompt: 'a' }, { prompt: 'b' }]);
	});

	it('with several items, the error names the tasks of the others, which are paid for', async () => {
		emulator.addFault({ on: 'create', status: 500, after: 1, times: 1 });
		const result = await runSeedream(
			emulator,
			{ ...BOAT, prompt: '={{ $json.p }}' },
			{ items: itemsOf({ p: 'a' }, { p: 'b' }), options: { concurrency: 1 } },
		);
		const [query] = emulator.requestsOf('query');
		const taskId = query?.path.split('/').at(-1);
		expect(String(result.error?.description)).toMatch(
			new RegExp(`Get Task.*${taskId ?? 'task-unified-'}`),
		);
	});
});

describe('A request that was provably not accepted', () => {
	it('refused for being too many (429): sent again, the same in every way, until it is taken', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 0, times: 2 });
		const result = await runSeedream(emulator, BOAT);
		expect(result.status).toBe('success');
		const bodies = paidBodies(emulator);
		expect(bodies).toHaveLength(3);
		expect(bodies).toEqual(bodies.map(() => bodies[0]));
		expect(new Set(keysSent()).size).toBe(1);
		expect(emulator.creditsUsed()).toBe(1.8);
	});

	it('429 with a pause that is asked for: not sent before it is over', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 1, times: 1 });
		await runSeedream(emulator, BOAT);
		const [first, second] = emulator.requestsOf('create').map(({ at }) => at);
		expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
	});

	it('429 for ever: given up in the end, not billed, and the advice names what to change', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 0 });
		const result = await runSeedream(emulator, BOAT);
		expect(emulator.requestsOf('create').length).toBeLessThan(10);
		expect(result.error).toMatchObject({
			description: expect.stringContaining('Concurrency'),
			context: {
				data: {
					error: { billed: 'no', retryable: true, httpStatus: 429, code: 'rate_limit_exceeded' },
				},
			},
		});
	});

	it('429, then an answer that is cut off: not sent a third time', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 0, times: 1 });
		emulator.addFault({ on: 'create', truncate: true });
		const result = await runSeedream(emulator, BOAT);
		expect(emulator.requestsOf('create')).toHaveLength(2);
		expect(result.error).toMatchObject({ context: { data: { error: { billed: 'unknown' } } } });
	});

	it('nobody listens at the base URL: not billed, and the advice says where to look', async () => {
		const gone = await startOtherServer(() => undefined);
		await gone.stop();
		const result = await runSeedream(emulator, BOAT, {
			credentials: { ...credentialsFor(emulator), baseUrl: gone.url },
		});
		expect(result.error).toMatchObject({
			message: expect.stringContaining('ECONNREFUSED'),
			description: expect.stringContaining('base URL'),
			context: { data: { error: { billed: 'no', retryable: true, code: 'ECONNREFUSED' } } },
		});
	});

	it.each([400, 401, 402, 403, 404, 413])('HTTP %d: sent once, and not billed', async (status) => {
		emulator.addFault({ on: 'create', status });
		const result = await runSeedream(emulator, BOAT);
		expect(emulator.requestsOf('create')).toHaveLength(1);
		expect(result.error).toMatchObject({
			context: { data: { error: { billed: 'no', httpStatus: status } } },
		});
	});
});

describe('Once a request has failed', () => {
	const THREE = itemsOf({}, {}, {});

	it('a node that stops on errors sends nothing more', async () => {
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		const result = await runSeedream(emulator, BOAT, { items: THREE, options: { concurrency: 1 } });
		expect(result.status).toBe('error');
		expect(emulator.requestsOf('create')).toHaveLength(1);
	});

	it('a node that hands errors on sends the others', async () => {
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		const run = {
			items: THREE,
			options: { concurrency: 1 },
			node: { onError: 'continueRegularOutput' },
		} as const;
		expect((await runSeedream(emulator, BOAT, run)).items(NODE)).toHaveLength(3);
		expect(emulator.requestsOf('create')).toHaveLength(3);
	});
});

describe('Requests are told from each other', () => {
	it('by an Idempotency-Key of their own each', async () => {
		await runSeedream(emulator, BOAT, { items: itemsOf({}, {}, {}) });
		expect(new Set(keysSent()).size).toBe(3);
		for (const key of keysSent()) expect(key).toMatch(/^run_[0-9a-f-]{36}$/);
	});

	it.each([1, 5])(
		'the same wish of two items is two requests (Concurrency %d)',
		async (concurrency) => {
			const result = await runSeedream(emulator, BOAT, {
				items: itemsOf({}, {}),
				options: { concurrency },
			});
			expect(emulator.requestsOf('create')).toHaveLength(2);
			const taskIds = result.items(NODE).map(({ json }) => json.taskId);
			expect(new Set(taskIds).size).toBe(2);
		},
	);

	it('and no two runs share a key', async () => {
		await runSeedream(emulator, BOAT);
		await runSeedream(emulator, BOAT);
		expect(new Set(keysSent()).size).toBe(2);
	});
});
