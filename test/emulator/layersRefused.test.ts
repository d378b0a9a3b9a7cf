import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import { create, dataUri, picture } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const link = 'https://example.com/poster.png';
const pro = { model: 'seedream-5-0-pro-260628', image: link, layer_decomposition: true };
const flash = { ...pro, model: 'seedream-5-0-flash-260915' };
const fiveFive = { ...pro, model: 'seedream-5-5-261028' };

const ark = (body: unknown, key?: string) => create(emulator, 'byteplus', body, key);

/** As much of a HEIC or HEIF file as its format and size are told from. */
function heif(brand: 'heic' | 'mif1'): string {
	const bytes = Buffer.alloc(64);
	bytes.write(`ftyp${brand}`, 4);
	bytes.write('ispe', 32);
	bytes.writeUInt32BE(800, 40);
	bytes.writeUInt32BE(800, 44);
	const type = brand === 'heic' ? 'heic' : 'heif';
	return `data:image/${type};base64,${bytes.toString('base64')}`;
}

describe('Ark refuses to take a picture apart', () => {
	const lake = { image: link, layer_decomposition: true, prompt: 'a lake' };

	it.each([
		['on 4.0', { ...lake, model: 'seedream-4-0-250828' }, 'layer_decomposition'],
		['on 4.5', { ...lake, model: 'seedream-4-5-251128' }, 'layer_decomposition'],
		['on 5.0-lite', { ...lake, model: 'seedream-5-0-260128' }, 'layer_decomposition'],
		['without a picture', { ...pro, image: undefined }, 'image'],
		['with a list of none', { ...pro, image: [] }, 'image'],
		['with two pictures', { ...pro, image: [link, link] }, 'image'],
		['asked for in a word', { ...pro, layer_decomposition: 'true' }, 'layer_decomposition'],
		['with an empty prompt', { ...pro, prompt: '' }, 'prompt'],
		['in pixels', { ...pro, size: '1024x1024' }, 'size'],
		['in a ratio', { ...fiveFive, size: '16:9' }, 'size'],
		['in 4K', { ...pro, size: '4K' }, 'size'],
		['with a background', { ...fiveFive, background: 'auto' }, 'background'],
		['with an opaque background', { ...pro, background: 'opaque' }, 'background'],
		[
			'with a set, even when off',
			{ ...pro, sequential_image_generation: 'disabled' },
			'sequential_image_generation',
		],
		[
			'with options of a set',
			{ ...fiveFive, sequential_image_generation_options: {} },
			'sequential_image_generation_options',
		],
		['with tools, even none', { ...flash, tools: [] }, 'tools'],
		['with a stream, even when off', { ...fiveFive, stream: false }, 'stream'],
		['fast on flash', { ...flash, optimize_prompt_options: { mode: 'fast' } }, 'mode'],
		['fast on 5.5', { ...fiveFive, optimize_prompt_options: { mode: 'fast' } }, 'mode'],
		['into webp', { ...pro, output_format: 'webp' }, 'output_format'],
	])('%s', async (_how, body, field) => {
		const code =
			field === 'image' && 'image' in body && (body.image?.length ?? 0) === 0
				? 'MissingParameter'
				: 'InvalidParameter';
		expect(await ark(body)).toMatchObject({
			status: 400,
			body: { error: { code, message: expect.stringContaining(field) } },
		});
		expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
	});

	it.each([
		['is too small', () => dataUri(511, 512), 'at least 262144 pixels'],
		['is too large', () => dataUri(6001, 6000), '6000x6000'],
		['is too narrow', () => dataUri(2400, 149), 'between 1/16 and 16'],
		['is too heavy', () => heavy(31), '30 MB'],
		['is heic', () => heif('heic'), 'unsupported image format: heic'],
		['is heif', () => heif('mif1'), 'unsupported image format: heif'],
	])('that %s', async (_how, imageOf, message) => {
		expect(await ark({ ...pro, image: await imageOf() })).toMatchObject({
			status: 400,
			body: { error: { message: expect.stringContaining(message) } },
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('unless it has just enough pixels or bytes', async () => {
		for (const image of [await dataUri(512, 512), await heavy(29)])
			expect((await ark({ ...pro, image })).status).toBe(200);
	});

	it('as soon as the filter takes one image away, and then charges none', async () => {
		for (const prompt of ['[moderated-output:1]', 'a poster [moderated-output:4]']) {
			expect(await ark({ ...pro, prompt })).toMatchObject({
				status: 400,
				body: { error: { code: 'OutputImageSensitiveContentDetected' } },
			});
		}
		expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
		expect((await ark({ ...pro, prompt: '[moderated-output:5]' })).status).toBe(200);
	});

	it('without the credits for all of it, or with a key for other models', async () => {
		emulator.setCredits('test-key', { user: 4.5 * CREDITS_PER_IMAGE });
		expect((await ark({ ...pro, prompt: '[layers:4]' })).status).toBe(403);
		expect((await ark({ ...pro, prompt: '[layers:3]' })).status).toBe(200);
		expect((await ark(pro, 'limited-key')).status).toBe(404);
	});
});

it('a picture that is not to be taken apart still needs a prompt', async () => {
	expect(await ark({ ...pro, layer_decomposition: false })).toMatchObject({
		body: { error: { code: 'MissingParameter', message: expect.stringContaining('prompt') } },
	});
	const edit = await ark({ ...pro, layer_decomposition: false, prompt: 'a lake' });
	expect(edit).toMatchObject({ status: 200, body: { usage: { generated_images: 1 } } });
	expect(edit).not.toHaveProperty('body.data.0.z_index');
});

/** A small picture with so many megabytes behind it. */
async function heavy(megabytes: number): Promise<string> {
	const bytes = [await picture(600, 600), Buffer.alloc(megabytes * 1024 * 1024)];
	return `data:image/png;base64,${Buffer.concat(bytes).toString('base64')}`;
}
