import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { fal, linksIn, run } from './falClient';
import { CREDITS_PER_IMAGE } from './index';
import type { Answer } from './testClient';
import { dataUri, download } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const PRO = 'bytedance/seedream/v5/pro/layerize';
const FLASH = 'bytedance/seedream/v5/flash/layerize';
const FIVE_FIVE = 'bytedance/seedream/v5.5/layerize';
const poster = { image_url: 'https://example.com/poster.png' };

const Layer = z.looseObject({ image: z.looseObject({ url: z.string() }), z_index: z.int() });

const layersIn = ({ body }: Answer) => z.looseObject({ layers: z.array(Layer) }).parse(body).layers;
/** From the base up. */
const stackOf = (answer: Answer) => layersIn(answer).sort((a, b) => a.z_index - b.z_index);

describe('fal takes a picture apart', () => {
	it.each([PRO, FLASH, FIVE_FIVE])(
		'into a base and layers, each told of, with %s',
		async (model) => {
			const [base, ...layers] = stackOf(await run(emulator, model, poster));
			expect(Object.keys(base ?? {}).sort()).toEqual(['image', 'z_index']);
			expect(layers.map(({ z_index }) => z_index)).toEqual([1, 2, 3]);
			for (const layer of layers) {
				expect(layer).toMatchObject({
					name: expect.stringMatching(/./),
					description: expect.stringMatching(/./),
					bounding_box: { absolute: expect.any(Array), normalized: expect.any(Array) },
				});
				expect('text' in layer).toBe(model === FIVE_FIVE);
				const file = sharp(Buffer.from(await (await fetch(layer.image.url)).arrayBuffer()));
				expect(await file.metadata()).toMatchObject({ format: 'png', hasAlpha: true });
			}
		},
	);

	it('with the same links in both lists, each once and in no order to rely on', async () => {
		for (const prompt of ['a', 'b', 'c', 'd']) {
			const answer = await run(emulator, PRO, { ...poster, prompt });
			expect(layersIn(answer)).not.toEqual(stackOf(answer));
			const links = layersIn(answer).map(({ image }) => image.url);
			expect(linksIn(answer)).not.toEqual(links);
			expect(linksIn(answer).sort()).toEqual(links.sort());
		}
	});

	it.each([
		[PRO, 17],
		[FLASH, 17],
		[FIVE_FIVE, 100],
	])('with %s into at most %i images', async (model, most) => {
		const answer = await run(emulator, model, { ...poster, prompt: '[layers:150]' });
		expect(linksIn(answer)).toHaveLength(most);
		expect(answer.headers.get('x-fal-billable-units')).toBe(String(most));
		expect(emulator.creditsUsed()).toBeCloseTo(most * CREDITS_PER_IMAGE);
	});

	it.each([
		['auto', '1200x800'],
		['auto_1K', '1254x836'],
		['auto_1.5K', '1881x1254'],
		['auto_2K', '2508x1672'],
	])('as image_size %s says, over a base of %s', async (image_size, size) => {
		const body = { image_url: await dataUri(1200, 800), image_size };
		const [base] = stackOf(await run(emulator, PRO, body));
		expect(await download(base?.image.url ?? '')).toMatchObject({ size, format: 'png' });
	});

	it('for nothing where the filter takes one image away', async () => {
		const body = { ...poster, prompt: '[moderated-output:2]' };
		expect(await run(emulator, PRO, body)).toMatchObject({
			status: 422,
			body: { detail: [{ type: 'content_policy_violation' }] },
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it.each([
		['no picture', {}, { type: 'missing', loc: ['body', 'image_url'] }],
		['two pictures', { image_url: ['a', 'b'] }, { type: 'value_error' }],
		['pixels', { ...poster, image_size: { width: 2048, height: 2048 } }, { type: 'one_of' }],
		['4K', { ...poster, image_size: 'auto_4K' }, { type: 'one_of' }],
	])('but not with %s: the result is a 422', async (_what, body, problem) => {
		expect(await run(emulator, PRO, body)).toMatchObject({
			status: 422,
			body: { detail: [problem] },
		});
	});

	it('but not too small or too narrow a one', async () => {
		for (const image_url of [await dataUri(511, 512), await dataUri(3200, 160)])
			expect(await run(emulator, PRO, { image_url })).toMatchObject({ status: 422 });
		expect((await run(emulator, PRO, { image_url: await dataUri(512, 512) })).status).toBe(200);
	});

	it('but not with a model that it does not sell for that', async () => {
		const answer = await fal(emulator, 'bytedance/seedream/v5/lite/layerize', poster);
		expect(answer.status).toBe(404);
	});
});
