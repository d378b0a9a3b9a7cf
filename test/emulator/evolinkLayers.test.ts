import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { CREDITS_PER_IMAGE } from './index';
import type { Task } from './testClient';
import { create, download, fileIn, picture, queryTask, request, run, taskIn } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const link = 'https://example.com/poster.png';
const pro = { model: 'doubao-seedream-5.0-pro-layerize', image_urls: [link] };
const flash = { ...pro, model: 'doubao-seedream-5.0-flash-layerize' };

const Item = z.looseObject({ image_url: z.string(), z_index: z.int() });
const itemsIn = (task: Task) =>
	z.looseObject({ result_data: z.array(Item) }).parse(task).result_data;
/** The items from the base up. */
const stackOf = (task: Task) => itemsIn(task).sort((a, b) => a.z_index - b.z_index);

const evolink = (body: unknown, key?: string) => create(emulator, 'evolink', body, key);

async function upload(bytes: Buffer): Promise<string> {
	const url = `${emulator.uploadUrl('evolink')}/api/v1/files/upload/base64`;
	return fileIn(await request(url, { body: { base64_data: bytes.toString('base64') } })).file_url;
}

describe('EvoLink takes a picture apart', () => {
	it.each([pro, flash])('into a base and layers, each told of, with $model', async (body) => {
		const [base, ...layers] = stackOf(await run(emulator, body));
		expect(Object.keys(base ?? {})).toEqual(['image_url', 'z_index']);
		expect(layers.map(({ z_index }) => z_index)).toEqual([1, 2, 3]);
		for (const layer of layers) {
			expect(layer).toMatchObject({
				name: expect.stringMatching(/./),
				description: expect.stringMatching(/./),
				bounding_box: { absolute: expect.any(Array), normalized: expect.any(Array) },
				layer_type: 'graphic',
			});
			const file = sharp(Buffer.from(await (await fetch(layer.image_url)).arrayBuffer()));
			expect(await file.metadata()).toMatchObject({ format: 'png', hasAlpha: true });
			expect((await file.stats()).isOpaque).toBe(false);
		}
	});

	it('with the same links in both lists, each once and in no order to rely on', async () => {
		for (const prompt of ['a', 'b', 'c', 'd']) {
			const task = await run(emulator, { ...pro, prompt });
			const items = itemsIn(task);
			expect(items).not.toEqual(stackOf(task));
			const links = items.map(({ image_url }) => image_url);
			expect(task.results).not.toEqual(links);
			expect([...task.results].sort()).toEqual(links.sort());
		}
	});

	it('pays for 17 images in advance, and in the end for those that came', async () => {
		emulator.setTaskMs(10_000);
		const made = await evolink({ ...flash, prompt: '[layers:5]' });
		expect(made).toMatchObject({
			status: 200,
			body: {
				status: 'pending',
				usage: { billing_rule: 'per_image', credits_reserved: 17 * CREDITS_PER_IMAGE },
			},
		});
		expect(emulator.creditsUsed()).toBeCloseTo(17 * CREDITS_PER_IMAGE);
		emulator.finishTasks();
		await emulator.settled();
		const task = await queryTask(emulator, taskIn(made).id);
		expect(task).toMatchObject({
			status: 'completed',
			results: { length: 6 },
			usage: { billing_rule: 'per_image', credits_used: 6 * CREDITS_PER_IMAGE },
		});
		expect(emulator.creditsUsed()).toBeCloseTo(6 * CREDITS_PER_IMAGE);
		expect(emulator.imagesMade()).toBe(6);
	});

	it('into at most 16 layers', async () => {
		const task = await run(emulator, { ...pro, prompt: '[layers:30]' });
		expect(task.results).toHaveLength(17);
		expect(emulator.creditsUsed()).toBeCloseTo(17 * CREDITS_PER_IMAGE);
	});

	it('where it is told, by the words before', async () => {
		const prompt = 'the title<bbox>0 10 500 100</bbox>, a bird<bbox>1 2 3 4</bbox>';
		expect(stackOf(await run(emulator, { ...pro, prompt })).slice(1)).toMatchObject([
			{ name: 'the title', bounding_box: { normalized: [0, 10, 500, 100] } },
			{ name: 'a bird', bounding_box: { normalized: [1, 2, 3, 4] } },
		]);
	});

	it.each([
		[pro, '1000x1000', 'jpeg'],
		[{ ...pro, quality: 'auto', output_format: 'jpeg' }, '1000x1000', 'jpeg'],
		[{ ...pro, quality: '1K', prompt_priority: 'fast' }, '1024x1024', 'jpeg'],
		[{ ...flash, quality: '1.5K', prompt_priority: 'standard' }, '1536x1536', 'jpeg'],
		[{ ...flash, quality: '2K', output_format: 'png' }, '2048x2048', 'png'],
	])('as %j says, over a base of %s, %s', async (body, size, format) => {
		const image_urls = [await upload(await picture(1000, 1000, 'jpeg'))];
		const [base, layer] = stackOf(await run(emulator, { ...body, image_urls }));
		expect(await download(base?.image_url ?? '')).toMatchObject({ size, format });
		expect(await download(layer?.image_url ?? '')).toMatchObject({ format: 'png' });
		expect(await sharp(await emulator.wholeOf(layer?.image_url ?? '')).metadata()).toMatchObject({
			width: Number(size.split('x')[0]),
		});
	});

	it.each([
		['is too small', () => picture(511, 512), 'invalid_parameters'],
		['is too narrow', () => picture(3200, 160), 'invalid_parameters'],
		['is webp', () => picture(600, 600, 'webp'), 'image_processing_error'],
		['is gif', () => picture(600, 600, 'gif'), 'image_processing_error'],
	])('but fails, and costs nothing, where that %s', async (_how, bytes, code) => {
		const image_urls = [await upload(await bytes())];
		expect(await run(emulator, { ...pro, image_urls })).toMatchObject({
			status: 'failed',
			error: { code },
		});
		expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
	});

	it.each(['a [moderated] poster', '[moderated-output:1]', 'a poster [moderated-output:4]'])(
		'but as a whole fails by moderation, and then costs nothing: %s',
		async (prompt) => {
			const task = await run(emulator, { ...pro, prompt });
			expect(task).toMatchObject({
				status: 'failed',
				results: [],
				error: { code: 'content_policy_violation' },
			});
			expect(task).not.toHaveProperty('result_data');
			expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
		},
	);

	it('with the faults of any task', async () => {
		emulator.addFault({ on: 'create', noImages: true, times: 1 });
		expect(await run(emulator, pro)).toMatchObject({ status: 'completed', results: [] });
		expect(emulator.creditsUsed()).toBe(0);
		emulator.addFault({ on: 'create', deadLink: true, times: 1 });
		const { results } = await run(emulator, pro);
		expect((await fetch(results[0] ?? '')).status).toBe(404);
	});

	it('with models that it lists', async () => {
		expect((await request(`${emulator.baseUrl('evolink')}/v1/models`)).body).toMatchObject({
			data: expect.arrayContaining([
				expect.objectContaining({ id: pro.model }),
				expect.objectContaining({ id: flash.model }),
			]),
		});
	});
});

