import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import type { Answer } from './testClient';
import { create, dataUri, download, request, stream } from './testClient';
import { useEmulator } from './useEmulator';

const lake = { model: 'seedream-4-0-250828', prompt: 'a lake', size: '1K' };
const pro = { model: 'seedream-5-0-pro-260628', prompt: 'a lake', size: '1K' };
const flash = { ...pro, model: 'seedream-5-0-flash-260915' };
const fiveFive = { ...pro, model: 'seedream-5-5-261028' };
const lite = { model: 'seedream-5-0-260128', prompt: 'a lake' };

const emulator = useEmulator({ taskMs: 20 });

const ark = (body: unknown, key?: string) => create(emulator, 'byteplus', body, key);
const Data = z.looseObject({
	data: z.array(z.looseObject({ url: z.string().optional(), b64_json: z.string().optional() })),
});
const dataIn = (answer: Answer) => Data.parse(answer.body).data;

describe('Ark makes', () => {
	it.each([
		[lake, '1024x1024', 'jpeg'],
		[{ ...lake, prompt: 'a lake in 16:9' }, '1312x736', 'jpeg'],
		[{ ...lake, size: '1280x720', watermark: false, response_format: 'url' }, '1280x720', 'jpeg'],
		[{ model: lake.model, prompt: 'a lake' }, '2048x2048', 'jpeg'],
		[{ ...pro, output_format: 'png' }, '1024x1024', 'png'],
		[{ ...lake, model: 'ep-2025-abc' }, '1024x1024', 'jpeg'],
		[{ model: pro.model, prompt: 'a lake' }, '2048x2048', 'jpeg'],
		[{ ...flash }, '1024x1024', 'jpeg'],
		[{ ...pro, background: 'transparent' }, '1024x1024', 'png'],
		[{ ...flash, background: 'transparent', output_format: 'png' }, '1024x1024', 'png'],
		[{ ...fiveFive }, '1024x1024', 'png'],
		[{ ...fiveFive, model: 'dola-seedream-5-5-261028' }, '1024x1024', 'png'],
		[{ ...fiveFive, size: '1.5K', output_format: 'jpeg' }, '1536x1536', 'jpeg'],
		[{ ...fiveFive, size: '2K', prompt: 'a lake in 3:2' }, '2496x1664', 'png'],
		[{ ...fiveFive, size: undefined }, '2048x2048', 'png'],
		[{ ...fiveFive, size: '960x960', n: 2 }, '960x960', 'png'],
		[{ ...fiveFive, size: '2848x1600', watermark: false }, '2848x1600', 'png'],
		[{ ...fiveFive, background: 'opaque', output_format: 'jpeg' }, '1024x1024', 'jpeg'],
		[{ ...fiveFive, background: 'auto', output_format: 'jpeg' }, '1024x1024', 'jpeg'],
	])('of %j an image of %s, %s', async (body, size, format) => {
		const answer = await ark(body);
		expect(answer).toMatchObject({
			status: 200,
			body: { model: body.model, data: [{ size }], usage: { generated_images: 1 } },
		});
		expect(await download(dataIn(answer)[0]?.url ?? '')).toMatchObject({ size, format });
	});

	it('as many as asked in the field and in the prompt', async () => {
		const set = {
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 3 },
		};
		expect(dataIn(await ark({ ...lake, ...set, prompt: 'three lakes' }))).toHaveLength(3);
		expect(dataIn(await ark({ ...lake, ...set }))).toHaveLength(1);
		expect(dataIn(await ark({ ...lake, prompt: '3 lakes', n: 3 }))).toHaveLength(1);
	});

	it('the others, where one of a set is moderated', async () => {
		const set = {
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 3 },
		};
		const answer = await ark({ ...lake, ...set, prompt: '3 lakes [moderated-output:2]' });
		expect(answer).toMatchObject({
			status: 200,
			body: {
				data: [{}, { error: { code: 'OutputImageSensitiveContentDetected' } }, {}],
				usage: { generated_images: 2 },
			},
		});
		expect(emulator.imagesMade()).toBe(2);
	});

	it('base64 on demand', async () => {
		const [image] = dataIn(await ark({ ...lake, response_format: 'b64_json' }));
		expect(image?.url).toBeUndefined();
		expect(
			Buffer.from(image?.b64_json ?? '', 'base64')
				.subarray(0, 2)
				.toString('hex'),
		).toBe('ffd8');
	});

	it.each([
		['asked for', { background: 'transparent', output_format: 'png' }, true],
		['asked for in the prompt alone', { prompt: 'a transparent lake' }, true],
		['left to the model, which sees no need', { background: 'auto' }, false],
		['asked for in the prompt of a jpeg', { prompt: 'transparent', output_format: 'jpeg' }, false],
		['refused', { prompt: 'a transparent lake', background: 'opaque' }, false],
	])('on 5.5, without an input, a transparent image where it is %s', async (_how, more, clear) => {
		const [image] = dataIn(await ark({ ...fiveFive, ...more }));
		expect(image?.background).toBe(clear ? 'transparent' : undefined);
		const bytes = await (await fetch(image?.url ?? '')).arrayBuffer();
		expect((await sharp(bytes).stats()).isOpaque).toBe(!clear);
	});

	it('answers of the newer models that say more', async () => {
		const image = [await dataUri(50, 50), await dataUri(60, 60)];
		for (const model of [pro, flash, fiveFive]) {
			expect((await ark({ ...model, image, output_format: 'jpeg' })).body).toMatchObject({
				data: [{ output_format: 'jpeg' }],
				usage: {
					input_images: 2,
					generated_images: 1,
					output_tokens: 4096,
					total_tokens: 4096,
				},
			});
		}
		const older = await ark({ ...lake, image });
		expect(dataIn(older)[0]).not.toHaveProperty('output_format');
		expect(older.body).not.toHaveProperty('usage.input_images');
	});

	it('a stream of events', async () => {
		const set = {
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 2 },
		};
		const events = await stream(emulator, 'byteplus', {
			...lake,
			...set,
			prompt: '2 lakes [moderated-output:1]',
		});
		expect(events.map((event) => event.split('\n')[0])).toEqual([
			'event: image_generation.partial_failed',
			'event: image_generation.partial_succeeded',
			'event: image_generation.completed',
			'data: [DONE]',
		]);
		expect(events[1]).toMatch(/"image_index":1,"url":"http/);
	});
});

