import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { until } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, NODE, NODE_TYPE, runSeedream, type SeedreamRun } from './seedream';
import { readBinary, type RunResult } from './support';

const emulator = useEmulator({ taskMs: 30 });

/** Submits a task and gives its ID. */
async function submitted(parameters: INodeParameters = {}): Promise<string> {
	const result = await runSeedream(emulator, {
		operation: 'generate',
		prompt: 'A boat',
		resolution: '1K',
		completion: 'submit',
		...parameters,
	});
	return String(result.items(NODE)[0]?.json.taskId);
}

/** The same, and waits until its images are made. */
async function finished(parameters: INodeParameters = {}): Promise<string> {
	const before = emulator.imagesMade();
	const taskId = await submitted(parameters);
	await until(() => (emulator.imagesMade() > before ? true : undefined));
	return taskId;
}

async function getTask(parameters: INodeParameters, run: SeedreamRun = {}): Promise<RunResult> {
	return await runSeedream(emulator, { operation: 'getTask', ...parameters }, run);
}

const queries = () => emulator.requestsOf('query').length;

describe('Get Task', () => {
	it('gives the images of a finished task, one item each, with their files', async () => {
		const taskId = await finished({ numberOfImages: 2 });
		const result = await getTask({ taskId });
		const items = result.items(NODE);
		expect(items).toHaveLength(2);
		for (const [imageIndex, item] of items.entries()) {
			expect(item.json).toEqual({
				taskId,
				status: 'completed',
				provider: 'evolink',
				model: 'doubao-seedream-4.0',
				imageIndex,
				imageCount: 2,
				url: expect.stringMatching(/^http/),
				createdAt: expect.any(String),
				expiresAt: expect.any(String),
				width: 1024,
				height: 1024,
				mimeType: 'image/jpeg',
				fileName: `${taskId}-${imageIndex + 1}.jpg`,
				usage: { billing_rule: 'per_call', credits_used: 3.6, user_group: 'default' },
				warnings: [],
			});
			expect((await readBinary(item.binary?.data)).length).toBeGreaterThan(1000);
			expect(item.pairedItem).toEqual({ item: 0 });
		}
	});

	it('costs nothing and makes nothing, however often it runs', async () => {
		const taskId = await finished();
		await getTask({ taskId });
		await getTask({ taskId });
		expect(emulator.requestsOf('create')).toHaveLength(1);
		expect(emulator.creditsUsed()).toBe(1.8);
	});

	it('gives links only, or one item for each task, where that is wanted', async () => {
		const taskId = await finished({ numberOfImages: 2 });
		const result = await getTask({ taskId, download: false }, { options: { outputMode: 'task' } });
		expect(result.items(NODE)).toMatchObject([
			{ json: { taskId, imageCount: 2, images: [{ imageIndex: 0 }, { imageIndex: 1 }] } },
		]);
		expect(emulator.requestsOf('download')).toHaveLength(0);
	});

	it('as a tool gives links only', async () => {
		const taskId = await finished();
		const result = await getTask({ taskId }, { node: { type: `${NODE_TYPE}Tool` } });
		expect(result.items(NODE)[0]).not.toHaveProperty('binary');
		expect(emulator.requestsOf('download')).toHaveLength(0);
	});
});

describe('Several tasks', () => {
	it.each([
		{ as: 'separated by commas', give: (ids: string[]) => ids.join(', ') },
		{ as: 'one per line', give: (ids: string[]) => `${ids.join('\n')}\n` },
		{ as: 'an expression that gives a list', give: () => '={{ $json.ids }}' },
		{ as: 'a list as JSON text', give: (ids: string[]) => JSON.stringify(ids) },
	])('$as', async ({ give }) => {
		const ids = [await finished(), await finished(), await finished()];
		const result = await getTask(
			{ taskId: give(ids), download: false },
			{ items: itemsOf({ ids }) },
		);
		expect(result.items(NODE).map(({ json }) => json.taskId)).toEqual(ids);
		expect(result.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map(() => ({ item: 0 })),
		);
	});

	it('one from each item, linked to it', async () => {
		const ids = [await finished(), await finished()];
		const result = await getTask(
			{ taskId: '={{ $json.id }}', download: false },
			{ items: itemsOf(...ids.map((id) => ({ id }))) },
		);
		expect(result.items(NODE)).toMatchObject(
			ids.map((taskId, item) => ({ json: { taskId }, pairedItem: { item } })),
		);
	});
});