describe('EvoLink refuses to take apart', () => {
	it.each([
		['no picture', { model: pro.model }, 'image_urls'],
		['a list of none', { ...pro, image_urls: [] }, 'image_urls'],
		['two pictures', { ...pro, image_urls: [link, link] }, 'image_urls'],
		['a data URI', { ...pro, image_urls: ['data:image/png;base64,AAAA'] }, 'image_urls'],
		['with an empty prompt', { ...pro, prompt: '' }, 'prompt'],
		['in a size', { ...pro, size: '1024x1024' }, 'size'],
		['in a ratio', { ...pro, size: 'auto' }, 'size'],
		['several times', { ...pro, n: 1 }, 'n'],
		['with a watermark', { ...pro, watermark: false }, 'watermark'],
		['with a background', { ...flash, background: 'opaque' }, 'background'],
		['with model_params', { ...flash, model_params: {} }, 'model_params'],
		['by the field of the origin', { ...pro, layer_decomposition: true }, 'layer_decomposition'],
		['in 4K', { ...pro, quality: '4K' }, 'quality'],
		['fast on flash', { ...flash, prompt_priority: 'fast' }, 'prompt_priority'],
		['into webp', { ...pro, output_format: 'webp' }, 'output_format'],
		['and call back what is no URL', { ...pro, callback_url: 'nowhere' }, 'callback_url'],
	])('%s', async (_what, body, param) => {
		expect(await evolink(body)).toMatchObject({
			status: 400,
			body: { error: { code: 'invalid_request', type: 'invalid_request_error', param } },
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('without credits for the 17 images that may come, with another key, by another name', async () => {
		emulator.setCredits('test-key', { user: 16.5 * CREDITS_PER_IMAGE });
		expect(await evolink({ ...pro, prompt: '[layers:1]' })).toMatchObject({
			status: 402,
			body: { error: { code: 'insufficient_quota' } },
		});
		expect(emulator.creditsUsed()).toBe(0);
		emulator.setCredits('test-key', { user: 17 * CREDITS_PER_IMAGE });
		expect((await evolink(pro)).status).toBe(200);
		expect((await evolink(pro, 'limited-key')).status).toBe(403);
	});

	it.each(['doubao-seedream-5.5-layerize', 'doubao-seedream-5.5', 'doubao-seedream-4.0-layerize'])(
		'with a model that it has not: %s',
		async (model) => {
			expect(await evolink({ ...pro, model, prompt: 'a lake' })).toMatchObject({
				status: 404,
				body: { error: { code: 'model_not_found' } },
			});
		},
	);
});
