import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import { EDIT, fal, linksIn, PRO, requestIn, run, T2I } from './falClient';
import { dataUri, download, request, until } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 40 });

const lake = { prompt: 'a lake' };
const LITE = 'bytedance/seedream/v5/lite/text-to-image';
const FOUR_FIVE = 'fal-ai/bytedance/seedream/v4.5/text-to-image';
const FIVE_FIVE = 'bytedance/seedream/v5.5/text-to-image';
const app = 'fal-ai/bytedance';

const problemsOf = (detail: unknown) => ({ status: 422, body: { detail } });

describe('a request in the queue of fal', () => {
	it('waits, runs and is over, and its result is told elsewhere', async () => {
		emulator.setTaskMs(3000);
		const made = await fal(emulator, T2I, lake);
		const { request_id: id, response_url: url } = requestIn(made);
		expect(url).toBe(`${emulator.baseUrl('fal')}/${app}/requests/${id}`);
		expect(made).toEqual({
			...made,
			status: 200,
			body: {
				request_id: id,
				response_url: url,
				status_url: `${url}/status`,
				cancel_url: `${url}/cancel`,
				queue_position: 0,
			},
		});
		const statusOf = async () => await fal(emulator, `${app}/requests/${id}/status?logs=1`);
		const reaches = (word: string) =>
			until(async () => {
				const answer = await statusOf();
				return JSON.stringify(answer.body).includes(`"${word}"`) ? answer : undefined;
			});
		expect(await statusOf()).toMatchObject({
			status: 202,
			body: { status: 'IN_QUEUE', request_id: id, queue_position: 0 },
		});
		expect(await reaches('IN_PROGRESS')).toMatchObject({ status: 202, body: { logs: [] } });
		expect(await fal(emulator, `${app}/requests/${id}`)).toMatchObject({
			status: 400,
			body: { detail: 'Request is still in progress' },
		});
		emulator.finishTasks();
		expect(await reaches('COMPLETED')).toMatchObject({
			status: 200,
			body: { metrics: { inference_time: 3 } },
		});
		const result = await fal(emulator, `${app}/requests/${id}`);
		expect(result).toMatchObject({
			status: 200,
			body: { images: [{ url: expect.stringContaining('/images/') }], seed: expect.any(Number) },
		});
		expect(result.headers.get('x-fal-request-id')).toBe(id);
		expect(result.headers.get('x-fal-billable-units')).toBe('1');
	});

	it('is found under the first two parts of its model, with its own key, and nowhere else', async () => {
		const { request_id: id } = requestIn(await fal(emulator, LITE, lake));
		const read = async (path: string, key?: string) =>
			await fal(emulator, path.replace('ID', id), undefined, key);
		const NOWHERE = { status: 404, body: { status: 'NOT_FOUND' } };
		expect((await read('bytedance/seedream/requests/ID/status')).status).toBeLessThan(300);
		expect(await read('fal-ai/bytedance/requests/ID/status')).toMatchObject(NOWHERE);
		expect(await read('bytedance/seedream/requests/none/status')).toMatchObject(NOWHERE);
		expect(await read('bytedance/seedream/requests/none')).toMatchObject(NOWHERE);
		expect(await read('bytedance/seedream/requests/ID', 'limited-key')).toMatchObject(NOWHERE);
		for (const path of [
			`${LITE}/requests/ID`,
			`${LITE}/requests/ID/status`,
			'bytedance/seedream/requests/ID/response',
		])
			expect(await read(path)).toMatchObject({
				status: 405,
				body: { detail: 'Method Not Allowed' },
			});
		expect(emulator.requestsOf('query', 'fal')).toHaveLength(8);
	});

	it('makes an image for each run, and in a run as many as the prompt asks for', async () => {
		const counts = [];
		for (const body of [
			{ ...lake, num_images: 4 },
			{ ...lake, max_images: 4 },
			{ prompt: '3 lakes', num_images: 2, max_images: 3 },
		])
			counts.push(linksIn(await run(emulator, T2I, body)).length);
		expect(counts).toEqual([4, 1, 6]);
		expect(emulator.creditsUsed()).toBeCloseTo(11 * CREDITS_PER_IMAGE);
		expect(
			linksIn(await run(emulator, PRO, { ...lake, num_images: 2, max_images: 6 })),
		).toHaveLength(2);
	});

	it('holds the credits for all that may come while it is open', async () => {
		emulator.setTaskMs(10_000);
		await fal(emulator, T2I, { ...lake, num_images: 2, max_images: 3 });
		expect(emulator.creditsUsed()).toBeCloseTo(6 * CREDITS_PER_IMAGE);
	});

	it('tells the seed where the model has one', async () => {
		expect(await run(emulator, T2I, { ...lake, seed: 7 })).toHaveProperty('body.seed', 7);
		expect(await run(emulator, PRO, { ...lake, seed: 7 })).not.toHaveProperty('body.seed');
	});

	it('obeys the faults of any task', async () => {
		emulator.addFault({ on: 'create', noImages: true, times: 1 });
		expect(await run(emulator, T2I, lake)).toMatchObject({ status: 200, body: { images: [] } });
		emulator.addFault({ on: 'create', deadLink: true, times: 1 });
		expect((await fetch(linksIn(await run(emulator, T2I, lake))[0] ?? '')).status).toBe(404);
		emulator.addFault({ on: 'create', lostHost: true, times: 1 });
		expect(linksIn(await run(emulator, T2I, lake))[0]).toContain('http://127.0.0.1:1/');
		emulator.addFault({ on: 'create', neverEnds: true, times: 1 });
		const { request_id: id } = requestIn(await fal(emulator, T2I, lake));
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect((await fal(emulator, `${app}/requests/${id}/status`)).status).toBe(202);
		expect((await fal(emulator, `${app}/requests/${id}`)).status).toBe(400);
	});
});

