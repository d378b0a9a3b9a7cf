import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { CREDITS_PER_IMAGE } from './index';
import { createTask, freshLink, dataIn, refusalIn, resultIn, runTask, uploaded } from './kieClient';
import type { TaskData } from './kieClient';
import { create, download, picture } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const link = 'https://example.com/poster.png';
const pro = { model: 'seedream/5-pro-layer-decomposition', input: { image_url: link } };
const flash = { ...pro, model: 'seedream/5-flash-layer-decomposition' };

/** The same order with other fields in its input. */
function having(order: typeof pro, fields: object): typeof pro {
	return { ...order, input: { ...order.input, ...fields } };
}

const kie = (body: unknown, key?: string) => create(emulator, 'kie', body, key);

const Layer = z.looseObject({ url: z.string(), z_index: z.int(), size: z.string() });
const Layers = z.looseObject({ resultObject: z.strictObject({ layers_data: z.array(Layer) }) });
const itemsIn = (data: TaskData) => Layers.parse(resultIn(data)).resultObject.layers_data;
/** The items from the base up. */
const stackOf = (data: TaskData) => itemsIn(data).sort((a, b) => a.z_index - b.z_index);

describe('Kie.ai takes a picture apart', () => {
	it('with Pro into a base and layers, each told of', async () => {
		const [base, ...layers] = stackOf(await runTask(emulator, pro));
		expect(base).toEqual({
			z_index: 0,
			size: '1024x1024',
			output_format: 'jpeg',
			url: expect.any(String),
		});
		expect(layers.map(({ z_index }) => z_index)).toEqual([1, 2, 3]);
		for (const layer of layers) {
			expect(layer).toMatchObject({
				output_format: 'png',
				name: expect.stringMatching(/./),
				description: expect.stringMatching(/./),
				bounding_box: { absolute: expect.any(Array), normalized: expect.any(Array) },
			});
			const file = sharp(Buffer.from(await (await fetch(layer.url)).arrayBuffer()));
			const { width, height, format, hasAlpha } = await file.metadata();
			expect([`${width}x${height}`, format, hasAlpha]).toEqual([layer.size, 'png', true]);
		}
	});

	it('with the same links in both lists, each once and in no order to rely on', async () => {
		for (const prompt of ['the bird', 'the title', 'the price']) {
			const data = await runTask(emulator, having(pro, { prompt }));
			const links = itemsIn(data).map(({ url }) => url);
			const { resultUrls } = resultIn(data);
			expect(itemsIn(data)).not.toEqual(stackOf(data));
			expect(resultUrls).not.toEqual(links);
			expect([...resultUrls].sort()).toEqual(links.sort());
		}
	});

	it('with Flash into links alone, the base first', async () => {
		const image_url = await uploaded(emulator, await picture(1000, 1000));
		const result = resultIn(await runTask(emulator, having(flash, { image_url })));
		expect(Object.keys(result)).toEqual(['resultUrls']);
		const files = await Promise.all(result.resultUrls.map(download));
		expect(files.map(({ format }) => format)).toEqual(['jpeg', 'png', 'png', 'png']);
		expect(files[0]?.size).toBe('1000x1000');
	});

	it('holds 17 images in advance, and bills those that came', async () => {
		emulator.setTaskMs(60_000);
		await createTask(emulator, having(flash, { prompt: '[layers:5]' }));
		expect(emulator.creditsUsed()).toBeCloseTo(17 * CREDITS_PER_IMAGE);
		emulator.finishTasks();
		await emulator.settled();
		expect(emulator.creditsUsed()).toBeCloseTo(6 * CREDITS_PER_IMAGE);
		expect(emulator.imagesMade()).toBe(6);
	});

	it('into at most 16 layers', async () => {
		const data = await runTask(emulator, having(pro, { prompt: '[layers:30]' }));
		expect(resultIn(data).resultUrls).toHaveLength(17);
		expect(data.creditsConsumed).toBeCloseTo(17 * CREDITS_PER_IMAGE);
	});

	it('with 5.5 into at most 99 layers, or as few as are wanted', async () => {
		const fiveFive = { ...pro, model: 'seedream/5-5-layer-decomposition' };
		const many = await runTask(emulator, having(fiveFive, { prompt: '[layers:120]' }));
		expect(resultIn(many).resultUrls).toHaveLength(100);
		const few = having(fiveFive, { prompt: '[layers:120]', max_images: 4 });
		expect(stackOf(await runTask(emulator, few))).toHaveLength(4);
		expect(emulator.creditsUsed()).toBeCloseTo(104 * CREDITS_PER_IMAGE);
	});

	it('where it is told, by the words before', async () => {
		const prompt = 'the title<bbox>0 10 500 100</bbox>, a bird<bbox>1 2 3 4</bbox>';
		const [, ...layers] = stackOf(await runTask(emulator, having(pro, { prompt })));
		expect(layers).toMatchObject([
			{ name: 'the title', bounding_box: { normalized: [0, 10, 500, 100] } },
			{ name: 'a bird', bounding_box: { normalized: [1, 2, 3, 4] } },
		]);
	});

	it.each([
		[{}, '1000x1000', 'jpeg'],
		[{ size: 'auto', output_format: 'jpeg', prompt: '' }, '1000x1000', 'jpeg'],
		[{ size: '1K' }, '1024x1024', 'jpeg'],
		[{ size: '1.5K' }, '1536x1536', 'jpeg'],
		[{ size: '2K', output_format: 'png' }, '2048x2048', 'png'],
	])('as %j says, over a base of %s, %s', async (fields, size, format) => {
		const image_url = await uploaded(emulator, await picture(1000, 1000, 'gif'));
		const [base] = stackOf(await runTask(emulator, having(pro, { image_url, ...fields })));
		expect(base).toMatchObject({ size, output_format: format });
		expect(await download(base?.url ?? '')).toMatchObject({ size, format });
	});

	it.each([
		['is too small', () => picture(511, 512)],
		['is too narrow', () => picture(3200, 160)],
	])('but fails, and costs nothing, where that %s', async (_how, bytes) => {
		const image_url = await uploaded(emulator, await bytes());
		expect(await runTask(emulator, having(pro, { image_url }))).toMatchObject({
			state: 'fail',
			failCode: '422',
		});
		expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
	});

	it.each(['a [moderated] poster', '[moderated-output:1]', 'a poster [moderated-output:4]'])(
		'but as a whole fails by moderation, and then costs nothing: %s',
		async (prompt) => {
			expect(await runTask(emulator, having(pro, { prompt }))).toMatchObject({
				state: 'fail',
				resultJson: null,
				failMsg: expect.stringContaining('sensitive'),
			});
			expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
		},
	);

	it('with the faults of any task, and with fresh links to layers', async () => {
		emulator.addFault({ on: 'create', noImages: true, times: 1 });
		expect(resultIn(await runTask(emulator, pro)).resultUrls).toEqual([]);
		emulator.addFault({ on: 'create', deadLink: true, times: 1 });
		const [, layer] = stackOf(await runTask(emulator, pro));
		const dead = layer?.url ?? '';
		expect((await fetch(dead)).status).toBe(404);
		const fresh = String(dataIn(await freshLink(emulator, dead)));
		expect(await download(fresh)).toMatchObject({ size: layer?.size });
		expect(await emulator.wholeOf(fresh)).toEqual(await emulator.wholeOf(dead));
	});
});

