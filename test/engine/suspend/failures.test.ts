import { describe, expect, it } from 'vitest';
import { itemsOf, NODE } from '../seedream';
import { likePolling, linksOf } from './likePolling';
import { BOAT, BOATS, numbered, useScene } from './scene';

const scene = useScene();

const PROMPTS = { ...BOAT, prompt: '={{ $json.p }}' };
const ONE_BAD = itemsOf({ p: 'a', row: 1 }, { p: '[moderated]', row: 2 }, { p: 'c', row: 3 });

describe('A task that failed, after the wait', () => {
	it('stops the workflow: the error has its task ID, and names the others for Get Task', async () => {
		await scene.suspend(PROMPTS, { items: ONE_BAD, options: { concurrency: 1 } });
		const ended = await scene.n8n.run(0);
		const [a = '', bad = '', c = ''] = scene.taskIds();
		expect(ended.status).toBe('error');
		expect(ended.error).toMatchObject({
			context: {
				itemIndex: 1,
				data: { error: { taskId: bad, code: 'content_policy_violation', billed: 'no' } },
			},
		});
		for (const text of ['Get Task', a, c]) expect(ended.error?.description).toContain(text);
		expect(ended.runData.End).toBeUndefined();
		expect(scene.paid()).toBe(3);
	});

	it('continues with an error item in its place, as with polling', async () => {
		const ended = await likePolling(scene, PROMPTS, {
			items: ONE_BAD,
			node: { onError: 'continueRegularOutput' },
		});
		expect(ended.items(NODE)).toMatchObject([
			{ json: { status: 'completed' } },
			{
				json: { error: { code: 'content_policy_violation', taskId: expect.any(String) } },
				pairedItem: { item: 1 },
			},
			{ json: { status: 'completed' } },
		]);
	});

	it('goes to the error output with the fields of its input item, as with polling', async () => {
		const ended = await likePolling(scene, PROMPTS, {
			items: ONE_BAD,
			node: { onError: 'continueErrorOutput' },
		});
		const [good = [], bad = []] = ended.outputs(NODE);
		expect(linksOf(good)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(bad).toMatchObject([
			{ json: { p: '[moderated]', row: 2, error: { code: 'content_policy_violation' } } },
		]);
		expect(ended.items('End')).toHaveLength(2);
	});

	it('all of them: nothing comes out of the first output', async () => {
		const run = {
			items: itemsOf({ p: '[moderated] 1' }, { p: '[moderated] 2' }),
			node: { onError: 'continueErrorOutput' },
		} as const;
		const ended = await likePolling(scene, PROMPTS, run);
		expect(ended.outputs(NODE).map(({ length }) => length)).toEqual([0, 2]);
	});
});

describe('A task that was cancelled at the provider before the wait', () => {
	it('stops the workflow at once, and nothing is waited for', async () => {
		scene.emulator.addFault({
			on: 'query',
			body: { id: 'task-unified-1-00000000', status: 'cancelled' },
			times: 1,
		});
		scene.emulator.addFault({ on: 'create', neverEnds: true });
		const ended = await scene.run(BOATS, { items: numbered(2), options: { concurrency: 1 } });
		expect(ended.status).toBe('error');
		expect(ended.error?.message).toMatch(/cancelled/);
	});
});

describe('Part of an image set', () => {
	const SET = { ...BOAT, prompt: 'three boats [moderated-output:2]', numberOfImages: 3 };

	it('is handed on with what failed, as with polling', async () => {
		const ended = await likePolling(scene, SET);
		expect(ended.items(NODE)).toHaveLength(2);
	});

	it.each(['stopWorkflow', 'continueErrorOutput'] as const)(
		'is an error with Fail on Partial Result, as with polling (%s)',
		async (onError) => {
			const ended = await likePolling(scene, SET, {
				options: { failOnPartial: true },
				node: { onError },
			});
			const text = JSON.stringify([ended.error?.context.data, ended.outputs(NODE)[1]]);
			expect(text).toContain('partial_result');
		},
	);
});

describe('A request that was refused', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: its error item waits with the others, as with polling',
		async (onError) => {
			const parameters = { ...BOATS, numberOfImages: '={{ $json.count }}' };
			const items = itemsOf({ n: 1, count: 1 }, { n: 2, count: 99 }, { n: 3, count: 1 });
			const run = { items, options: { concurrency: 1 }, node: { onError } } as const;
			const ended = await likePolling(scene, parameters, run, () =>
				scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 }),
			);
			expect(ended.outputs(NODE).flat()).toHaveLength(3);
			expect(JSON.stringify(ended.outputs(NODE))).toMatch(/"invalid_request".*"httpStatus":402/);
		},
	);

	it('stops the workflow at once, without waiting for what was sent before, whose ID the error has', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 });
		scene.emulator.addFault({ on: 'create', neverEnds: true });
		const ended = await scene.run(BOATS, { items: numbered(3), options: { concurrency: 1 } });
		expect(ended.status).toBe('error');
		expect(ended.error?.description).toMatch(/Get Task.*task-unified-/);
		expect(scene.paid()).toBe(2);
		expect(await scene.post(scene.callbackUrls()[0] ?? '')).toMatchObject({ status: 409 });
	});

	it('because no answer came: it is not sent again after the wait, and says so', async () => {
		scene.emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		const run = {
			items: numbered(2),
			options: { concurrency: 1 },
			node: { onError: 'continueRegularOutput' },
		} as const;
		await scene.suspend(BOATS, run);
		const ended = await scene.n8n.run(0);
		expect(ended.items(NODE)).toMatchObject([
			{ json: { error: { billed: 'unknown' } } },
			{ json: { status: 'completed' } },
		]);
		expect(scene.paid()).toBe(2);
	});
});
