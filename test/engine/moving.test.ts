import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from '../emulator/testClient';
import { itemsOf, NODE, paidBodies } from './seedream';
import { retryExecution, type RunResult } from './support';
import { BOAT, numbered, settle, useScene } from './suspend/scene';

const scene = useScene();

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const POLLED: INodeParameters = { ...BOAT, completion: 'poll' };
const EDIT: INodeParameters = { ...POLLED, operation: 'edit', imageSource: 'url' };

/** Parameters that are others each time n8n evaluates them, and so at each try. */
const MOVING: ReadonlyArray<readonly [what: string, parameters: INodeParameters]> = [
	['the time in the prompt', { ...POLLED, prompt: '=A boat at {{ $now.toMillis() }}' }],
	['chance in the prompt', { ...POLLED, prompt: '=A boat {{ Math.random() }}' }],
	[
		'one of many prompts',
		{
			...POLLED,
			prompt: '=A {{ Array.from({ length: 500 }, (_, i) => "boat" + i).randomItem() }}',
		},
	],
	[
		'a size by chance',
		{ ...POLLED, aspectRatio: '={{ ["1:1", "16:9", "4:3", "3:2", "21:9"].randomItem() }}' },
	],
	['a count by chance', { ...POLLED, numberOfImages: '={{ 1 + Math.floor(Math.random() * 9) }}' }],
	[
		'a signed reference URL',
		{ ...EDIT, imageUrls: '=https://x.example.com/a.png?signature={{ Math.random() }}' },
	],
	[
		'another order of references',
		{
			...EDIT,
			imageUrls:
				'={{ ["a", "b", "c", "d"].map((n) => `https://x.example.com/${n}.png`).sort(() => Math.random() - 0.5) }}',
		},
	],
	[
		'a model by chance',
		{
			...POLLED,
			model: '={{ ["seedream-4.0", "seedream-4.5", "seedream-5.0-lite"].randomItem() }}',
		},
	],
];

const paid = () => scene.paid();

/** JavaScript that is true until the first request was paid for: then the clock jumps. */
function untilPaid(): string {
	const [jump, { now }] = [100_000_000, Date];
	const middle = now() + jump / 2;
	vi.spyOn(Date, 'now').mockImplementation(() => now() + (paid() > 0 ? jump : 0));
	return `Date.now() < ${middle}`;
}

afterEach(() => vi.restoreAllMocks());

async function run(
	parameters: INodeParameters,
	items: INodeExecutionData[] = numbered(1),
): Promise<RunResult> {
	return await scene.run(parameters, { items, node: RETRY });
}

describe('Retry On Fail evaluates every expression again, and pays once all the same', () => {
	it.each(MOVING)('%s: the task is picked up', async (_, parameters) => {
		scene.emulator.addFault({ on: 'query', status: 401, times: 2 });
		const result = await run(parameters);
		expect(result.status).toBe('success');
		expect(paid()).toBe(1);
	});

	it.each(MOVING)('%s: what had no answer is not sent again', async (_, parameters) => {
		scene.emulator.addFault({ on: 'create', reset: 'after' });
		const result = await run(parameters);
		expect(paid()).toBe(1);
		expect(result.error).toMatchObject({
			context: { data: { error: { code: 'no_answer', billed: 'unknown' } } },
		});
	});

	it('a prompt that is empty, or fails, at the second try: the task is picked up, with what was asked for', async () => {
		for (const second of ['""', '$json.no.such.field']) {
			scene.emulator.reset();
			scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
			const result = await run({
				...POLLED,
				prompt: `={{ ${untilPaid()} ? "A boat" : ${second} }}`,
			});
			vi.restoreAllMocks();
			expect(result.items(NODE)).toMatchObject([
				{ json: { status: 'completed', requestedCount: 1 } },
			]);
			expect(paid()).toBe(1);
		}
	});

	it('what comes out says what was asked for when it was paid, not at the last try', async () => {
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		const result = await run({
			...POLLED,
			prompt: '=three boats',
			numberOfImages: `={{ ${untilPaid()} ? 3 : 5 }}`,
		});
		expect(paidBodies(scene.emulator)).toMatchObject([{ n: 3 }]);
		expect(result.items(NODE)[0]?.json.requestedCount).toBe(3);
	});

	it('and warns of what was sent, not of what would be sent at the last try', async () => {
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		const model = `={{ ${untilPaid()} ? "custom" : "seedream-4.0" }}`;
		const result = await run({ ...POLLED, model, modelId: 'doubao-seedream-4.0' });
		expect(result.items(NODE)).toMatchObject([
			{ json: { warnings: [expect.stringContaining('limits')] } },
		]);
		expect(paid()).toBe(1);
	});

	it('whether the items are combined is decided once: a switch that moves does not pay for each of them', async () => {
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		const parameters = {
			...EDIT,
			combineItems: `={{ ${untilPaid()} }}`,
			imageUrls: '=https://x.example.com/{{ $json.n }}.png',
		};
		const result = await run(parameters, numbered(3));
		expect(result.items(NODE)).toMatchObject([
			{ json: { status: 'completed' }, pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }] },
		]);
		expect(paid()).toBe(1);
	});
});

