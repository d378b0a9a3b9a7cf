import { describe, expect, it } from 'vitest';
import { FOUR, FOUR_FIVE, LITE, PRO, predict, runPrediction, send } from './replicateClient';
import { request } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const lake = { prompt: 'a lake' };

describe('Replicate refuses', () => {
	const links = (count: number) => Array(count).fill('https://example.com/a.png');
	const ratios = '"match_input_image", "1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "21:9"';
	const unknown = (field: string) => [
		'additional_property_not_allowed',
		'input',
		`Additional property ${field} is not allowed`,
	];

	it.each([
		['no prompt', FOUR, { prompt: undefined }, ['required', 'input', 'prompt is required']],
		[
			'a prompt that is none',
			FOUR,
			{ prompt: 1 },
			['invalid_type', 'input.prompt', 'Invalid type. Expected: string, given: integer'],
		],
		[
			'a long prompt on 4.5',
			FOUR_FIVE,
			{ prompt: 'a'.repeat(4001) },
			['string_lte', 'input.prompt', 'String length must be less than or equal to 4000'],
		],
		[
			'a long prompt on pro',
			PRO,
			{ prompt: 'a'.repeat(4001) },
			['string_lte', 'input.prompt', 'String length must be less than or equal to 4000'],
		],
		[
			'another ratio',
			FOUR,
			{ aspect_ratio: '4:5' },
			['enum', 'input.aspect_ratio', `aspect_ratio must be one of the following: ${ratios}`],
		],
		[
			'a ratio that the model picks',
			LITE,
			{ aspect_ratio: 'auto' },
			['enum', 'input.aspect_ratio', `aspect_ratio must be one of the following: ${ratios}`],
		],
		[
			'3K on 4.0',
			FOUR,
			{ size: '3K' },
			['enum', 'input.size', 'size must be one of the following: "1K", "2K", "4K", "custom"'],
		],
		[
			'sizes of one’s own on 4.5',
			FOUR_FIVE,
			{ size: 'custom' },
			['enum', 'input.size', 'size must be one of the following: "2K", "4K"'],
		],
		[
			'1K on lite',
			LITE,
			{ size: '1K' },
			['enum', 'input.size', 'size must be one of the following: "2K", "3K"'],
		],
		[
			'4K on pro',
			PRO,
			{ size: '4K' },
			['enum', 'input.size', 'size must be one of the following: "1K", "1.5K", "2K", "auto"'],
		],
		[
			'pixels as size',
			FOUR,
			{ size: '2048x2048' },
			['enum', 'input.size', 'size must be one of the following: "1K", "2K", "4K", "custom"'],
		],
		[
			'a side too short',
			FOUR,
			{ size: 'custom', width: 1023 },
			['number_gte', 'input.width', 'Must be greater than or equal to 1024'],
		],
		[
			'a side too long',
			FOUR,
			{ size: 'custom', height: 4097 },
			['number_lte', 'input.height', 'Must be less than or equal to 4096'],
		],
		['a side on lite', LITE, { width: 2048 }, unknown('width')],
		[
			'16 images',
			FOUR,
			{ max_images: 16 },
			['number_lte', 'input.max_images', 'Must be less than or equal to 15'],
		],
		['several images on pro', PRO, { max_images: 1 }, unknown('max_images')],
		[
			'11 pictures on 4.0',
			FOUR,
			{ image_input: links(11) },
			['array_max_items', 'input.image_input', 'Array must have at most 10 items'],
		],
		[
			'15 pictures on lite',
			LITE,
			{ image_input: links(15) },
			['array_max_items', 'input.image_input', 'Array must have at most 14 items'],
		],
		[
			'11 pictures on pro',
			PRO,
			{ image_input: links(11) },
			['array_max_items', 'input.image_input', 'Array must have at most 10 items'],
		],
		[
			'a picture alone',
			FOUR,
			{ image_input: 'https://example.com/a.png' },
			['invalid_type', 'input.image_input', 'Invalid type. Expected: array, given: string'],
		],
		[
			'a picture that is no URL',
			FOUR,
			{ image_input: ['a.png'] },
			['format', 'input.image_input.0', "Does not match format 'uri'"],
		],
		['a format on 4.0', FOUR, { output_format: 'png' }, unknown('output_format')],
		[
			'another format',
			PRO,
			{ output_format: 'webp' },
			['enum', 'input.output_format', 'output_format must be one of the following: "png", "jpeg"'],
		],
		['layers on lite', LITE, { layer_decomposition: true }, unknown('layer_decomposition')],
		['another’s seed', FOUR, { seed: 1 }, unknown('seed')],
		['another’s watermark', FOUR, { watermark: false }, unknown('watermark')],
	])('%s', async (_what, model, input, [type = '', field = '', description = '']) => {
		expect(await predict(emulator, { ...lake, ...input }, model)).toMatchObject({
			status: 422,
			body: {
				title: 'Input validation failed',
				detail: `- ${field}: ${description}\n`,
				status: 422,
				invalid_fields: [{ type, field, description }],
			},
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('all that is wrong at once, and fields beside the input that it does not know', async () => {
		const body = { model: FOUR, webhook: 'nowhere', webhook_events_filter: ['end'] };
		const answer = await send(emulator, body);
		expect(answer).toMatchObject({ status: 422, body: { invalid_fields: { length: 4 } } });
		expect(answer.body).toMatchObject({
			detail: expect.stringContaining('- Additional property model is not allowed\n'),
		});
	});

	it('a body that is not JSON', async () => {
		const url = `${emulator.baseUrl('replicate')}/models/${FOUR}/predictions`;
		const headers = { authorization: 'Bearer test-key' };
		expect((await fetch(url, { method: 'POST', headers, body: '{' })).status).toBe(422);
	});

	it('a wrong key, an empty account, a model that the key may not use, a model that is none', async () => {
		expect(await predict(emulator, lake, FOUR, '')).toMatchObject({
			status: 401,
			body: {
				title: 'Unauthenticated',
				detail: 'You did not pass an authentication token',
				status: 401,
			},
		});
		expect(await predict(emulator, lake, FOUR, 'wrong')).toMatchObject({
			status: 401,
			body: { detail: 'You did not pass a valid authentication token' },
		});
		expect(await predict(emulator, lake, FOUR, 'poor-key')).toMatchObject({
			status: 402,
			body: { title: 'Insufficient credit', status: 402 },
		});
		expect(await predict(emulator, lake, PRO, 'limited-key')).toMatchObject({
			status: 422,
			body: { title: 'Invalid version or not permitted', status: 422 },
		});
		for (const model of ['bytedance/seedream-5-flash', 'bytedance/seedream-5.5', 'seedream/4'])
			expect(await predict(emulator, lake, model)).toMatchObject({
				status: 404,
				body: { detail: 'The requested resource could not be found.', status: 404 },
			});
		expect((await predict(emulator, lake, FOUR, 'limited-key')).status).toBe(201);
	});

	it('more than it takes in a while, and says in the body how long to wait', async () => {
		emulator.addFault({ on: 'create', status: 429, times: 1 });
		expect(await predict(emulator, lake)).toMatchObject({
			status: 429,
			body: {
				detail: 'Request was throttled. Your rate limit resets in ~1s.',
				status: 429,
				retry_after: 1,
			},
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('what has no path', async () => {
		expect(await request(`${emulator.baseUrl('replicate')}/none`)).toMatchObject({
			status: 404,
			body: { status: 404 },
		});
	});
});

it('Replicate counts a prompt by its characters', async () => {
	expect((await predict(emulator, { prompt: '⛵'.repeat(4000) }, PRO)).status).toBe(201);
	expect((await predict(emulator, { prompt: '🚤'.repeat(4000) }, PRO)).status).toBe(201);
	expect((await predict(emulator, { prompt: '🚤'.repeat(4001) }, PRO)).status).toBe(422);
});

it('Replicate accepts what is wrong only with all of it together, and then fails', async () => {
	const errors = [];
	for (const input of [{}, { prompt: '' }, { ...lake, size: 'auto' }, { ...lake, size: '1.5K' }])
		errors.push((await runPrediction(emulator, input, PRO)).error);
	expect(errors).toEqual(Array(4).fill(expect.stringContaining('ModelError')));
	expect(emulator.creditsUsed()).toBe(0);
});
