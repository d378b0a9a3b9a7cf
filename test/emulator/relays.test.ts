import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import type { Emulator } from './index';
import { startEmulator } from './index';
import type { Answer } from './testClient';
import { create, dataUri, download, request } from './testClient';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.stop());

const Data = z.looseObject({ data: z.array(z.looseObject({ url: z.string().nullable(), b64_json: z.string().nullish() })) });
const dataIn = (answer: Answer) => Data.parse(answer.body).data;
const refusal = (status: number, param: string) => ({ status, body: { error: { param } } });

describe('UniAll', () => {
	const lake = { model: 'seedream-4.0', prompt: 'a lake', custom_size: { width: 1280, height: 720 } };
	const uniall = (body: unknown, key?: string) => create(emulator, 'uniall', body, key);
	const edit = (body: unknown) => create(emulator, 'uniall', body, undefined, '/v1/images/edits');

	it('makes exactly as many images as asked', async () => {
		const data = dataIn(await uniall({ ...lake, n: 2 }));
		expect(data).toHaveLength(2);
		expect(await download(data[0]?.url ?? '')).toMatchObject({ size: '1280x720' });
		expect(dataIn(await uniall({ ...lake, num_images: 3 }))).toHaveLength(3);
	});

	it('edits on a path of its own, with links only', async () => {
		expect((await edit({ ...lake, image: 'https://example.com/a.png' })).status).toBe(200);
		expect((await edit({ ...lake, images: [{ url: 'https://example.com/a.png' }, { image_url: 'https://example.com/b.png' }] })).status).toBe(200);
		expect(await edit({ ...lake, image: await dataUri(50, 50) })).toMatchObject(refusal(400, 'image'));
		expect(await edit(lake)).toMatchObject(refusal(400, 'image'));
		expect(await edit({ ...lake, n: 6, image_urls: Array(10).fill('https://example.com/a.png') })).toMatchObject(refusal(400, 'n'));
		expect(await uniall({ ...lake, image: 'https://example.com/a.png' })).toMatchObject(refusal(400, 'image'));
	});

	it.each([
		['n beyond 6', { ...lake, n: 7 }, 'n'],
		['a size as text', { ...lake, size: '2K' }, 'size'],
		['a watermark', { ...lake, watermark: false }, 'watermark'],
		['a side beyond 4096', { ...lake, custom_size: { width: 5504, height: 3040 } }, 'custom_size'],
		['too few pixels on 4.5', { ...lake, model: 'seedream-4.5' }, 'custom_size'],
		['no prompt', { model: 'seedream-4.0' }, 'prompt'],
	])('refuses %s', async (_what, body, param) => {
		expect(await uniall(body)).toMatchObject(refusal(400, param));
	});

	it('lists its models for a good key', async () => {
		expect((await request(`${emulator.baseUrl('uniall')}/v1/models`)).body).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ owned_by: 'uniall' })]) });
		expect((await request(`${emulator.baseUrl('uniall')}/v1/models`, { key: 'wrong' })).status).toBe(401);
	});
});

describe('Tokaify', () => {
	const lake = { model: 'doubao-seedream-4-0-250828', prompt: 'a lake', size: '1280x720' };
	const tokaify = (body: unknown, key?: string) => create(emulator, 'tokaify', body, key);

	it('answers with a link and an empty b64_json, or the other way round', async () => {
		const [linked] = dataIn(await tokaify(lake));
		expect(linked?.b64_json).toBeNull();
		expect(await download(linked?.url ?? '')).toMatchObject({ size: '1280x720' });
		const [embedded] = dataIn(await tokaify({ ...lake, response_format: 'b64_json', image: [await dataUri(40, 40)] }));
		expect(embedded?.url).toBeNull();
	});

	it('makes one image of a set unless told how many', async () => {
		const set = { ...lake, prompt: 'two lakes', sequential_image_generation: 'auto' };
		expect(dataIn(await tokaify(set))).toHaveLength(1);
		expect(dataIn(await tokaify({ ...set, sequential_image_generation_options: { max_images: 2 } }))).toHaveLength(2);
	});

	it.each([
		['an unknown field', { ...lake, seed: 1 }, 'seed'],
		['3K', { ...lake, model: 'doubao-seedream-5-0-260128', size: '3K' }, 'size'],
		['too few pixels', { ...lake, model: 'doubao-seedream-4-5-251128' }, 'size'],
		['15 references', { ...lake, image: Array(15).fill('https://example.com/a.png') }, 'image'],
	])('refuses %s', async (_what, body, param) => {
		expect(await tokaify(body)).toMatchObject(refusal(400, param));
	});

	it('speaks like new-api of keys, money and models', async () => {
		expect(await tokaify(lake, 'wrong')).toMatchObject({ status: 401, body: { error: { type: 'new_api_error' } } });
		expect(await tokaify(lake, 'poor-key')).toMatchObject({ status: 403, body: { error: { code: 'insufficient_user_quota' } } });
		expect(await tokaify({ ...lake, model: 'x' })).toMatchObject({ status: 503, body: { error: { code: 'model_not_found' } } });
		expect((await tokaify({ ...lake, prompt: '[moderated]' })).body).toMatchObject({ error: { code: 'InputTextSensitiveContentDetected' } });
		expect((await create(emulator, 'tokaify', lake, undefined, '/v1/images/edits')).status).toBe(404);
	});
});
