import { createServer } from 'node:http';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import { create, dataUri, download, request, until } from './testClient';
import { useEmulator } from './useEmulator';
import { look, predictionIn, runTask, submit } from './wavespeedClient';

const lake = { prompt: 'a lake' };
const link = 'https://example.com/a.png';

const emulator = useEmulator({ taskMs: 40 });

describe('a prediction of WaveSpeedAI', () => {
	it('is created, then processing, then completed with links, always in the envelope', async () => {
		emulator.setTaskMs(250);
		const made = predictionIn(await submit(emulator, 'v4.5', lake));
		expect(made).toEqual({
			id: expect.stringMatching(/^[0-9a-f]{32}$/),
			model: 'bytedance/seedream-v4.5',
			status: 'created',
			outputs: [],
			urls: { get: `https://api.wavespeed.ai/api/v3/predictions/${made.id}/result` },
			has_nsfw_contents: [],
			created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/),
			error: '',
			executionTime: 0,
			timings: { inference: 0 },
		});
		const reaches = (status: string) =>
			until(async () => {
				const prediction = await look(emulator, made.id);
				return prediction.status === status ? prediction : undefined;
			});
		expect((await reaches('processing')).outputs).toEqual([]);
		expect(await reaches('completed')).toMatchObject({
			outputs: [expect.stringContaining('/images/')],
			has_nsfw_contents: [false],
			error: '',
			executionTime: 250,
		});
	});

	it('costs what was asked for, however many images come', async () => {
		const silent = await runTask(emulator, 'v4/sequential', { ...lake, max_images: 4 });
		expect(silent.outputs).toHaveLength(1);
		expect(emulator.creditsUsed()).toBeCloseTo(4 * CREDITS_PER_IMAGE);
		const body = { prompt: 'three lakes', max_images: 3, images: [link] };
		const three = await runTask(emulator, 'v5.0-lite/edit-sequential', body);
		expect(three.outputs).toHaveLength(3);
		expect(emulator.creditsUsed()).toBeCloseTo(7 * CREDITS_PER_IMAGE);
	});

	it('fails within an answer of status 200 and code 200, and then costs nothing', async () => {
		expect(await runTask(emulator, 'v4', { prompt: 'a [moderated] lake' })).toMatchObject({
			status: 'failed',
			outputs: [],
			code: 1200,
			error: expect.stringContaining('sensitive'),
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('may have failed before it is answered', async () => {
		const bornFailed = { code: '1400', message: 'prompt is missing' };
		emulator.addFault({ on: 'create', bornFailed, times: 1 });
		const answer = await submit(emulator, 'v4', lake);
		expect(answer.status).toBe(200);
		const born = predictionIn(answer);
		expect(born).toMatchObject({ status: 'failed', code: 1400, error: 'prompt is missing' });
		await emulator.settled();
		expect(await look(emulator, born.id)).toMatchObject({ status: 'failed', code: 1400 });
		expect(emulator.acceptedCreates()).toMatchObject([{ outcome: 'failed' }]);
		expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
	});

	it.each(['cancelled', 'timeout', 'deleted'])('may end as %s, without a result', async (code) => {
		emulator.addFault({ on: 'create', failTask: { code, message: 'ended' }, times: 1 });
		expect(await runTask(emulator, 'v4', lake)).toMatchObject({ status: code, outputs: [] });
	});

	it('fails with a number as its code, whatever went wrong', async () => {
		const failTask = { code: 'service_error', message: 'm' };
		emulator.addFault({ on: 'query', failTask, times: 1 });
		const { id } = predictionIn(await submit(emulator, 'v4', lake));
		expect(await look(emulator, id)).toMatchObject({ status: 'failed', code: 1405, error: 'm' });
	});

	it('leaves out a moderated member of a set', async () => {
		const body = { prompt: '3 lakes [moderated-output:2]', max_images: 3 };
		const { outputs, has_nsfw_contents } = await runTask(emulator, 'v4.5/sequential', body);
		expect([outputs.length, has_nsfw_contents]).toEqual([2, [false, false]]);
	});

	it('has the faults of any task', async () => {
		emulator.addFault({ on: 'create', noImages: true, times: 1 });
		expect(await runTask(emulator, 'v4', lake)).toMatchObject({ status: 'completed', outputs: [] });
		emulator.addFault({ on: 'create', deadLink: true, times: 1 });
		const { outputs } = await runTask(emulator, 'v4', lake);
		expect((await fetch(outputs[0] ?? '')).status).toBe(404);
		emulator.addFault({ on: 'create', neverEnds: true, times: 1 });
		const { id } = predictionIn(await submit(emulator, 'v4', lake));
		await until(async () => (await look(emulator, id)).status === 'processing' || undefined);
		await emulator.settled();
		expect(await look(emulator, id)).toMatchObject({ status: 'processing', outputs: [] });
	});

	it('is unknown to other keys, and where there is none', async () => {
		const { id } = predictionIn(await submit(emulator, 'v4', lake));
		const url = (task: string) =>
			`${emulator.baseUrl('wavespeed')}/api/v3/predictions/${task}/result`;
		const unknown = { status: 404, body: { code: 404, message: 'task not found' } };
		expect(await request(url(id), { key: 'limited-key' })).toMatchObject(unknown);
		expect(await request(url('none'))).toMatchObject(unknown);
	});

	it('that is waited for goes on where the wait has ended', async () => {
		const answer = await submit(emulator, 'v4', { ...lake, enable_sync_mode: true });
		const { id, ...waited } = predictionIn(answer);
		expect(waited).toMatchObject({ status: 'processing', code: 5004, outputs: [] });
		await emulator.settled();
		expect(await look(emulator, id)).toMatchObject({ status: 'completed', error: '' });
	});

	it('may hold the image itself, naked', async () => {
		const body = { ...lake, size: '64*64', enable_base64_output: true };
		const { outputs } = await runTask(emulator, 'v4', body);
		const bytes = Buffer.from(outputs[0] ?? '', 'base64');
		expect(await sharp(bytes).metadata()).toMatchObject({ width: 64, format: 'jpeg' });
	});
});

describe('an image of WaveSpeedAI', () => {
	it.each([
		['v4', {}, '2048x2048', 'jpeg'],
		['v4', { size: '1080*1920' }, '1080x1920', 'jpeg'],
		['v4.5', { size: '4096*4096' }, '4096x4096', 'jpeg'],
		['v5.0-lite', { size: '64*100', output_format: 'png' }, '64x100', 'png'],
		['v5.0-pro', {}, '1024x1024', 'jpeg'],
		['v5.0-pro', { resolution: '2k', prompt_optimization_mode: 'fast' }, '2048x2048', 'jpeg'],
		['v5.0-flash', { aspect_ratio: '16:9', resolution: '1.5k' }, '2048x1152', 'jpeg'],
		['v5.0-flash', { aspect_ratio: '1:2', output_format: 'png' }, '720x1456', 'png'],
		['v5.5', { aspect_ratio: '16:9', resolution: '3k' }, '3840x2160', 'png'],
		['v5.5', { background: 'opaque', output_format: 'jpeg' }, '1024x1024', 'jpeg'],
	])('of %s with %j is %s, %s', async (path, body, size, format) => {
		const { outputs } = await runTask(emulator, path, { ...lake, ...body });
		expect(await download(outputs[0] ?? '')).toMatchObject({ format, size });
	});

	it('has the shape of the picture with 5.0-lite, where no size is said', async () => {
		for (const size of [undefined, '']) {
			const body = { ...lake, size, images: [await dataUri(400, 100)] };
			const { outputs } = await runTask(emulator, 'v5.0-lite/edit', body);
			expect(await download(outputs[0] ?? '')).toMatchObject({ size: '4096x1024' });
		}
		const four = { ...lake, images: [await dataUri(400, 100)] };
		const { outputs } = await runTask(emulator, 'v4/edit', four);
		expect(await download(outputs[0] ?? '')).toMatchObject({ size: '2048x2048' });
	});

	it('is transparent with 5.5, unless that is asked of a jpeg', async () => {
		const clear = await runTask(emulator, 'v5.5', { ...lake, background: 'transparent' });
		const bytes = Buffer.from(await (await fetch(clear.outputs[0] ?? '')).arrayBuffer());
		expect((await sharp(bytes).stats()).isOpaque).toBe(false);
		const jpeg = { ...lake, background: 'transparent', output_format: 'jpeg' };
		expect(await runTask(emulator, 'v5.5', jpeg)).toMatchObject({ status: 'failed', code: 1401 });
	});
});

describe('a picture for WaveSpeedAI', () => {
	it('may be a data URI, an earlier result, or anything in the outside world', async () => {
		const images = [await dataUri(100, 80, 'webp'), link];
		const first = await runTask(emulator, 'v5.0-pro/edit', { ...lake, images });
		const again = { ...lake, images: first.outputs };
		expect((await runTask(emulator, 'v4.5/edit', again)).status).toBe('completed');
	});

	it('fails the task where it is gone or none', async () => {
		const gone = `${emulator.baseUrl('wavespeed')}/uploaded/none.png`;
		for (const image of [gone, 'data:image/png;base64,AAAA']) {
			const body = { ...lake, images: [image] };
			expect(await runTask(emulator, 'v4/edit', body)).toMatchObject({
				status: 'failed',
				code: 1402,
			});
		}
		expect(emulator.creditsUsed()).toBe(0);
	});
});

describe('WaveSpeedAI refuses', () => {
	it.each([
		['no prompt', 'v4', {}, 'prompt'],
		['an empty prompt', 'v4', { prompt: ' ' }, 'prompt'],
		['an unknown field', 'v4', { ...lake, seed: 1 }, 'seed'],
		['a callback in the body', 'v4', { ...lake, webhook: link }, 'webhook'],
		['a watermark', 'v4', { ...lake, watermark: false }, 'watermark'],
		['a model in the body', 'v4', { ...lake, model: 'seedream' }, 'model'],
		['pictures where none are edited', 'v4', { ...lake, images: [link] }, 'images'],
		['no pictures where some are edited', 'v4/edit', lake, 'images'],
		['an empty list of them', 'v4/edit', { ...lake, images: [] }, 'images'],
		['eleven of them', 'v4/edit', { ...lake, images: Array(11).fill(link) }, 'images'],
		['a picture that is no link', 'v4/edit', { ...lake, images: ['a.png'] }, 'images'],
		['a number of images but for sets', 'v4', { ...lake, max_images: 1 }, 'max_images'],
		['sixteen images', 'v4/sequential', { ...lake, max_images: 16 }, 'max_images'],
		['a size with an x', 'v4', { ...lake, size: '2048x2048' }, 'size'],
		['a tier as size', 'v4', { ...lake, size: '2K' }, 'size'],
		['a side below 64', 'v4', { ...lake, size: '63*2048' }, 'size'],
		['a side beyond 16384', 'v4', { ...lake, size: '16385*64' }, 'size'],
		['too many pixels', 'v5.0-lite', { ...lake, size: '4096*4097' }, 'size'],
		['a ratio on 4.5', 'v4.5', { ...lake, aspect_ratio: '1:1' }, 'aspect_ratio'],
		['a format on 4.0', 'v4', { ...lake, output_format: 'png' }, 'output_format'],
		['a size on pro', 'v5.0-pro', { ...lake, size: '2048*2048' }, 'size'],
		['a ratio that it has not', 'v5.0-pro', { ...lake, aspect_ratio: 'auto' }, 'aspect_ratio'],
		['a tier in capitals', 'v5.0-pro', { ...lake, resolution: '2K' }, 'resolution'],
		['3k on pro', 'v5.0-pro', { ...lake, resolution: '3k' }, 'resolution'],
		['4k on 5.5', 'v5.5', { ...lake, resolution: '4k' }, 'resolution'],
		['a background on flash', 'v5.0-flash', { ...lake, background: 'opaque' }, 'background'],
		[
			'fast prompts on flash',
			'v5.0-flash',
			{ ...lake, prompt_optimization_mode: 'fast' },
			'prompt_optimization_mode',
		],
	])('%s', async (_what, path, body, field) => {
		expect(await submit(emulator, path, body)).toMatchObject({
			status: 400,
			body: { code: 400, message: expect.stringContaining(field) },
		});
		expect(emulator.acceptedCreates()).toEqual([]);
	});

	it('a wrong key, an empty account, a model that the key may not use, a path that is none', async () => {
		const path = '/api/v3/bytedance/seedream-v4/text-to-image';
		const answers = [
			await submit(emulator, 'v4', lake, ''),
			await submit(emulator, 'v4', lake, 'wrong'),
			await submit(emulator, 'v4', lake, 'poor-key'),
			await submit(emulator, 'v4.5', lake, 'limited-key'),
			await create(emulator, 'wavespeed', lake, undefined, path),
			await submit(emulator, 'v5.0-pro/sequential', lake),
		];
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 402, 403, 404, 404]);
		expect(answers[2]?.body).toMatchObject({ message: expect.stringMatching(/insufficient/i) });
		expect((await submit(emulator, 'v4', lake, 'limited-key')).status).toBe(200);
	});

	it('for a while, with the status in the body', async () => {
		emulator.addFault({ on: 'create', status: 429, times: 1 });
		expect(await submit(emulator, 'v4', lake)).toMatchObject({
			status: 429,
			body: { code: 429, message: 'Too Many Requests' },
		});
	});
});

describe('the balance of WaveSpeedAI', () => {
	const balance = async (key?: string) =>
		await request(`${emulator.baseUrl('wavespeed')}/api/v3/balance`, { key });

	it('is a number in the envelope, for keys that there are', async () => {
		emulator.setCredits('test-key', { user: 12.5 });
		expect(await balance()).toMatchObject({
			status: 200,
			body: { code: 200, message: 'success', data: { balance: 12.5 } },
		});
		expect(await balance('wrong')).toMatchObject({ status: 401, body: { code: 401 } });
	});
});

describe('a webhook of WaveSpeedAI', () => {
	const v4With = async (webhook: string, body: object = lake) =>
		await submit(emulator, `v4?webhook=${encodeURIComponent(webhook)}`, body);

	it('carries the bare prediction with its input, at success and at failure', async () => {
		const received: unknown[] = [];
		const listener = createServer(async (incoming, response) => {
			let body = '';
			for await (const part of incoming) body += String(part);
			received.push(JSON.parse(body));
			response.end();
		});
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		const address = listener.address();
		if (address === null || typeof address === 'string') throw new Error('not listening');
		const url = `http://127.0.0.1:${address.port}/done?secret=a%20b`;
		const { id } = predictionIn(await v4With(url));
		await emulator.settled();
		expect(received).toEqual([{ ...(await look(emulator, id)), input: lake }]);
		emulator.addFault({ on: 'create', bornFailed: { code: '1403', message: 'm' }, times: 1 });
		await v4With(url);
		await emulator.settled();
		expect(received[1]).toMatchObject({ status: 'failed', code: 1403, error: 'm', input: lake });
		expect(emulator.callbacks[0]?.url).toBe(url);
		listener.closeAllConnections();
		await new Promise((resolve) => listener.close(resolve));
	});

	it('cannot carry images, nor report to who waits', async () => {
		const url = 'https://example.com/done';
		expect(await v4With(url, { ...lake, enable_base64_output: true })).toMatchObject({
			status: 400,
			body: { error: expect.stringContaining('does not support base64 output') },
		});
		expect((await v4With(url, { ...lake, enable_sync_mode: true })).status).toBe(400);
		expect((await v4With('nowhere')).status).toBe(400);
		expect((await v4With('http://example.com/done')).status).toBe(400);
		expect(emulator.acceptedCreates()).toEqual([]);
		expect((await v4With(url)).status).toBe(200);
	});
});

describe('a private webhook of WaveSpeedAI', () => {
	const strict = useEmulator({ taskMs: 10, allowPrivateCallbacks: false });

	it('is refused where the documented rules are on', async () => {
		const path = `v4?webhook=${encodeURIComponent('https://127.0.0.1/done')}`;
		expect((await submit(strict, path, lake)).status).toBe(400);
	});
});
