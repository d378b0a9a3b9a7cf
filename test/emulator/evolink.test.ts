import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import {
	create,
	download,
	fileIn,
	picture,
	queryTask,
	request,
	run,
	taskIn,
	until,
} from './testClient';
import { useEmulator } from './useEmulator';

const lake = { model: 'doubao-seedream-4.0', prompt: 'a lake' };
const pro = { model: 'doubao-seedream-5.0-pro', prompt: 'a lake' };

const emulator = useEmulator({ taskMs: 40 });

describe('an EvoLink task', () => {
	it('is pending when made, then processing, then completed with links', async () => {
		emulator.setTaskMs(250);
		const made = await create(emulator, 'evolink', lake);
		expect(made).toMatchObject({
			status: 200,
			body: { object: 'image.generation.task', status: 'pending', progress: 0, type: 'image' },
		});
		expect(made.body).toMatchObject({ usage: { credits_reserved: CREDITS_PER_IMAGE } });
		const { id } = taskIn(made);
		expect(id).toMatch(/^task-unified-\d{10}-[0-9a-f]{8}$/);
		const reaches = (status: string) =>
			until(async () => {
				const task = await queryTask(emulator, id);
				return task.status === status ? task : undefined;
			});
		const { progress } = await reaches('processing');
		expect(progress).toBeGreaterThan(0);
		expect(progress).toBeLessThan(100);
		expect(await reaches('completed')).toMatchObject({
			progress: 100,
			results: [expect.stringContaining('/images/')],
		});
	});

	it('makes one image for each that the prompt also asks for, and bills those', async () => {
		const silent = await run(emulator, { ...lake, n: 4 });
		expect(silent.results).toHaveLength(1);
		expect(emulator.creditsUsed()).toBe(CREDITS_PER_IMAGE);
		const digit = await run(emulator, { ...lake, prompt: 'a lake in 4K, generate 4 images', n: 4 });
		const word = await run(emulator, { ...lake, prompt: 'Three lakes', n: 3 });
		expect([digit.results.length, word.results.length]).toEqual([4, 3]);
		expect(emulator.imagesMade()).toBe(8);
	});

	it('holds the credits for n while it is open', async () => {
		emulator.setTaskMs(10_000);
		await create(emulator, 'evolink', { ...lake, n: 5 });
		expect(emulator.creditsUsed()).toBe(5 * CREDITS_PER_IMAGE);
	});

	it('makes fewer images where references and images together are beyond 15, and bills those', async () => {
		const references = (count: number) => Array(count).fill('https://example.com/a.png');
		const one = await run(emulator, {
			...lake,
			prompt: '15 lakes',
			n: 15,
			image_urls: references(14),
		});
		expect(one).toMatchObject({
			status: 'completed',
			results: { length: 1 },
			usage: { credits_used: CREDITS_PER_IMAGE },
		});
		const five = await run(emulator, {
			...lake,
			prompt: '6 lakes',
			n: 6,
			image_urls: references(10),
		});
		expect(five.results).toHaveLength(5);
		expect(emulator.creditsUsed()).toBeCloseTo(6 * CREDITS_PER_IMAGE);
	});

	it('holds the credits for n there too, while it is open', async () => {
		emulator.setTaskMs(10_000);
		const made = await create(emulator, 'evolink', {
			...lake,
			prompt: '15 lakes',
			n: 15,
			image_urls: Array(14).fill('https://example.com/a.png'),
		});
		expect(made).toMatchObject({
			status: 200,
			body: { usage: { credits_reserved: 15 * CREDITS_PER_IMAGE } },
		});
		expect(emulator.creditsUsed()).toBe(15 * CREDITS_PER_IMAGE);
	});

	it('fails by moderation, and then costs nothing', async () => {
		const task = await run(emulator, { ...lake, prompt: 'a [moderated] lake' });
		expect(task).toMatchObject({
			status: 'failed',
			error: { code: 'content_policy_violation', type: 'task_error' },
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('leaves out a moderated member of a set', async () => {
		const task = await run(emulator, { ...lake, prompt: '3 lakes [moderated-output:2]', n: 3 });
		expect(task.results).toHaveLength(2);
	});

	it('belongs to the key that made it', async () => {
		const { id } = taskIn(await create(emulator, 'evolink', lake));
		const url = `${emulator.baseUrl('evolink')}/v1/tasks`;
		expect(await request(`${url}/${id}`, { key: 'limited-key' })).toMatchObject({
			status: 403,
			body: { error: { code: 'permission_denied' } },
		});
		expect(await request(`${url}/task-unified-1-none`)).toMatchObject({
			status: 404,
			body: { error: { code: 'task_not_found' } },
		});
		expect(await request(`${url}/abc`)).toMatchObject({
			status: 400,
			body: { error: { code: 'invalid_task_id', param: 'task_id' } },
		});
	});
});

describe('an image of EvoLink', () => {
	it.each([
		[{ ...lake, size: '16:9', quality: '1K' }, '1280x720', 'jpeg'],
		[{ ...lake, size: '9:21' }, '1344x3136', 'jpeg'],
		[{ ...lake }, '2048x2048', 'jpeg'],
		[{ ...pro }, '1024x1024', 'jpeg'],
		[{ ...lake, size: '1000x1000' }, '1000x1000', 'jpeg'],
		[{ ...pro, size: '16:9', output_format: 'png' }, '1424x800', 'png'],
		[
			{
				...lake,
				model: 'doubao-seedream-5.0-lite',
				size: '1:1',
				model_params: { output_format: 'png' },
			},
			'2048x2048',
			'png',
		],
		[
			{ ...pro, model: 'doubao-seedream-5.0-flash', size: '21:9', quality: '1.5K' },
			'2352x1008',
			'jpeg',
		],
	])('of %j is %s, %s', async (body, size, format) => {
		const { results } = await run(emulator, body);
		expect(await download(results[0] ?? '')).toEqual({ format, size, type: `image/${format}` });
	});
});

describe('EvoLink refuses', () => {
	it.each([
		['no prompt', { model: lake.model }, 'prompt'],
		['no model', { prompt: 'a lake' }, 'model'],
		['an empty prompt', { ...lake, prompt: ' ' }, 'prompt'],
		['an unknown field', { ...lake, seed: 1 }, 'seed'],
		['n as text', { ...lake, n: '2' }, 'n'],
		['n beyond 15', { ...lake, n: 16 }, 'n'],
		['n on pro', { ...pro, n: 1 }, 'n'],
		['a watermark on 4.0', { ...lake, watermark: false }, 'watermark'],
		[
			'model_params on 4.5',
			{ ...lake, model: 'doubao-seedream-4.5', model_params: {} },
			'model_params',
		],
		['the old tier as size', { ...lake, size: '2K' }, 'size'],
		['too few pixels on 4.5', { ...lake, model: 'doubao-seedream-4.5', size: '1024x1024' }, 'size'],
		['too many pixels on pro', { ...pro, size: '2400x2400' }, 'size'],
		['a ratio beyond 16', { ...lake, size: '6000x300' }, 'size'],
		['a quality that the model has not', { ...lake, quality: '3K' }, 'quality'],
		[
			'fast prompts on 4.5',
			{ ...lake, model: 'doubao-seedream-4.5', prompt_priority: 'fast' },
			'prompt_priority',
		],
		['a prompt of more than 2000 tokens', { ...lake, prompt: 'lake'.repeat(2001) }, 'prompt'],
		[
			'15 references',
			{ ...lake, image_urls: Array(15).fill('https://example.com/a.png') },
			'image_urls',
		],
		[
			'11 references on pro',
			{ ...pro, image_urls: Array(11).fill('https://example.com/a.png') },
			'image_urls',
		],
		[
			'a data URI as reference',
			{ ...lake, image_urls: ['data:image/png;base64,AAAA'] },
			'image_urls',
		],
		[
			'a transparent background without an input',
			{ ...pro, background: 'transparent' },
			'background',
		],
		[
			'a transparent background with two inputs',
			{ ...pro, background: 'transparent', image_urls: Array(2).fill('https://example.com/a.png') },
			'background',
		],
		[
			'a transparent jpeg',
			{
				...pro,
				background: 'transparent',
				output_format: 'jpeg',
				image_urls: ['https://example.com/a.png'],
			},
			'output_format',
		],
	])('%s', async (_what, body, param) => {
		expect(await create(emulator, 'evolink', body)).toMatchObject({
			status: 400,
			body: { error: { code: 'invalid_request', type: 'invalid_request_error', param } },
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('a body that is not JSON', async () => {
		const url = `${emulator.baseUrl('evolink')}/v1/images/generations`;
		const response = await fetch(url, {
			method: 'POST',
			headers: { authorization: 'Bearer test-key' },
			body: '{',
		});
		expect(response.status).toBe(400);
	});

	it('a wrong key, an empty account, a model that the key may not use, a model that is none', async () => {
		const answers = [
			await create(emulator, 'evolink', lake, ''),
			await create(emulator, 'evolink', lake, 'wrong'),
			await create(emulator, 'evolink', lake, 'poor-key'),
			await create(emulator, 'evolink', pro, 'limited-key'),
			await create(emulator, 'evolink', { ...lake, model: 'seedream-4.0' }),
		];
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 402, 403, 404]);
		expect(answers[2]?.body).toMatchObject({ error: { code: 'insufficient_quota' } });
		expect(answers[3]?.body).toMatchObject({ error: { code: 'model_access_denied' } });
		expect((await create(emulator, 'evolink', lake, 'limited-key')).status).toBe(200);
	});

	it('an unknown key on /v1/credits with a number as code', async () => {
		const url = `${emulator.baseUrl('evolink')}/v1/credits`;
		expect(await request(url, { key: 'wrong' })).toMatchObject({
			status: 401,
			body: { error: { code: 401 } },
		});
		expect(await request(url)).toMatchObject({
			status: 200,
			body: { success: true, data: { token: { unlimited_credits: false } } },
		});
	});
});

describe('a reference of EvoLink', () => {
	const upload = async (bytes: Buffer) => {
		const answer = await request(`${emulator.uploadUrl('evolink')}/api/v1/files/upload/base64`, {
			body: { base64_data: bytes.toString('base64') },
		});
		return fileIn(answer).file_url;
	};

	it('may be an uploaded file, an earlier result, or anything in the outside world', async () => {
		const first = await run(emulator, {
			...lake,
			image_urls: [await upload(await picture(100, 80))],
		});
		const second = await run(emulator, {
			...lake,
			image_urls: [...first.results, 'https://example.com/a.png'],
		});
		expect([first.status, second.status]).toEqual(['completed', 'completed']);
	});

	it('fails the task where it is out of range, gone, or no picture', async () => {
		const errors = [];
		for (const url of [
			await upload(await picture(14, 100)),
			`${emulator.uploadUrl('evolink')}/none.png`,
		]) {
			errors.push((await run(emulator, { ...lake, image_urls: [url] })).error?.code);
		}
		expect(errors).toEqual(['invalid_parameters', 'image_processing_error']);
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('must be a png with transparency for a transparent background', async () => {
		const body = { ...pro, background: 'transparent' };
		const opaque = await run(emulator, {
			...body,
			image_urls: [await upload(await picture(64, 64))],
		});
		const clear = await run(emulator, {
			...body,
			image_urls: [await upload(await picture(64, 64, 'png', 0.5))],
		});
		expect([opaque.status, clear.status]).toEqual(['failed', 'completed']);
		expect((await download(clear.results[0] ?? '')).format).toBe('png');
	});
});

describe('the credits of EvoLink', () => {
	const credits = async () => (await request(`${emulator.baseUrl('evolink')}/v1/credits`)).body;

	it('are those of the user and of the key, which may differ', async () => {
		emulator.setCredits('test-key', { user: 1095.3996, token: 99416.4429 });
		expect(await credits()).toMatchObject({
			data: {
				token: { remaining_credits: 99416.4429, unlimited_credits: false },
				user: { remaining_credits: 1095.3996 },
			},
		});
		await run(emulator, lake);
		expect(await credits()).toMatchObject({
			data: {
				token: { remaining_credits: 99414.6429, used_credits: 1.8 },
				user: { remaining_credits: 1093.5996, used_credits: 1.8 },
			},
		});
	});

	it('may be unlimited for the key', async () => {
		emulator.setCredits('test-key', { token: 0, unlimited: true });
		expect(await credits()).toMatchObject({
			data: { token: { remaining_credits: 0, unlimited_credits: true } },
		});
		expect((await create(emulator, 'evolink', lake)).status).toBe(200);
	});

	it('must do for the user and for the key', async () => {
		emulator.setCredits('test-key', { user: 1 });
		expect((await create(emulator, 'evolink', lake)).status).toBe(402);
		emulator.setCredits('test-key', { user: 100, token: 1 });
		expect((await create(emulator, 'evolink', lake)).status).toBe(402);
	});

	it('are forgotten by a reset, and are of keys that there are', async () => {
		emulator.setCredits('test-key', { user: 1, token: 2, unlimited: true });
		emulator.reset();
		expect(await credits()).toMatchObject({
			data: {
				token: { remaining_credits: 100_000, unlimited_credits: false },
				user: { remaining_credits: 100_000 },
			},
		});
		expect(() => emulator.setCredits('no-key', { user: 1 })).toThrow('no such key');
	});
});
