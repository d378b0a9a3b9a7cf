import type { INodeParameters } from 'n8n-workflow';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { itemsOf, NODE, paidBodies, type SeedreamRun } from './seedream';
import { retryExecution, type RunResult } from './support';
import { useScene } from './suspend/scene';

const scene = useScene({ taskMs: 20 });

const BOAT: INodeParameters = { operation: 'generate', prompt: '={{ $json.p }}', download: false };
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const ABC = itemsOf({ p: 'a' }, { p: 'b' }, { p: 'c' });

const prompts = () =>
	paidBodies(scene.emulator).map((body) =>
		body instanceof Object ? Reflect.get(body, 'prompt') : body,
	);

/** JavaScript that is true until the first request was paid for: then the clock jumps. */
function untilPaid(): string {
	const [jump, { now }] = [100_000_000, Date];
	const middle = now() + jump / 2;
	vi.spyOn(Date, 'now').mockImplementation(() => now() + (scene.paid() > 0 ? jump : 0));
	return `Date.now() < ${middle}`;
}

afterEach(() => vi.restoreAllMocks());

/** One request after the other, with Retry On Fail. */
async function order(
	maxImages: number,
	parameters: INodeParameters,
	{ options, ...run }: SeedreamRun,
): Promise<RunResult> {
	return await scene.run(parameters, {
		node: RETRY,
		...run,
		options: { maxImages, concurrency: 1, ...options },
	});
}

describe('Retry On Fail within Max Images', () => {
	it('sends what the first try did not come to, and picks up what it sent', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 });
		const result = await order(3, BOAT, { items: ABC });
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toHaveLength(3);
		expect(prompts()).toEqual(['a', 'b', 'b', 'c']);
		expect(scene.emulator.imagesMade()).toBe(3);
	});

	it('picks up what was sent, where all was sent and the reading failed', async () => {
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		const result = await order(3, BOAT, { items: ABC });
		expect(result.status).toBe('success');
		expect(prompts()).toEqual(['a', 'b', 'c']);
	});

	it('makes a task anew that failed and was refunded: it counts once', async () => {
		scene.emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		const result = await order(1, { ...BOAT, prompt: 'A boat' }, {});
		expect(result.status).toBe('success');
		expect(scene.paid()).toBe(2);
		expect(scene.emulator.creditsUsed()).toBe(1.8);
	});

	it('does not make it anew for more images than there is room for', async () => {
		scene.emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		const numberOfImages = `={{ ${untilPaid()} ? 1 : 9 }}`;
		const result = await order(8, { ...BOAT, prompt: 'A boat', numberOfImages }, {});
		expect(result.error?.message).toContain(
			'asks for 9 images instead of 1, which makes 9; Max Images allows 8',
		);
		expect(result.error).toMatchObject({
			context: { data: { error: { code: 'invalid_request', provider: 'evolink' } } },
		});
		expect(scene.paid()).toBe(1);
	});

	it('but makes it anew for more where there is room', async () => {
		scene.emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		const numberOfImages = `={{ ${untilPaid()} ? 1 : 9 }}`;
		const result = await order(9, { ...BOAT, prompt: 'A boat', numberOfImages }, {});
		expect(result.items(NODE)).toHaveLength(9);
		expect(scene.paid()).toBe(2);
	});

	it('after a suspension too: what is collected is not counted again', async () => {
		const result = await scene.suspendAndResume(
			{ ...BOAT, completion: 'callback' },
			{ items: ABC, options: { maxImages: 3 } },
		);
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toHaveLength(3);
	});

	it('refuses what is too much at every try, and sends nothing at any', async () => {
		const result = await order(2, BOAT, { items: ABC });
		expect(result.error?.message).toContain('3 images in 3 requests, and Max Images allows 2');
		expect(scene.emulator.requests).toEqual([]);
	});
});

describe('What was sent counts with what it asked for, whatever its expressions say at the next try', () => {
	it('more by now: it is picked up', async () => {
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		const numberOfImages = `={{ ${untilPaid()} ? 1 : 9 }}`;
		const result = await order(1, { ...BOAT, prompt: 'A boat', numberOfImages }, {});
		expect(result.status).toBe('success');
		expect(scene.paid()).toBe(1);
	});

	it('less by now: the others may not take its place', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 });
		const numberOfImages = `={{ ${untilPaid()} ? $json.first : $json.then }}`;
		const items = itemsOf({ p: 'a', first: 4, then: 1 }, { p: 'b', first: 1, then: 4 });
		const result = await order(
			5,
			{ ...BOAT, numberOfImages },
			{ items, options: { stateCountInPrompt: false } },
		);
		expect(result.error?.message).toContain('8 images in 2 requests, and Max Images allows 5');
		expect(result.error?.description).toContain('Nothing more was sent');
		expect(prompts()).toEqual(['a', 'b']);
	});

	it('less by now, where an additional field had raised it: likewise', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 });
		const additionalFields = `={{ { n: ${untilPaid()} ? $json.first : $json.then } }}`;
		const items = itemsOf({ p: 'a', first: 4, then: 1 }, { p: 'b', first: 1, then: 4 });
		const result = await order(5, BOAT, { items, options: { additionalFields } });
		expect(result.error?.message).toContain('8 images in 2 requests, and Max Images allows 5');
		expect(prompts()).toEqual(['a', 'b']);
	});

	it('the refusal names the tasks that the first try has paid for', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 });
		const numberOfImages = `={{ ${untilPaid()} ? 1 : 9 }}`;
		const result = await order(
			2,
			{ ...BOAT, numberOfImages },
			{ items: itemsOf({ p: 'a' }, { p: 'b' }) },
		);
		expect(result.error?.message).toContain('10 images in 2 requests, and Max Images allows 2');
		expect(result.error?.description).toMatch(/Nothing more was sent.*Get Task.*task-unified-/);
		expect(result.error).toMatchObject({ context: { data: { error: { billed: 'unknown' } } } });
		expect(scene.paid()).toBe(2);
	});
});

describe('A retry of the execution by a person', () => {
	it('is a run of its own: what it sends anew is within the limit, what it picks up is none too many', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 });
		const failed = await order(3, BOAT, { items: ABC, node: {} });
		expect(failed.status).toBe('error');
		const retried = await retryExecution(failed);
		expect(retried.status).toBe('success');
		expect(prompts()).toEqual(['a', 'b', 'b', 'c']);
	});
});
