import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, itemsOf, NODE, paidBodies, runSeedream, type SeedreamRun } from './seedream';
import { binaryItem, retryExecution, type RunResult } from './support';

const emulator = useEmulator({ taskMs: 60 });

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const paid = () => emulator.requestsOf('create').length;
const queries = () => emulator.requestsOf('query').length;

async function runWithRetry(
	parameters: INodeParameters,
	run: SeedreamRun = {},
): Promise<RunResult> {
	return await runSeedream(emulator, parameters, { ...run, node: { ...RETRY, ...run.node } });
}

describe('Retry On Fail', () => {
	it('a query that fails for ever: tried again, and still one POST for each item', async () => {
		emulator.addFault({ on: 'query', status: 401 });
		const result = await runWithRetry(BOAT, { items: itemsOf({}, {}) });
		expect(result.status).toBe('error');
		expect(queries()).toBeGreaterThanOrEqual(3);
		expect(paid()).toBe(2);
	});

	it('a query that fails once: the second try picks up the task and gives its images', async () => {
		emulator.addFault({ on: 'query', status: 401, times: 1 });
		const result = await runWithRetry(BOAT);
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toHaveLength(1);
		expect(paid()).toBe(1);
		expect(emulator.creditsUsed()).toBe(1.8);
	});

	it('a wait that is over too soon: the next try goes on waiting for the same task', async () => {
		emulator.setTaskMs(500);
		const result = await runWithRetry(BOAT, { options: { maxWaitSeconds: 0.3 } });
		expect(result.status).toBe('success');
		expect(paid()).toBe(1);
	});

	it.each([
		['HTTP 500', { status: 500 }],
		['a connection that is cut after acceptance', { reset: 'after' }],
		['an answer that cannot be read', { notJson: true }],
	] as const)(
		'%s to the request: not sent a second time, and the error says why',
		async (_, fault) => {
			emulator.addFault({ on: 'create', ...fault });
			const result = await runWithRetry(BOAT);
			expect(paid()).toBe(1);
			expect(result.error).toMatchObject({
				message: expect.stringMatching(/was sent to EvoLink before.*no answer/),
				description: expect.stringContaining('not sent again'),
				context: { data: { error: { billed: 'unknown', retryable: false } } },
			});
		},
	);

	it('one of several items without an answer: that one is not sent again, the others are picked up', async () => {
		emulator.addFault({ on: 'create', reset: 'after', after: 1, times: 1 });
		await runWithRetry(
			{ ...BOAT, prompt: '={{ $json.p }}' },
			{ items: itemsOf({ p: 'a' }, { p: 'b' }), options: { concurrency: 1 } },
		);
		expect(paidBodies(emulator)).toMatchObject([{ prompt: 'a' }, { prompt: 'b' }]);
	});

	it('a task that failed is made anew, as it was refunded', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		const result = await runWithRetry(BOAT);
		expect(result.status).toBe('success');
		expect(paid()).toBe(2);
		expect(emulator.creditsUsed()).toBe(1.8);
	});

	it('a task that was cancelled is made anew, too', async () => {
		emulator.addFault({
			on: 'query',
			body: { id: 'task-unified-1-00000000', status: 'cancelled' },
			times: 2,
		});
		const result = await runWithRetry(BOAT);
		expect(result.status).toBe('success');
		expect(paid()).toBe(2);
	});

	it('a task that is completed and shows no images is not made anew, as it may be billed', async () => {
		emulator.addFault({
			on: 'query',
			body: { id: 'task-unified-1-00000000', status: 'completed', results: [] },
		});
		const result = await runWithRetry(BOAT);
		expect(result.status).toBe('error');
		expect(paid()).toBe(1);
	});

	it('a task that cannot be read for a moment when it is picked up is waited for', async () => {
		emulator.addFault({ on: 'query', status: 401, times: 1 });
		emulator.addFault({ on: 'query', status: 503, retryAfter: 0, times: 2 });
		const result = await runWithRetry(BOAT);
		expect(result.status).toBe('success');
		expect(paid()).toBe(1);
	});

	it('one failed task among finished ones: only that one is made anew', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			after: 1,
			times: 1,
		});
		const result = await runWithRetry(
			{ ...BOAT, prompt: '={{ $json.p }}' },
			{ items: itemsOf({ p: 'a' }, { p: 'b' }, { p: 'c' }), options: { concurrency: 1 } },
		);
		expect(result.items(NODE)).toHaveLength(3);
		expect(paidBodies(emulator)).toMatchObject(['a', 'b', 'c', 'b'].map((prompt) => ({ prompt })));
		expect(emulator.creditsUsed()).toBe(5.4);
	});

	it('a request that is wrong is refused each time, and never sent', async () => {
		const result = await runWithRetry({ ...BOAT, numberOfImages: 16 });
		expect(result.status).toBe('error');
		expect(emulator.requests).toHaveLength(0);
	});

	it('a request that was refused is sent again, as nothing was billed', async () => {
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		const result = await runWithRetry(BOAT);
		expect(result.status).toBe('success');
		expect(paid()).toBe(2);
	});

	it('an upload that fails: the request is sent once the reference is there', async () => {
		emulator.addFault({ on: 'upload', status: 400, times: 1 });
		const items = [
			binaryItem({ binary: { data: { buffer: await picture(40, 40), mimeType: 'image/png' } } }),
		];
		const result = await runWithRetry({ ...BOAT, operation: 'edit' }, { items });
		expect(result.status).toBe('success');
		expect(paid()).toBe(1);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s: likewise one POST for each item',
		async (onError) => {
			emulator.addFault({ on: 'query', status: 401, times: 1 });
			const result = await runWithRetry(BOAT, { items: itemsOf({}, {}), node: { onError } });
			expect(result.status).toBe('success');
			expect(paid()).toBe(2);
		},
	);
});