describe('an image of fal', () => {
	it.each([
		[T2I, {}, '2048x2048', 'png'],
		[T2I, { image_size: { width: 1280, height: 720 } }, '1280x720', 'png'],
		[T2I, { image_size: 'landscape_4_3' }, '2365x1774', 'png'],
		[T2I, { image_size: 'auto_4K' }, '4096x4096', 'png'],
		[PRO, { image_size: 'auto_1K', output_format: 'jpeg' }, '1024x1024', 'jpeg'],
		[FIVE_FIVE, { image_size: 'auto_1.5K' }, '1536x1536', 'png'],
	])('of %s with %j is %s, %s', async (model, body, size, format) => {
		const [url = ''] = linksIn(await run(emulator, model, { ...lake, ...body }));
		expect(await download(url)).toEqual({ format, size, type: `image/${format}` });
	});

	it.each([
		['a side that is left out, which is 512', T2I, { height: 4096 }, '512x4096'],
		['too few pixels', T2I, { width: 640, height: 360 }, '1280x720'],
		['too few on 4.5', FOUR_FIVE, { width: 1280, height: 720 }, '2560x1440'],
		['too few on lite', LITE, { width: 1920, height: 1910 }, '1925x1915'],
		['too few on pro', PRO, { width: 1280, height: 720 }, '1365x768'],
		['too many on pro', PRO, { width: 2848, height: 1600 }, '2732x1535'],
	])('is scaled into the range without a word: %s', async (_what, model, image_size, size) => {
		const [url = ''] = linksIn(await run(emulator, model, { ...lake, image_size }));
		expect(await download(url)).toMatchObject({ size });
	});

	it('of 5.5 is transparent where that is asked for', async () => {
		const made = await run(emulator, FIVE_FIVE, { ...lake, background: 'transparent' });
		const bytes = Buffer.from(await (await fetch(linksIn(made)[0] ?? '')).arrayBuffer());
		expect((await sharp(bytes).stats()).isOpaque).toBe(false);
	});

	it('comes itself with sync_mode', async () => {
		const made = await run(emulator, PRO, { ...lake, sync_mode: true, image_size: 'auto_1K' });
		expect(linksIn(made)[0]).toMatch(/^data:image\/png;base64,/);
	});
});