describe('Kie.ai refuses to take apart', () => {
	it.each([
		['no picture', having(pro, { image_url: undefined }), 'image_url is required'],
		['several', having(pro, { image_url: [link] }), 'image_url is required'],
		['a data URI', having(pro, { image_url: 'data:image/png;base64,AAAA' }), 'data URIs'],
		['in 4K', having(pro, { size: '4K' }), 'size is not within the range'],
		['in a ratio', having(flash, { size: '16:9' }), 'size is not within the range'],
		['into webp', having(pro, { output_format: 'webp' }), 'output_format is not within'],
		['by 5001 characters', having(pro, { prompt: 'a'.repeat(5001) }), 'text length'],
	])('%s', async (_what, body, msg) => {
		expect(refusalIn(await kie(body))).toEqual({ code: 500, msg: expect.stringContaining(msg) });
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('without credits for the 17 images that may come, with another key, by another name', async () => {
		emulator.setCredits('test-key', { user: 16.5 * CREDITS_PER_IMAGE });
		expect(refusalIn(await kie(having(pro, { prompt: '[layers:1]' })))).toMatchObject({
			code: 402,
		});
		expect(refusalIn(await kie(pro, 'limited-key'))).toMatchObject({ code: 401 });
		const unknown = { ...pro, model: 'seedream/4-layer-decomposition' };
		expect(refusalIn(await kie(unknown))).toMatchObject({ code: 422 });
	});
});
