import sharp from 'sharp';
import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, NODE, NODE_TYPE, runSeedream, type SeedreamRun } from './seedream';
import { readBinary, type RunResult } from './support';

const emulator = useEmulator({ taskMs: 60 });

async function generate(
	parameters: INodeParameters = {},
	run: SeedreamRun = {},
): Promise<RunResult> {
	const result = await runSeedream(
		emulator,
		{ operation: 'generate', prompt: 'A boat', resolution: '1K', ...parameters },
		run,
	);
	expect(result.error).toBeUndefined();
	return result;
}

const json = (result: RunResult) => result.items(NODE).map((item) => item.json);

describe('One item for each image', () => {
	it('says everything that is known, and nothing that is not', async () => {
		const [item] = (await generate({ aspectRatio: '16:9' })).items(NODE);
		expect(item?.json).toEqual({
			taskId: expect.stringMatching(/^task-unified-/),
			status: 'completed',
			provider: 'evolink',
			model: 'doubao-seedream-4.0',
			imageIndex: 0,
			imageCount: 1,
			requestedCount: 1,
			url: expect.stringMatching(/^http.*\.jpg$/),
			createdAt: expect.any(String),
			expiresAt: expect.any(String),
			width: 1280,
			height: 720,
			mimeType: 'image/jpeg',
			fileName: `${String(item?.json.taskId)}-1.jpg`,
			usage: { billing_rule: 'per_call', credits_used: 1.8, user_group: 'default' },
			warnings: [],
		});
		const [created, expires] = [item?.json.createdAt, item?.json.expiresAt].map((time) =>
			Date.parse(String(time)),
		);
		expect(Number(expires) - Number(created)).toBe(24 * 3600 * 1000);
	});

	it.each(['memory', 'filesystem'] as const)(
		'has the image itself in the binary field data (%s)',
		async (binaryMode) => {
			const [item] = (await generate({ aspectRatio: '9:16' }, { binaryMode })).items(NODE);
			expect(item?.binary?.data).toMatchObject({
				mimeType: 'image/jpeg',
				fileName: item?.json.fileName,
				fileExtension: 'jpg',
				fileType: 'image',
			});
			const { format, width, height } = await sharp(
				await readBinary(item?.binary?.data),
			).metadata();
			expect({ format, width, height }).toEqual({ format: 'jpeg', width: 720, height: 1280 });
		},
	);

	it('numbers the images of a set and names the files after them', async () => {
		const items = (await generate({ numberOfImages: 3 })).items(NODE);
		expect(items.map((item) => [item.json.imageIndex, item.json.imageCount])).toEqual([
			[0, 3],
			[1, 3],
			[2, 3],
		]);
		const taskId = String(items[0]?.json.taskId);
		expect(items.map((item) => item.json.fileName)).toEqual(
			[1, 2, 3].map((number) => `${taskId}-${number}.jpg`),
		);
		expect(new Set(items.map(({ json: { url } }) => url)).size).toBe(3);
		expect(items.every(({ binary }) => Object.keys(binary ?? {}).join() === 'data')).toBe(true);
	});

	it('tells PNG from JPEG', async () => {
		const result = await generate(
			{ model: 'seedream-5.0-pro' },
			{ options: { outputFormat: 'png' } },
		);
		expect(json(result)).toMatchObject([
			{ mimeType: 'image/png', fileName: expect.stringMatching(/-1\.png$/) },
		]);
	});

	it('puts the image into the field that was asked for', async () => {
		const [item] = (await generate({}, { options: { outputBinaryProperty: 'picture' } })).items(
			NODE,
		);
		expect(Object.keys(item?.binary ?? {})).toEqual(['picture']);
	});

	it('gives links only where nothing is to be downloaded', async () => {
		const [item] = (await generate({ download: false })).items(NODE);
		expect(item).not.toHaveProperty('binary');
		expect(item?.json).not.toHaveProperty('fileName');
		expect(item?.json.url).toMatch(/^http/);
		expect(emulator.requestsOf('download')).toHaveLength(0);
	});
});