describe('Retry of a failed execution from the list', () => {
	it('picks up the task that is open', async () => {
		emulator.addFault({ on: 'query', neverEnds: true });
		const failed = await runSeedream(emulator, BOAT, { options: { maxWaitSeconds: 0.2 } });
		expect(failed.status).toBe('error');
		emulator.clearFaults();
		const retried = await retryExecution(failed);
		expect(retried.status).toBe('success');
		expect(retried.items(NODE)[0]?.json.warnings).toEqual([]);
		expect(paid()).toBe(1);
	});

	it('sends a request again that had no answer, with a warning', async () => {
		emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		const failed = await runSeedream(emulator, BOAT);
		expect(failed.status).toBe('error');
		const retried = await retryExecution(failed);
		expect(retried.items(NODE)).toMatchObject([
			{
				json: {
					status: 'completed',
					warnings: [expect.stringMatching(/without getting an answer.*bill it twice/)],
				},
			},
		]);
		expect(paid()).toBe(2);
	});

	it('makes only the items anew that failed', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			after: 2,
			times: 1,
		});
		const failed = await runSeedream(
			emulator,
			{ ...BOAT, prompt: '={{ $json.p }}' },
			{ items: itemsOf({ p: 'a' }, { p: 'b' }, { p: 'c' }), options: { concurrency: 1 } },
		);
		expect(failed.status).toBe('error');
		expect((await retryExecution(failed)).items(NODE)).toHaveLength(3);
		expect(paidBodies(emulator)).toMatchObject(['a', 'b', 'c', 'c'].map((prompt) => ({ prompt })));
	});

	it('with Retry On Fail as well: without an answer it is sent once for each of the two executions', async () => {
		emulator.addFault({ on: 'create', status: 500 });
		const failed = await runWithRetry(BOAT);
		expect(paid()).toBe(1);
		await retryExecution(failed);
		expect(paid()).toBe(2);
	});
});
