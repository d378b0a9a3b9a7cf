import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { CREDITS_PER_IMAGE } from './index';
import type { Answer } from './testClient';
import { create, dataUri, download, picture, request, stream } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const Data = z.looseObject({
	data: z.array(z.looseObject({ url: z.string().nullable(), b64_json: z.string().nullish() })),
});
const dataIn = (answer: Answer) => Data.parse(answer.body).data;
const refusal = (status: number, param: string) => ({ status, body: { error: { param } } });

describe('UniAll', () => {
	const lake = {
		model: 'seedream-4.0',
		prompt: 'a lake',
		custom_size: { width: 1280, height: 720 },
	};
	const uniall = (body: unknown, key?: string) => create(emulator, 'uniall', body, key);
	const edit = (body: unknown) => create(emulator, 'uniall', body, undefined, '/v1/images/edits');

	it('makes exactly as many images as asked, whatever the prompt says', async () => {
		const data = dataIn(await uniall({ ...lake, n: 2 }));
		expect(data).toHaveLength(2);
		expect(await download(data[0]?.url ?? '')).toMatchObject({ size: '1280x720' });
		expect(dataIn(await uniall({ ...lake, num_images: 3 }))).toHaveLength(3);
		expect(dataIn(await uniall({ ...lake, prompt: '4 lakes', n: 1 }))).toHaveLength(1);
	});

	it.each([
		['4.0', [{ width: 1280, height: 720 }, { width: 2560, height: 1440 }, undefined]],
		['4.5', [{ width: 2560, height: 1440 }, undefined]],
		['5.0-lite', [{ width: 2560, height: 1440 }, undefined]],
	])(
		'makes the sizes that it lists on %s, and chooses one without `custom_size`',
		async (model, sizes) => {
			for (const custom_size of sizes) {
				const [image] = dataIn(
					await uniall({ model: `seedream-${model}`, prompt: 'a lake', custom_size }),
				);
				const { width, height } = custom_size ?? { width: 2048, height: 2048 };
				expect(await download(image?.url ?? '')).toMatchObject({ size: `${width}x${height}` });
			}
		},
	);

	it('takes 10 references and 15 of references and images together', async () => {
		const image_urls = Array(10).fill('https://example.com/a.png');
		expect(dataIn(await edit({ ...lake, n: 5, image_urls }))).toHaveLength(5);
		expect(await edit({ ...lake, n: 6, image_urls })).toMatchObject(refusal(400, 'n'));
		expect(
			await edit({ ...lake, image_urls: [...image_urls, ...image_urls.slice(0, 1)] }),
		).toMatchObject(refusal(400, 'image'));
	});

	it('edits on a path of its own, with links only', async () => {
		expect((await edit({ ...lake, image: 'https://example.com/a.png' })).status).toBe(200);
		expect(
			(
				await edit({
					...lake,
					images: [
						{ url: 'https://example.com/a.png' },
						{ image_url: 'https://example.com/b.png' },
					],
				})
			).status,
		).toBe(200);
		expect(await edit({ ...lake, image: await dataUri(50, 50) })).toMatchObject(
			refusal(400, 'image'),
		);
		expect(await edit(lake)).toMatchObject(refusal(400, 'image'));
		expect(await uniall({ ...lake, image: 'https://example.com/a.png' })).toMatchObject(
			refusal(400, 'image'),
		);
	});

	it.each([
		['n beyond 6', { ...lake, n: 7 }, 'n'],
		['a size as text', { ...lake, size: '2K' }, 'size'],
		['a watermark', { ...lake, watermark: false }, 'watermark'],
		['a side beyond 4096', { ...lake, custom_size: { width: 5504, height: 3040 } }, 'custom_size'],
		['too few pixels on 4.5', { ...lake, model: 'seedream-4.5' }, 'custom_size'],
		['too few pixels on 5.0-lite', { ...lake, model: 'seedream-5.0-lite' }, 'custom_size'],
		['no prompt', { model: 'seedream-4.0' }, 'prompt'],
	])('refuses %s', async (_what, body, param) => {
		expect(await uniall(body)).toMatchObject(refusal(400, param));
	});

	it('lists its models for a good key', async () => {
		expect((await request(`${emulator.baseUrl('uniall')}/v1/models`)).body).toMatchObject({
			data: expect.arrayContaining([expect.objectContaining({ owned_by: 'uniall' })]),
		});
		expect(
			(await request(`${emulator.baseUrl('uniall')}/v1/models`, { key: 'wrong' })).status,
		).toBe(401);
	});
});