describe('a reference of fal', () => {
	const edit = async (image_urls: readonly string[], more: object = {}) =>
		await run(emulator, EDIT, { ...lake, image_urls, ...more });

	it('may be a data URI, an earlier result, or anything in the outside world', async () => {
		const made = await edit([await dataUri(100, 80), 'https://example.com/a.png']);
		expect(made).toMatchObject({
			status: 200,
			body: { images: [{ content_type: 'image/png', width: null }] },
		});
		expect((await edit(linksIn(made))).status).toBe(200);
	});

	it('is not looked at where ten come after it', async () => {
		const [dead, fine] = [`${emulator.baseUrl('fal')}/none.png`, 'https://example.com/a.png'];
		expect((await edit([dead, ...Array(10).fill(fine)])).status).toBe(200);
		expect(await edit([dead, ...Array(9).fill(fine)])).toMatchObject(
			problemsOf([{ type: 'file_download_error', loc: ['body', 'image_urls'] }]),
		);
	});

	it.each([
		['is too small', async () => await dataUri(14, 100), 'image_too_small'],
		['is too narrow', async () => await dataUri(1700, 100), 'image_too_large'],
		['is no picture', async () => 'data:image/png;base64,AAAA', 'image_load_error'],
		['is no address', async () => 'a.png', 'value_error'],
	])('fails the request where it %s', async (_how, imageOf, type) => {
		expect(await edit([await imageOf()])).toMatchObject(problemsOf([{ type }]));
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('counts towards 15 images, references and made ones together', async () => {
		const urls = Array(10).fill('https://example.com/a.png');
		expect(linksIn(await edit(urls, { num_images: 6 }))).toHaveLength(5);
	});
});

describe('wrong input at fal', () => {
	it.each([
		['no prompt', T2I, {}, { type: 'missing', loc: ['body', 'prompt'] }],
		['no reference', EDIT, lake, { type: 'missing', loc: ['body', 'image_urls'] }],
		[
			'seven runs',
			T2I,
			{ ...lake, num_images: 7 },
			{ type: 'less_than_equal', loc: ['body', 'num_images'], ctx: { le: 6 }, input: 7 },
		],
		[
			'no image in a run',
			T2I,
			{ ...lake, max_images: 0 },
			{ type: 'greater_than_equal', loc: ['body', 'max_images'] },
		],
		[
			'a size that another model has',
			PRO,
			{ ...lake, image_size: 'auto_4K' },
			{ type: 'one_of', ctx: { expected: expect.arrayContaining(['auto_1K', 'square_hd']) } },
		],
		['a size in words', T2I, { ...lake, image_size: '2048x2048' }, { type: 'one_of' }],
		['webp', PRO, { ...lake, output_format: 'webp' }, { type: 'one_of' }],
		[
			'a transparent jpeg',
			FIVE_FIVE,
			{ ...lake, background: 'transparent', output_format: 'jpeg' },
			{ type: 'value_error', loc: ['body', 'output_format'] },
		],
	])(
		'is queued, and over like any other, but its result is a 422: %s',
		async (_w, model, body, problem) => {
			const { response_url: url } = requestIn(await fal(emulator, model, body));
			await emulator.settled();
			expect(await request(`${url}/status`, { scheme: 'Key' })).toMatchObject({
				status: 200,
				body: { status: 'COMPLETED' },
			});
			const result = await request(url, { scheme: 'Key' });
			expect(result).toMatchObject(problemsOf([problem]));
			expect(result.headers.get('x-fal-retryable')).toBe('false');
			expect(result.headers.get('x-fal-request-id')).toBe(url.split('/').at(-1));
			expect(emulator.creditsUsed()).toBe(0);
		},
	);

	it('is named in full, each problem by itself', async () => {
		expect(await run(emulator, EDIT, { num_images: 0 })).toMatchObject(
			problemsOf([
				{ type: 'missing', loc: ['body', 'prompt'] },
				{ type: 'missing', loc: ['body', 'image_urls'] },
				{ type: 'greater_than_equal', loc: ['body', 'num_images'] },
			]),
		);
	});

	it('is none where a field is unknown, or known of other models only', async () => {
		const body = { ...lake, watermark: false, max_images: 99, seed: 'x', n: 3 };
		expect((await run(emulator, PRO, body)).status).toBe(200);
	});
});

describe('a failure at fal', () => {
	it('by moderation says so, and repeats what was sent', async () => {
		const prompt = 'a [moderated] lake';
		expect(await run(emulator, T2I, { prompt })).toMatchObject(
			problemsOf([{ type: 'content_policy_violation', loc: ['body', 'prompt'], input: prompt }]),
		);
		expect(await run(emulator, T2I, { prompt: 'a lake [moderated-output:1]' })).toMatchObject(
			problemsOf([{ type: 'content_policy_violation' }]),
		);
		expect(emulator.creditsUsed()).toBe(0);
		const set = { prompt: 'a lake [moderated-output:2]', num_images: 3 };
		expect(linksIn(await run(emulator, T2I, set))).toHaveLength(2);
	});

	it.each([
		['content_policy_violation', 422, undefined],
		['downstream_service_error', 400, undefined],
		['internal_server_error', 500, undefined],
		['generation_timeout', 504, undefined],
		['runner_disconnected', 503, 'runner_disconnected'],
		['startup_timeout', 504, 'startup_timeout'],
	])('that is %s is COMPLETED with a result of %i', async (code, status, ofRequest) => {
		emulator.addFault({ on: 'create', failTask: { code, message: 'It broke' }, times: 1 });
		const { response_url: url } = requestIn(await fal(emulator, T2I, lake));
		await emulator.settled();
		const state = await request(`${url}/status`, { scheme: 'Key' });
		const result = await request(url, { scheme: 'Key' });
		expect(state).toMatchObject({ status: 200, body: { status: 'COMPLETED' } });
		expect(result.status).toBe(status);
		expect(result.headers.get('x-fal-error-type')).toBe(ofRequest ?? null);
		if (ofRequest === undefined) {
			expect(state.body).not.toHaveProperty('error');
			expect(result.body).toMatchObject({ detail: [{ type: code, msg: 'It broke' }] });
		} else {
			expect(state.body).toMatchObject({ error: 'It broke', error_type: code });
			expect(result.body).toEqual({ detail: 'It broke', error_type: code });
		}
	});

	it('can come to a request while it is read', async () => {
		emulator.setTaskMs(10_000);
		const { response_url: url } = requestIn(await fal(emulator, T2I, lake));
		const failTask = { code: 'internal_error', message: 'It broke' };
		emulator.addFault({ on: 'query', failTask, times: 1 });
		expect((await request(`${url}/status`, { scheme: 'Key' })).status).toBe(200);
		expect((await request(url, { scheme: 'Key' })).status).toBe(500);
	});

	it('of a gateway carries nothing of fal', async () => {
		const { request_id: id } = requestIn(await fal(emulator, T2I, lake));
		emulator.addFault({ on: 'query', status: 503, times: 1 });
		const answer = await fetch(`${emulator.baseUrl('fal')}/${app}/requests/${id}`);
		expect(answer.status).toBe(503);
		expect(answer.headers.get('x-fal-request-id')).toBeNull();
		expect(await answer.text()).toContain('nginx');
	});
});

describe('fal refuses', () => {
	it('a wrong key, an empty account, a model that the key may not use, a model that is none', async () => {
		const answers = [
			await fal(emulator, T2I, lake, ''),
			await fal(emulator, T2I, lake, 'wrong'),
			await request(`${emulator.baseUrl('fal')}/${T2I}`, { body: lake }),
			await fal(emulator, T2I, lake, 'poor-key'),
			await fal(emulator, PRO, lake, 'limited-key'),
			await fal(emulator, `fal-ai/${PRO}`, lake),
			await fal(emulator, 'bytedance/seedream/v5/flash', lake),
		];
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 403, 403, 404, 404]);
		expect(answers[1]?.body).toEqual({ detail: 'invalid key credentials' });
		expect(answers[3]?.body).toMatchObject({
			detail: expect.stringContaining('Exhausted balance'),
		});
		expect(answers[5]?.body).toEqual({ detail: 'Application "bytedance" not found' });
		expect(emulator.acceptedCreates()).toEqual([]);
		expect((await fal(emulator, T2I, lake, 'limited-key')).status).toBe(200);
	});

	it('too many at once, and what is no JSON', async () => {
		emulator.addFault({ on: 'create', status: 429, times: 1 });
		const busy = await fal(emulator, T2I, lake);
		expect(busy).toMatchObject({ status: 429, body: { error_type: 'concurrent_requests_limit' } });
		expect(busy.headers.get('x-fal-needs-retry')).toBe('1');
		const response = await fetch(`${emulator.baseUrl('fal')}/${T2I}`, {
			method: 'POST',
			headers: { authorization: 'Key test-key' },
			body: '{',
		});
		expect(response.status).toBe(400);
		expect(response.headers.get('x-fal-error-type')).toBe('bad_request');
	});
});

describe('the prices of fal', () => {
	const prices = async (query: string, key?: string) =>
		await fal(emulator, `v1/models/pricing${query}`, undefined, key);

	it('are told to whoever has a key, at no cost', async () => {
		expect(await prices(`?endpoint_id=${T2I}`)).toMatchObject({
			status: 200,
			body: { prices: [{ endpoint_id: T2I, currency: 'USD' }] },
		});
		expect(await prices(`?endpoint_id=${T2I}`, 'poor-key')).toMatchObject({ status: 200 });
		expect(await prices(`?endpoint_id=${T2I}`, 'wrong')).toMatchObject({ status: 401 });
		expect(await prices(`?endpoint_id=${T2I}`, '')).toMatchObject({ status: 401 });
		expect(await prices('')).toMatchObject({ status: 400 });
		expect(await prices('?endpoint_id=none')).toMatchObject({ status: 404 });
		expect(emulator.requestsOf('models', 'fal')).toHaveLength(6);
	});
});