describe('One item for each task', () => {
	it('has the images in a list and the files in data, data_1, data_2', async () => {
		const [item, ...others] = (
			await generate({ numberOfImages: 3 }, { options: { outputMode: 'task' } })
		).items(NODE);
		expect(others).toHaveLength(0);
		expect(Object.keys(item?.binary ?? {})).toEqual(['data', 'data_1', 'data_2']);
		expect(item?.json).toMatchObject({ status: 'completed', imageCount: 3, requestedCount: 3 });
		expect(item?.json.images).toEqual(
			['data', 'data_1', 'data_2'].map((field, imageIndex) => ({
				imageIndex,
				url: expect.stringMatching(/^http/),
				width: 1024,
				height: 1024,
				mimeType: 'image/jpeg',
				fileName: item?.binary?.[field]?.fileName,
			})),
		);
		expect(item?.json).not.toHaveProperty('url');
	});

	it('names them after the field that was asked for', async () => {
		const options = { outputMode: 'task', outputBinaryProperty: 'pic' };
		const [item] = (await generate({ numberOfImages: 2 }, { options })).items(NODE);
		expect(Object.keys(item?.binary ?? {})).toEqual(['pic', 'pic_1']);
	});
});

describe('Links to the input', () => {
	it('every image belongs to the item that asked for it, in the order of the input', async () => {
		const items = itemsOf({ p: 'red', n: 2 }, { p: 'green', n: 1 }, { p: 'blue', n: 3 });
		const result = await generate(
			{ prompt: '={{ $json.p }}', numberOfImages: '={{ $json.n }}', download: false },
			{ items },
		);
		expect(result.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 2, 2, 2].map((item) => ({ item })),
		);
		expect(json(result).map(({ imageCount }) => imageCount)).toEqual([2, 2, 1, 3, 3, 3]);
	});

	it('hold although tasks end in another order', async () => {
		emulator.addFault({ on: 'query', neverEnds: true, times: 2 });
		const items = itemsOf({ p: 'red' }, { p: 'green' }, { p: 'blue' });
		const result = await generate(
			{ prompt: '={{ $json.p }}', download: false },
			{ items, options: { concurrency: 1 } },
		);
		const asked = emulator.requestsOf('query').map(({ path }) => path.split('/').at(-1));
		expect(json(result).map(({ taskId }) => taskId)).toEqual(asked.slice(0, 3));
	});

	it('let later nodes find the input item', async () => {
		const result = await generate(
			{ prompt: '={{ $json.p }}', download: false },
			{ items: itemsOf({ p: 'a' }, { p: 'b' }) },
		);
		expect(result.items('End')).toHaveLength(2);
	});
});

describe('Fewer images than asked for', () => {
	it('come with a warning that names both numbers', async () => {
		const result = await generate({
			numberOfImages: 3,
			prompt: 'Boats [moderated-output:2]',
			download: false,
		});
		expect(json(result)).toHaveLength(2);
		for (const item of json(result)) {
			expect(item).toMatchObject({
				requestedCount: 3,
				imageCount: 2,
				warnings: ['3 images were requested and 2 received.'],
			});
		}
	});

	it('fail where only all of them will do, with the links of those that are paid for', async () => {
		const result = await runSeedream(
			emulator,
			{
				operation: 'generate',
				numberOfImages: 3,
				prompt: 'Boats [moderated-output:2]',
				download: false,
			},
			{ options: { failOnPartial: true }, node: { onError: 'continueRegularOutput' } },
		);
		expect(json(result)).toMatchObject([
			{
				error: {
					code: 'partial_result',
					billed: 'yes',
					urls: [expect.any(String), expect.any(String)],
				},
			},
		]);
		expect(JSON.stringify(json(result))).toMatch(/3 images were requested and 2 received/);
	});
});

describe('As the tool of an AI agent', () => {
	it('gives links and downloads nothing', async () => {
		const result = await generate({}, { node: { type: `${NODE_TYPE}Tool` } });
		const [item] = result.items(NODE);
		expect(item?.json).toMatchObject({ status: 'completed', url: expect.stringMatching(/^http/) });
		expect(item).not.toHaveProperty('binary');
		expect(emulator.requestsOf('download')).toHaveLength(0);
	});
});
