import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { CREDITS_PER_IMAGE } from './index';
import type { Answer } from './testClient';
import { create, dataUri } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const Corners = z.tuple([z.int(), z.int(), z.int(), z.int()]);
const Image = z.looseObject({
	url: z.string().default(''),
	b64_json: z.string().optional(),
	size: z.string(),
	output_format: z.string(),
	z_index: z.int(),
	name: z.string().optional(),
	bounding_box: z.strictObject({ absolute: Corners, normalized: Corners }).optional(),
});
type Image = z.infer<typeof Image>;

const link = 'https://example.com/poster.png';
const pro = { model: 'seedream-5-0-pro-260628', image: link, layer_decomposition: true };
const flash = { ...pro, model: 'seedream-5-0-flash-260915' };
const fiveFive = { ...pro, model: 'seedream-5-5-261028' };
const models = [pro, flash, fiveFive];

const ark = (body: unknown) => create(emulator, 'byteplus', body);
/** The answer's images as they come. */
const imagesIn = (answer: Answer) =>
	z.looseObject({ data: z.array(Image) }).parse(answer.body).data;
/** The same from the base up. */
const stackOf = (answer: Answer) => imagesIn(answer).sort((a, b) => a.z_index - b.z_index);
const boxOf = (image: Image | undefined) => image?.bounding_box?.absolute ?? [0, 0, 0, 0];
const sidesOf = (size = '') => size.split('x').map(Number);
const bytesOf = async (url = '') => Buffer.from(await (await fetch(url)).arrayBuffer());

/** A picture of two colours. */
async function poster(width = 1000, height = 1000): Promise<string> {
	const stripe = {
		create: { width, height: height / 2, channels: 3, background: '#25f' },
	} as const;
	const bytes = await sharp({ create: { width, height, channels: 3, background: '#fd6' } })
		.composite([{ input: stripe, gravity: 'north' }])
		.png()
		.toBuffer();
	return `data:image/png;base64,${bytes.toString('base64')}`;
}

/** The layers laid over the base, as documented: scaled to their boxes, by `z_index`. */
async function recomposed([base, ...layers]: readonly Image[], shift = 0): Promise<Buffer> {
	const drawings = layers.map(async (layer) => {
		const [left, top, right, bottom] = boxOf(layer);
		const [width, height] = [right - left, bottom - top];
		const input = await sharp(await bytesOf(layer.url))
			.resize({ width, height, fit: 'fill' })
			.toBuffer();
		return { input, left: left + shift, top: top + shift };
	});
	const canvas = sharp(await bytesOf(base?.url)).composite(await Promise.all(drawings));
	return await canvas.png().toBuffer();
}