describe('Ark refuses', () => {
	it.each([
		[
			'the name of the other house',
			{ ...lake, model: 'doubao-seedream-4-0-250828' },
			404,
			'InvalidEndpointOrModel.NotFound',
			'',
		],
		['no prompt', { model: lake.model }, 400, 'MissingParameter', 'prompt'],
		['an unknown field', { ...lake, quality: '2K' }, 400, 'InvalidParameter', 'quality'],
		[
			'a set on pro, even when off',
			{ ...pro, sequential_image_generation: 'disabled' },
			400,
			'InvalidParameter',
			'not supported by the current model',
		],
		[
			'a stream on pro, even when off',
			{ ...pro, stream: false },
			400,
			'InvalidParameter',
			'stream',
		],
		[
			'web search on 4.0',
			{ ...lake, tools: [{ type: 'web_search' }] },
			400,
			'InvalidParameter',
			'tools',
		],
		[
			'a format on 4.0',
			{ ...lake, output_format: 'jpeg' },
			400,
			'InvalidParameter',
			'output_format',
		],
		[
			'a transparent jpeg',
			{ ...pro, background: 'transparent', output_format: 'jpeg' },
			400,
			'InvalidParameter',
			'output_format',
		],
		[
			'a background on 5.0-lite',
			{ ...lite, background: 'transparent' },
			400,
			'InvalidParameter',
			'background',
		],
		[
			'fast prompts on flash',
			{ ...flash, optimize_prompt_options: { mode: 'fast' } },
			400,
			'InvalidParameter',
			'mode',
		],
		[
			'a choice of background on pro',
			{ ...pro, background: 'auto' },
			400,
			'InvalidParameter',
			'background',
		],
		[
			'a transparent jpeg on 5.5',
			{ ...fiveFive, background: 'transparent', output_format: 'jpeg' },
			400,
			'InvalidParameter',
			'output_format',
		],
		[
			'fast prompts on 5.5',
			{ ...fiveFive, optimize_prompt_options: { mode: 'fast' } },
			400,
			'InvalidParameter',
			'mode',
		],
		[
			'a set on 5.5, even when off',
			{ ...fiveFive, sequential_image_generation: 'disabled' },
			400,
			'InvalidParameter',
			'not supported by the current model',
		],
		[
			'options of a set on 5.5',
			{ ...fiveFive, sequential_image_generation_options: { max_images: 1 } },
			400,
			'InvalidParameter',
			'not supported by the current model',
		],
		[
			'a stream on 5.5, even when off',
			{ ...fiveFive, stream: false },
			400,
			'InvalidParameter',
			'stream',
		],
		['tools on 5.5, even none', { ...fiveFive, tools: [] }, 400, 'InvalidParameter', 'tools'],
		[
			'3K on 5.5',
			{ ...fiveFive, size: '3K' },
			400,
			'InvalidParameter',
			"size must be one of 'WIDTHxHEIGHT', '1k', '1.5k', '2k'",
		],
		[
			'too many pixels on 5.5',
			{ ...fiveFive, size: '2160x2160' },
			400,
			'InvalidParameter',
			'at most 4624220 pixels',
		],
		[
			'too few pixels on 5.5',
			{ ...fiveFive, size: '959x960' },
			400,
			'InvalidParameter',
			'at least 921600 pixels',
		],
		[
			'11 references on 5.5',
			{ ...fiveFive, image: Array(11).fill('https://example.com/a.png') },
			400,
			'InvalidParameter',
			'image',
		],
		['a seed', { ...lake, seed: 1 }, 400, 'InvalidParameter', 'seed'],
		[
			'1K on 5.0-lite',
			{ ...lite, size: '1K' },
			400,
			'InvalidParameter',
			"size must be one of 'WIDTHxHEIGHT', '2k', '3k', '4k'",
		],
		[
			'too few pixels',
			{ ...lite, size: '1024x1024' },
			400,
			'InvalidParameter',
			'at least 3686400 pixels',
		],
		[
			'too many pixels',
			{ ...pro, size: '2160x2160' },
			400,
			'InvalidParameter',
			'at most 4624220 pixels',
		],
		[
			'fast prompts on 5.0-lite',
			{ ...lite, optimize_prompt_options: { mode: 'fast' } },
			400,
			'InvalidParameter',
			'mode',
		],
		[
			'a moderated prompt',
			{ ...lake, prompt: '[moderated]' },
			400,
			'InputTextSensitiveContentDetected',
			'',
		],
		[
			'a moderated image',
			{ ...lake, prompt: '[moderated-output:1]' },
			400,
			'OutputImageSensitiveContentDetected',
			'',
		],
		[
			'15 references',
			{ ...lake, image: Array(15).fill('https://example.com/a.png') },
			400,
			'InvalidParameter',
			'image',
		],
		[
			'11 references on pro',
			{ ...pro, image: Array(11).fill('https://example.com/a.png') },
			400,
			'InvalidParameter',
			'image',
		],
		[
			'references and images beyond 15',
			{
				...lake,
				image: Array(10).fill('https://example.com/a.png'),
				sequential_image_generation: 'auto',
				sequential_image_generation_options: { max_images: 6 },
			},
			400,
			'InvalidParameter',
			'15',
		],
		[
			'a subtype in capitals',
			{ ...lake, image: 'data:image/PNG;base64,AAAA' },
			400,
			'InvalidParameter',
			'lower-case',
		],
		['bare base64', { ...lake, image: 'AAAA' }, 400, 'InvalidParameter', 'image'],
		[
			'what is no image',
			{ ...lake, image: 'data:image/png;base64,AAAA' },
			400,
			'InvalidImageURL.InvalidFormat',
			'',
		],
	])('%s', async (_what, body, status, code, message) => {
		expect(await ark(body)).toMatchObject({
			status,
			body: { error: { code, message: expect.stringContaining(message) } },
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('references outside the limits', async () => {
		const bad = [
			await dataUri(14, 100),
			await dataUri(20, 400),
			(await dataUri(50, 50)).replace('image/png', 'image/webp'),
		];
		for (const image of bad) expect((await ark({ ...lake, image })).status).toBe(400);
		const good = [
			await dataUri(15, 100),
			await dataUri(50, 50, 'webp'),
			await dataUri(50, 50, 'tiff'),
		];
		expect((await ark({ ...lake, image: good })).status).toBe(200);
	});

	it('links that lead nowhere', async () => {
		const answer = await ark({ ...lake, image: 'http://127.0.0.1:1/a.png' });
		expect(answer).toMatchObject({
			status: 400,
			body: { error: { message: expect.stringContaining('Timeout while downloading url=') } },
		});
	});

	it('wrong keys, empty accounts, closed models', async () => {
		const codes = [];
		for (const [body, key] of [
			[lake, ''],
			[lake, 'wrong'],
			[lake, 'poor-key'],
			[pro, 'limited-key'],
		] as const) {
			const answer = await ark(body, key);
			codes.push([
				answer.status,
				z.looseObject({ error: z.looseObject({ code: z.string() }) }).parse(answer.body).error.code,
			]);
		}
		expect(codes).toEqual([
			[401, 'AuthenticationError'],
			[401, 'AuthenticationError'],
			[403, 'AccountOverdueError'],
			[404, 'ModelNotOpen'],
		]);
	});
});

it('both houses list their own models', async () => {
	expect((await request(`${emulator.baseUrl('byteplus')}/models`)).body).toMatchObject({
		data: expect.arrayContaining([{ id: lake.model, object: 'model' }]),
	});
	expect(
		(await create(emulator, 'volcengine', { ...lake, model: 'doubao-seedream-4-0-250828' })).status,
	).toBe(200);
	expect(
		(await create(emulator, 'volcengine', { ...fiveFive, model: 'doubao-seedream-5-5-261028' }))
			.status,
	).toBe(200);
	expect((await request(`${emulator.baseUrl('volcengine')}/models`, { key: 'wrong' })).status).toBe(
		401,
	);
});