describe('A task that is not finished', () => {
	it('is one item with status and progress, without images', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const taskId = await submitted();
		const result = await getTask({ taskId });
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toEqual([
			{
				json: {
					taskId,
					status: expect.stringMatching(/^(pending|processing)$/),
					progress: expect.any(Number),
					provider: 'evolink',
					model: 'doubao-seedream-4.0',
					createdAt: expect.any(String),
					warnings: [],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(queries()).toBe(1);
	});

	it('is waited for where that is wanted, together with the others', async () => {
		emulator.setTaskMs(300);
		const ids = [await submitted(), await submitted()];
		const result = await getTask({ taskId: ids.join(), waitUntilDone: true, download: false });
		expect(result.items(NODE)).toMatchObject(
			ids.map((taskId) => ({ json: { taskId, status: 'completed' } })),
		);
		expect(queries()).toBeGreaterThan(2);
	});

	it('is waited for no longer than Max Wait', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const taskId = await submitted();
		const result = await getTask(
			{ taskId, waitUntilDone: true },
			{ options: { maxWaitSeconds: 0.3 } },
		);
		expect(result.error?.message).toContain(taskId);
		expect(result.error).toMatchObject({
			context: { data: { error: { code: 'wait_timeout', taskId } } },
		});
	});
});

describe('A task that cannot be had', () => {
	it('failed: the reason, and that it was not billed', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'content_policy_violation', message: 'Blocked' },
		});
		const taskId = await submitted();
		await until(() => (emulator.creditsUsed() === 0 ? true : undefined));
		const result = await getTask({ taskId });
		expect(result.error?.message).toContain('Blocked');
		expect(result.error).toMatchObject({
			context: {
				data: {
					error: { taskId, code: 'content_policy_violation', billed: 'no', retryable: false },
				},
			},
		});
	});

	it('failed, while others are fine: an error row among the images', async () => {
		const good = await finished();
		emulator.addFault({ on: 'create', failTask: { code: 'service_error', message: 'busy' } });
		const bad = await submitted();
		await until(() => (emulator.creditsUsed() === 1.8 ? true : undefined));
		const result = await getTask(
			{ taskId: '={{ $json.id }}', download: false },
			{ items: itemsOf({ id: bad }, { id: good }), node: { onError: 'continueErrorOutput' } },
		);
		expect(result.outputs(NODE)).toMatchObject([
			[{ json: { taskId: good, status: 'completed' }, pairedItem: { item: 1 } }],
			[{ json: { id: bad, error: { taskId: bad } }, pairedItem: { item: 0 } }],
		]);
	});

	it('unknown to the provider: what to look at', async () => {
		const result = await getTask({ taskId: 'task-unified-1757165031-nobody00' });
		expect(result.error?.message).toContain('Task not found');
		expect(result.error?.description).toMatch(/Check the task ID.*task-unified-/);
		expect(result.error).toMatchObject({
			context: {
				data: {
					error: {
						code: 'task_not_found',
						httpStatus: 404,
						taskId: 'task-unified-1757165031-nobody00',
					},
				},
			},
		});
	});

	it.each([
		{
			what: 'no task ID of this provider',
			taskId: 'cgt-2025-abc',
			says: ['cgt-2025-abc', 'task-unified-'],
		},
		{ what: 'nothing', taskId: '={{ "" }}', says: ['Task ID is empty'] },
		{ what: 'an empty list', taskId: '={{ [] }}', says: ['Task ID is empty'] },
	])('$what: refused without asking', async ({ taskId, says }) => {
		const result = await getTask({ taskId });
		for (const text of says) expect(result.error?.message).toContain(text);
		expect(result.error).toMatchObject({
			context: { itemIndex: 0, data: { error: { code: 'invalid_request', billed: 'no' } } },
		});
		expect(queries()).toBe(0);
	});

	it('one of two malformed: nothing is asked where the node stops, the other is given where it continues', async () => {
		const taskId = await finished();
		const parameters = { taskId: `nonsense,${taskId}`, download: false };
		const stopped = await getTask(parameters);
		expect(stopped.error?.message).toContain('nonsense');
		expect(queries()).toBe(0);
		const continued = await getTask(parameters, { node: { onError: 'continueRegularOutput' } });
		expect(continued.items(NODE)).toMatchObject([
			{ json: { error: { code: 'invalid_request' } } },
			{ json: { taskId } },
		]);
	});

	it('for a moment only (503): asked again', async () => {
		const taskId = await finished();
		emulator.addFault({ on: 'query', status: 503, retryAfter: 0, times: 2 });
		const result = await getTask({ taskId, download: false });
		expect(result.items(NODE)).toMatchObject([{ json: { status: 'completed' } }]);
		expect(queries()).toBe(3);
	});
});