describe('Tokaify', () => {
	const lake = { model: 'doubao-seedream-4-0-250828', prompt: 'a lake', size: '1280x720' };
	const tokaify = (body: unknown, key?: string) => create(emulator, 'tokaify', body, key);

	it('answers with a link and an empty b64_json, or the other way round', async () => {
		const [linked] = dataIn(await tokaify(lake));
		expect(linked?.b64_json).toBeNull();
		expect(await download(linked?.url ?? '')).toMatchObject({ size: '1280x720' });
		const [embedded] = dataIn(
			await tokaify({ ...lake, response_format: 'b64_json', image: [await dataUri(40, 40)] }),
		);
		expect(embedded?.url).toBeNull();
	});

	it('makes one image of a set unless told how many', async () => {
		const set = { ...lake, prompt: 'two lakes', sequential_image_generation: 'auto' };
		expect(dataIn(await tokaify(set))).toHaveLength(1);
		expect(dataIn(await tokaify({ ...set, prompt: '15 lakes' }))).toHaveLength(1);
		expect(
			dataIn(await tokaify({ ...set, sequential_image_generation_options: { max_images: 2 } })),
		).toHaveLength(2);
	});

	it.each([
		['an unknown field', { ...lake, seed: 1 }, 'seed'],
		['a format on 4.0', { ...lake, output_format: 'png' }, 'output_format'],
		['3K', { ...lake, model: 'doubao-seedream-5-0-260128', size: '3K' }, 'size'],
		['a size that is neither a tier nor pixels', { ...lake, size: '16:9' }, 'size'],
	])('refuses %s', async (_what, body, param) => {
		expect(await tokaify(body)).toMatchObject(refusal(400, param));
	});

	it('makes each tier on every model, and 2K without a size', async () => {
		for (const id of ['4-0-250828', '4-5-251128', '5-0-260128', '5-0-lite-260128']) {
			for (const [size, side] of [
				['1K', 1024],
				[undefined, 2048],
				['4K', 4096],
			]) {
				const [event] = await stream(emulator, 'tokaify', {
					model: `doubao-seedream-${id}`,
					prompt: 'a lake',
					size,
				});
				expect(event).toContain(`"size":"${side}x${side}"`);
			}
		}
	});

	it.each([
		['1024x1024', '1024x1024'],
		['100x100', '100x100'],
		['3200x100', '3200x100'],
		['8192x8192', '4096x4096'],
		['900000x1', '16384x1'],
	])('makes %s on any model, drawn as %s', async (size, drawn) => {
		const [image] = dataIn(
			await tokaify({ model: 'doubao-seedream-4-5-251128', prompt: 'a lake', size }),
		);
		expect(await download(image?.url ?? '')).toMatchObject({ size: drawn });
	});

	it('makes what was asked for, however many references there are', async () => {
		const set = {
			...lake,
			prompt: '2 lakes',
			sequential_image_generation: 'auto',
			image: Array(15).fill('https://example.com/a.png'),
		};
		expect(
			dataIn(await tokaify({ ...set, sequential_image_generation_options: { max_images: 2 } })),
		).toHaveLength(2);
	});

	it('takes any picture as a reference', async () => {
		const thin = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="400"/>');
		expect(
			(await tokaify({ ...lake, image: `data:image/svg+xml;base64,${thin.toString('base64')}` }))
				.status,
		).toBe(200);
		const large = Buffer.concat([await picture(40, 40), Buffer.alloc(11 * 1024 * 1024)]);
		expect(
			(await tokaify({ ...lake, image: `data:image/png;base64,${large.toString('base64')}` }))
				.status,
		).toBe(200);
	});

	it.each(['5-0-pro-260628', '5-0-flash-260915', '5-5-261028'])(
		'edits a picture that is to be taken apart, and charges that, on %s',
		async (id) => {
			const image = 'https://example.com/a.png';
			const layers = { image, layer_decomposition: true, output_format: 'png' };
			const body = { ...layers, model: `doubao-seedream-${id}`, size: '1.5K' };
			const data = dataIn(await tokaify({ ...body, prompt: 'a poster [layers:5]' }));
			expect(data).toHaveLength(1);
			expect(Object.keys(data[0] ?? {})).toEqual(['url', 'b64_json', 'revised_prompt']);
			expect(await download(data[0]?.url ?? '')).toMatchObject({ size: '1536x1536' });
			expect([emulator.imagesMade(), emulator.creditsUsed()]).toEqual([1, CREDITS_PER_IMAGE]);
			expect(await tokaify(body)).toMatchObject(refusal(400, 'prompt'));
			expect(await tokaify({ ...body, prompt: 'a poster', size: 'auto' })).toMatchObject(
				refusal(400, 'size'),
			);
		},
	);

	it('drops what asks for layers on every model', async () => {
		expect(dataIn(await tokaify({ ...lake, layer_decomposition: true }))).toHaveLength(1);
	});

	it('streams the events of the origin', async () => {
		const set = {
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 2 },
		};
		const linked = await stream(emulator, 'tokaify', {
			...lake,
			...set,
			prompt: '2 lakes [moderated-output:1]',
		});
		expect(linked.map((event) => event.split('\n')[0])).toEqual([
			'event: image_generation.partial_failed',
			'event: image_generation.partial_succeeded',
			'event: image_generation.completed',
			'data: [DONE]',
		]);
		expect(linked[1]).toMatch(/"image_index":1,"url":"http.*"size":"1280x720"/);
		expect(linked[2]).toMatch(/"usage":{"generated_images":1,/);
		const [embedded] = await stream(emulator, 'tokaify', { ...lake, response_format: 'b64_json' });
		expect(embedded).toMatch(/"image_index":0,"b64_json":"\/9j/);
	});

	it.each([
		['a subtype in capitals', 'data:image/PNG;base64,AAAA', 'invalid_request', 'data URI'],
		['no content', 'data:image/png;base64,', 'invalid_request', 'data URI'],
		['what is not base64', 'data:image/png;base64,A*AA', 'invalid_request', 'data URI'],
		['what is no picture', 'data:image/png;base64,AAAA', 'InvalidParameter', 'not an image'],
	])('refuses a data URI with %s', async (_what, image, code, message) => {
		expect(await tokaify({ ...lake, image })).toMatchObject({
			status: 400,
			body: { error: { code, param: 'image', message: expect.stringContaining(message) } },
		});
	});

	it('tells what the key has left, or that it is unlimited', async () => {
		const url = `${emulator.baseUrl('tokaify')}/api/usage/token`;
		emulator.setCredits('test-key', { user: 5, token: 7 });
		expect((await request(url)).body).toMatchObject({
			data: { total_available: 7, unlimited_quota: false },
		});
		emulator.setCredits('test-key', { unlimited: true });
		expect((await request(url)).body).toMatchObject({ data: { unlimited_quota: true } });
	});

	it('speaks like new-api of keys, money and models', async () => {
		expect(await tokaify(lake, 'wrong')).toMatchObject({
			status: 401,
			body: { error: { type: 'new_api_error' } },
		});
		expect(await tokaify(lake, 'poor-key')).toMatchObject({
			status: 403,
			body: { error: { code: 'insufficient_user_quota' } },
		});
		expect(await tokaify({ ...lake, model: 'x' })).toMatchObject({
			status: 503,
			body: { error: { code: 'model_not_found' } },
		});
		expect((await tokaify({ ...lake, prompt: '[moderated]' })).body).toMatchObject({
			error: { code: 'InputTextSensitiveContentDetected' },
		});
		expect((await create(emulator, 'tokaify', lake, undefined, '/v1/images/edits')).status).toBe(
			404,
		);
	});
});