describe('A retry from the list, with Retry On Fail', () => {
	it('what it has picked up stays its own: a prompt that moves at its next try is not paid for', async () => {
		scene.emulator.addFault({ on: 'query', neverEnds: true });
		const { now } = Date;
		let isLater = false;
		vi.spyOn(Date, 'now').mockImplementation(() => now() + (isLater ? 100_000_000 : 0));
		const prompt = `={{ Date.now() < ${now() + 50_000_000} ? "A boat" : "A car" }}`;
		const failed = await scene.run(
			{ ...POLLED, prompt },
			{ node: RETRY, options: { maxWaitSeconds: 0.1 } },
		);
		expect(failed.status).toBe('error');
		scene.emulator.clearFaults();
		// The retry picks up the task and cannot read it; from then on the prompt is another one.
		scene.emulator.addFault({ on: 'query', status: 401, times: 2 });
		const before = scene.queries();
		const watch = setInterval(() => (isLater ||= scene.queries() > before), 1);
		const retried = await retryExecution(failed);
		clearInterval(watch);
		expect(retried.items(NODE)).toMatchObject([{ json: { status: 'completed' } }]);
		expect(paid()).toBe(1);
	});
});

describe('A request in one item that is refused does not make the others be paid for again', () => {
	it.each([
		['fixed', '={{ $json.p }}'],
		['moving', '={{ $json.p }} {{ Math.random() }}'],
	])('%s prompts', async (_, prompt) => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1 });
		const items = itemsOf({ p: 'a' }, { p: 'b' });
		const result = await scene.run(
			{ ...POLLED, prompt },
			{ items, node: RETRY, options: { concurrency: 1 } },
		);
		expect(result.status).toBe('error');
		const accepted = scene.emulator.requestsOf('create').filter(({ status }) => status === 200);
		expect(accepted).toHaveLength(1);
		expect(result.error?.description).toMatch(/Get Task.*task-unified-/);
	});

	it('also when the first one is wrong only at the second try: the error names the tasks of the others', async () => {
		scene.emulator.addFault({ on: 'query', status: 401 });
		const result = await run(
			{ ...POLLED, numberOfImages: '={{ $json.n === 1 && Math.random() < 0 ? 99 : 1 }}' },
			numbered(2),
		);
		const ids = scene.taskIds();
		expect(ids).toHaveLength(2);
		for (const id of ids)
			expect(JSON.stringify([result.error?.message, result.error?.description])).toContain(id);
		expect(paid()).toBe(2);
	});
});

describe('Suspended until the callback, with a prompt that moves', () => {
	const MOVES = { ...BOAT, prompt: '=[moderated] {{ Math.random() }}' };

	it('a task that always fails is made at most as often as Max Tries says, suspensions included', async () => {
		const asleep = await scene.suspend(MOVES, { node: RETRY });
		await until(
			() => (scene.record(asleep).status === 'error' || paid() > 3 ? true : undefined),
			8000,
		);
		await settle(300);
		expect(paid()).toBe(3);
		expect(scene.record(asleep).status).toBe('error');
	});

	it('without Retry On Fail it is made once', async () => {
		const asleep = await scene.suspend(MOVES);
		await until(() => (scene.record(asleep).status === 'error' ? true : undefined), 8000);
		await settle();
		expect(paid()).toBe(1);
	});

	it('one that failed among others: only that one is made anew', async () => {
		scene.emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			after: 1,
			times: 1,
		});
		const asleep = await scene.suspend(
			{ ...BOAT, prompt: '=A boat {{ Math.random() }}' },
			{ items: numbered(3), options: { concurrency: 1 }, node: RETRY },
		);
		await until(() => (scene.record(asleep).status === 'success' ? true : undefined), 8000);
		expect(paid()).toBe(4);
		expect(scene.emulator.creditsUsed()).toBeCloseTo(3 * 1.8);
	});
});