/** How far the colours of two pictures are apart in the middle of all pixels, of 255. */
async function differenceOf(one: Buffer, other: Buffer): Promise<number> {
	const [a, b] = await Promise.all(
		[one, other].map((bytes) => sharp(bytes).removeAlpha().raw().toBuffer()),
	);
	if (a === undefined || a.length !== b?.length) return Infinity;
	return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

describe('Ark takes a picture apart', () => {
	it.each(models)('into a base and layers, each told of, on $model', async (body) => {
		const [base, ...layers] = stackOf(await ark(body));
		expect(layers.map(({ z_index }) => z_index)).toEqual([1, 2, 3]);
		expect(base?.z_index).toBe(0);
		for (const key of ['name', 'description', 'bounding_box']) expect(base).not.toHaveProperty(key);
		for (const layer of layers)
			expect(layer).toMatchObject({
				name: expect.stringMatching(/./),
				description: expect.stringMatching(/./),
				bounding_box: { absolute: expect.any(Array), normalized: expect.any(Array) },
			});
	});

	it('and counts the picture and every image that comes', async () => {
		const answer = await ark({ ...pro, prompt: '[layers:5]' });
		const area = ({ size }: Image) => sidesOf(size).reduce((a, b) => a * b, 1);
		const tokens = imagesIn(answer).reduce((sum, image) => sum + Math.round(area(image) / 256), 0);
		expect(answer).toMatchObject({
			status: 200,
			body: {
				model: pro.model,
				created: expect.any(Number),
				usage: {
					input_images: 1,
					generated_images: 6,
					output_tokens: tokens,
					total_tokens: tokens,
				},
			},
		});
		expect(emulator.imagesMade()).toBe(6);
		expect(emulator.creditsUsed()).toBeCloseTo(6 * CREDITS_PER_IMAGE);
	});

	it('with the images in an order that is not that of the stack', async () => {
		const bases = [];
		for (const prompt of ['a', 'b', 'c', 'd', 'e', 'f', '[layers:1]']) {
			const order = imagesIn(await ark({ ...pro, prompt })).map(({ z_index }) => z_index);
			expect(order).not.toEqual([...order].sort((a, b) => a - b));
			bases.push(order.indexOf(0));
		}
		expect(new Set(bases).size).toBeGreaterThan(1);
	});

	it.each([
		[pro, { blend_mode: 'normal' }],
		[flash, { blend_mode: 'normal' }],
		[fiveFive, { text_lines: [{ text: 'red parrot', box: expect.any(Array) }] }],
	])('and tells more of a layer than is documented: %j', async (body, more) => {
		expect(stackOf(await ark(body))[1]).toMatchObject(more);
	});

	it.each([
		[pro, undefined, 'jpeg'],
		[flash, 'png', 'png'],
		[fiveFive, undefined, 'png'],
		[fiveFive, 'jpeg', 'jpeg'],
	])(
		'of %j, asked for %s, with a base in %s and layers with alpha',
		async (body, asked, format) => {
			const [base, ...layers] = stackOf(await ark({ ...body, output_format: asked }));
			expect(base?.output_format).toBe(format);
			expect(await sharp(await bytesOf(base?.url)).metadata()).toMatchObject({ format });
			for (const layer of layers) {
				const file = sharp(await bytesOf(layer.url));
				expect(layer.output_format).toBe('png');
				expect(await file.metadata()).toMatchObject({ format: 'png', hasAlpha: true });
				expect((await file.stats()).isOpaque).toBe(false);
			}
		},
	);

	it('into files of another size than their boxes, but in their ratio', async () => {
		const [, ...layers] = stackOf(await ark({ ...pro, size: '2K' }));
		for (const layer of layers) {
			const [left, top, right, bottom] = boxOf(layer);
			const [width = 0, height = 0] = sidesOf(layer.size);
			expect(await sharp(await bytesOf(layer.url)).metadata()).toMatchObject({ width, height });
			expect(width).not.toBe(right - left);
			expect(width / height).toBeCloseTo((right - left) / (bottom - top), 2);
		}
	});

	it.each(models)('with boxes within the canvas on $model, told twice alike', async (body) => {
		const [base, ...layers] = stackOf(await ark({ ...body, prompt: '[layers:16]' }));
		const [width = 0, height = 0] = sidesOf(base?.size);
		for (const { bounding_box } of layers) {
			const { absolute = [0, 0, 0, 0], normalized = [0, 0, 0, 0] } = bounding_box ?? {};
			const [left, top, right, bottom] = absolute;
			expect(Math.min(left, top, right - left - 1, bottom - top - 1)).toBeGreaterThanOrEqual(0);
			expect(right).toBeLessThanOrEqual(width);
			expect(bottom).toBeLessThanOrEqual(height);
			for (const [index, pixel] of absolute.entries()) {
				const thousandths = (pixel * 1000) / (index % 2 === 0 ? width : height);
				expect(Math.abs((normalized[index] ?? 0) - thousandths)).toBeLessThanOrEqual(1);
			}
		}
	});

	it.each(['png', 'jpeg'])('so that all of it put together is the whole: %s', async (format) => {
		const image = await poster();
		const stack = stackOf(
			await ark({ ...pro, image, prompt: 'a poster [layers:6]', output_format: format }),
		);
		const whole = await emulator.wholeOf(stack[2]?.url ?? '');
		expect(await differenceOf(await recomposed(stack), whole)).toBeLessThan(0.5);
		expect(await differenceOf(await recomposed(stack, 8), whole)).toBeGreaterThan(1);
		expect(await differenceOf(await recomposed(stack.slice(0, 6)), whole)).toBeGreaterThan(1);
		expect(await differenceOf(await recomposed(stack.slice(0, 1)), whole)).toBeGreaterThan(1);
		expect(
			await differenceOf(await bytesOf(stack[0]?.url), await recomposed(stack.slice(0, 1))),
		).toBeLessThan(0.5);
	});

	it('and there is a whole only of what was taken apart', async () => {
		const plain = await ark({ model: pro.model, prompt: 'a lake', size: '1K' });
		const { url } = z.looseObject({ data: z.tuple([Image.partial()]) }).parse(plain.body).data[0];
		await expect(emulator.wholeOf(url ?? '')).rejects.toThrow('no base and no layer');
	});

	it('and leaves the picture as the base', async () => {
		const image = await poster();
		const [base] = stackOf(await ark({ ...fiveFive, image }));
		const bytes = Buffer.from(image.slice(image.indexOf(',') + 1), 'base64');
		expect(await differenceOf(await bytesOf(base?.url), bytes)).toBeLessThan(1);
	});

	it('where it is told, and names the layers by the words before', async () => {
		const prompt =
			'the title text<bbox>179 58 809 197</bbox>, 1 parrot <bbox>330 274 641 991</bbox>,<bbox>0 0 1000 1000</bbox>';
		const [base, ...layers] = stackOf(
			await ark({ ...pro, image: await poster(1000, 1500), prompt }),
		);
		expect(base?.size).toBe('1000x1500');
		expect(layers).toMatchObject([
			{
				name: 'the title text',
				bounding_box: { absolute: [179, 87, 809, 296], normalized: [179, 58, 809, 197] },
			},
			{
				name: '1 parrot',
				bounding_box: { absolute: [330, 411, 641, 1487], normalized: [330, 274, 641, 991] },
			},
			{
				name: expect.stringMatching(/./),
				bounding_box: { absolute: [0, 0, 1000, 1500], normalized: [0, 0, 1000, 1000] },
			},
		]);
	});

	it('but not where the place is none, and not beyond the canvas', async () => {
		const prompt = 'a line<bbox>5 5 5 900</bbox>, a corner<bbox>900 900 1200 1200</bbox>';
		expect(stackOf(await ark({ ...pro, prompt })).slice(1)).toMatchObject([
			{ name: 'a corner', bounding_box: { normalized: [900, 900, 1000, 1000] } },
		]);
	});

	it.each([
		[pro, 17],
		[flash, 17],
		[fiveFive, 100],
	])('into no more images than the model makes: %j', async (body, most) => {
		expect(imagesIn(await ark({ ...body, prompt: '[layers:120]' }))).toHaveLength(most);
		expect(emulator.imagesMade()).toBe(most);
	});

	it('or into a base alone, where it finds no more', async () => {
		expect(imagesIn(await ark({ ...pro, prompt: '[layers:0]' }))).toMatchObject([{ z_index: 0 }]);
	});

	it.each([
		[1000, 1000, undefined, '1000x1000'],
		[1000, 1500, 'auto', '1000x1500'],
		[600, 800, 'auto', '887x1182'],
		[512, 512, undefined, '1024x1024'],
		[3000, 2000, 'auto', '2508x1672'],
		[1000, 1000, '1K', '1024x1024'],
		[1000, 500, '1.5k', '2172x1086'],
		[1000, 1000, '2K', '2048x2048'],
	])('of %ix%i with size %s over a base of %s', async (width, height, size, expected) => {
		const [base] = stackOf(await ark({ ...pro, image: await dataUri(width, height), size }));
		expect(base?.size).toBe(expected);
		const [w = 0, h = 0] = sidesOf(expected);
		expect(await sharp(await bytesOf(base?.url)).metadata()).toMatchObject({ width: w, height: h });
	});

	it('in any of six formats', async () => {
		const formats = ['png', 'jpeg', 'webp', 'tiff', 'gif'] as const;
		const images = await Promise.all(formats.map((format) => dataUri(600, 600, format)));
		for (const image of [...images, bitmap(600, 600)])
			expect((await ark({ ...pro, image })).status).toBe(200);
	});

	it('given as the one member of a list too, and with all that is allowed beside it', async () => {
		const allowed = {
			image: [link],
			prompt: 'a poster',
			watermark: false,
			response_format: 'b64_json',
			n: 1,
		};
		const modes = [
			[pro, 'fast'],
			[flash, 'standard'],
			[fiveFive, 'standard'],
		] as const;
		for (const [body, mode] of modes) {
			const answer = await ark({ ...body, ...allowed, optimize_prompt_options: { mode } });
			const [base, layer] = stackOf(answer);
			expect([base?.url, layer?.url]).toEqual(['', '']);
			const file = sharp(Buffer.from(layer?.b64_json ?? '', 'base64'));
			expect(await file.metadata()).toMatchObject({ format: 'png', hasAlpha: true });
		}
	});

	it('with alpha also where images do not compress', async () => {
		await fetch(`http://127.0.0.1:${emulator.port}/_control/settings`, {
			method: 'POST',
			body: JSON.stringify({ noise: true }),
		});
		const layer = stackOf(await ark(pro))[1];
		expect(await sharp(await bytesOf(layer?.url)).metadata()).toMatchObject({ hasAlpha: true });
	});

	it('at both houses of the origin and at a relay that knows it', async () => {
		const body = { ...pro, model: 'doubao-seedream-5-0-pro-260628' };
		for (const provider of ['volcengine', 'compatible'])
			expect(stackOf(await create(emulator, provider, body))).toHaveLength(4);
	});
});

/** As much of a bitmap as its size is told from. */
function bitmap(width: number, height: number): string {
	const bytes = Buffer.alloc(54);
	bytes.write('BM');
	bytes.writeInt32LE(width, 18);
	bytes.writeInt32LE(height, 22);
	return `data:image/bmp;base64,${bytes.toString('base64')}`;
}
