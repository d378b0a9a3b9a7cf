import { afterEach, describe, expect, it, vi } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import {
	FOUR,
	FOUR_FIVE,
	get,
	LITE,
	PRO,
	predict,
	predictionIn,
	queryPrediction,
	runPrediction,
} from './replicateClient';
import { download, picture, until } from './testClient';
import { useEmulator } from './useEmulator';

const lake = { prompt: 'a lake' };
const set = { sequential_image_generation: 'auto' };

const emulator = useEmulator({ taskMs: 40 });

describe('a prediction of Replicate', () => {
	afterEach(() => vi.useRealTimers());

	it('is starting when created, then processing, then succeeded with links', async () => {
		emulator.setTaskMs(250);
		const created = await predict(emulator, lake);
		expect(created).toMatchObject({ status: 201 });
		const { id } = predictionIn(created);
		expect(id).toMatch(/^[a-z0-9]{26}$/);
		expect(created.body).toEqual({
			id,
			model: FOUR,
			version: 'hidden',
			input: lake,
			output: null,
			error: null,
			logs: '',
			status: 'starting',
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
			started_at: null,
			completed_at: null,
			data_removed: false,
			metrics: {},
			urls: {
				get: `https://api.replicate.com/v1/predictions/${id}`,
				cancel: `https://api.replicate.com/v1/predictions/${id}/cancel`,
				web: `https://replicate.com/p/${id}`,
			},
		});
		const reaches = (status: string) =>
			until(async () => {
				const prediction = await queryPrediction(emulator, id);
				return prediction.status === status ? prediction : undefined;
			});
		expect(await reaches('processing')).toMatchObject({
			output: null,
			started_at: expect.any(String),
		});
		expect(await reaches('succeeded')).toMatchObject({
			output: [expect.stringContaining('/images/')],
			completed_at: expect.any(String),
			metrics: { predict_time: expect.any(Number), total_time: expect.any(Number) },
		});
	});

	it('makes several images where it is told to and the prompt asks for them, and bills those', async () => {
		const counts = [];
		for (const input of [
			{ ...lake, ...set, max_images: 4 },
			{ prompt: '4 lakes', ...set, max_images: 4 },
			{ prompt: '4 lakes', max_images: 4 },
			{ prompt: '4 lakes', sequential_image_generation: 'disabled', max_images: 4 },
			{
				prompt: '15 lakes',
				...set,
				max_images: 15,
				image_input: Array(10).fill('https://example.com/a.png'),
			},
		])
			counts.push((await runPrediction(emulator, input)).output?.length);
		expect(counts).toEqual([1, 4, 1, 1, 5]);
		expect(emulator.creditsUsed()).toBeCloseTo(12 * CREDITS_PER_IMAGE);
	});

	it('holds the credits for all that may come while it is open', async () => {
		emulator.setTaskMs(10_000);
		await predict(emulator, { ...lake, ...set, max_images: 5 });
		expect(emulator.creditsUsed()).toBe(5 * CREDITS_PER_IMAGE);
	});

	it('fails by moderation with a code within its prose, and then costs nothing', async () => {
		for (const prompt of ['a [moderated] lake', '[moderated-output:1]']) {
			expect(await runPrediction(emulator, { prompt })).toMatchObject({
				status: 'failed',
				output: null,
				error: expect.stringMatching(
					/^The input or output was flagged as sensitive\. .* \(E005\) \(/,
				),
			});
		}
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('leaves out a moderated member of a set', async () => {
		const input = { prompt: '3 lakes [moderated-output:2]', ...set, max_images: 3 };
		expect((await runPrediction(emulator, input)).output).toHaveLength(2);
	});

	it.each([
		['canceled', 'canceled', null],
		['aborted', 'aborted', null],
		['E6716', 'failed', expect.stringMatching(/^too late \(E6716\) \(/)],
		['other', 'failed', 'Prediction failed: Async prediction failed: ModelError: too late'],
	])('told to fail by %s is %s', async (code, status, error) => {
		emulator.addFault({ on: 'create', failTask: { code, message: 'too late' } });
		expect(await runPrediction(emulator, lake)).toMatchObject({ status, error, output: null });
	});

	it('can fail while it is asked for, never end, have no images, or dead links', async () => {
		emulator.addFault({ on: 'query', failTask: { code: 'E1001', message: 'full' }, times: 1 });
		expect(await runPrediction(emulator, lake)).toMatchObject({ status: 'failed' });
		emulator.addFault({ on: 'create', noImages: true, times: 1 });
		expect(await runPrediction(emulator, lake)).toMatchObject({ status: 'succeeded', output: [] });
		emulator.addFault({ on: 'create', deadLink: true, times: 1 });
		const dead = await runPrediction(emulator, lake);
		expect((await fetch(dead.output?.[0] ?? '')).status).toBe(404);
		emulator.addFault({ on: 'create', lostHost: true, times: 1 });
		const lost = await runPrediction(emulator, lake);
		await expect(fetch(lost.output?.[0] ?? '')).rejects.toThrow('fetch failed');
		emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		expect(await queryPrediction(emulator, lost.id)).toMatchObject({
			status: 'processing',
			output: null,
			completed_at: null,
		});
		emulator.addFault({ on: 'create', neverEnds: true, times: 1 });
		const { id } = predictionIn(await predict(emulator, lake));
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(await queryPrediction(emulator, id)).toMatchObject({ status: 'processing' });
	});

	it('is emptied an hour after its end', async () => {
		const { id, output } = await runPrediction(emulator, lake);
		vi.useFakeTimers({ toFake: ['Date'] });
		vi.setSystemTime(Date.now() + 59 * 60_000);
		expect(await queryPrediction(emulator, id)).toMatchObject({ output, data_removed: false });
		vi.setSystemTime(Date.now() + 2 * 60_000);
		const emptied = await queryPrediction(emulator, id);
		expect(emptied).toMatchObject({ status: 'succeeded', output: null, data_removed: true });
		expect(emptied.input).toEqual({});
	});

	it('is nobody else’s', async () => {
		const { id } = predictionIn(await predict(emulator, lake));
		for (const answer of [
			await get(emulator, `/predictions/${id}`, 'limited-key'),
			await get(emulator, '/predictions/none'),
		])
			expect(answer).toMatchObject({
				status: 404,
				body: { detail: 'The requested resource could not be found.', status: 404 },
			});
	});
});

describe('an image of Replicate', () => {
	const link = 'https://example.com/a.png';

	it.each([
		[FOUR, {}, '2048x2048', 'jpeg'],
		[FOUR, { size: '1K', aspect_ratio: '3:2', enhance_prompt: false }, '1248x832', 'jpeg'],
		[FOUR, { size: '4K', aspect_ratio: '21:9' }, '6240x2656', 'jpeg'],
		[FOUR, { size: 'custom', width: 1100, height: 1200 }, '1100x1200', 'jpeg'],
		[FOUR, { size: 'custom' }, '2048x2048', 'jpeg'],
		[FOUR, { size: '1K', width: 1100, height: 1200 }, '1024x1024', 'jpeg'],
		[FOUR, { image_input: [link], aspect_ratio: 'match_input_image' }, '2048x2048', 'jpeg'],
		[FOUR_FIVE, { aspect_ratio: '2:3', disable_safety_checker: true }, '1664x2496', 'jpeg'],
		[LITE, { size: '3K', aspect_ratio: '1:1' }, '3072x3072', 'png'],
		[LITE, { output_format: 'jpeg' }, '2048x2048', 'jpeg'],
		[PRO, { size: '1K', aspect_ratio: '9:16' }, '800x1424', 'png'],
		[PRO, { layer_decomposition: false, output_format: 'jpeg' }, '2048x2048', 'jpeg'],
	])('of %s, %j is %s, %s', async (model, input, size, format) => {
		const { output } = await runPrediction(emulator, { ...lake, ...input }, model);
		expect(await download(output?.[0] ?? '')).toEqual({ format, size, type: `image/${format}` });
	});

	it('has the shape of the picture that was given, if no other is wished for', async () => {
		const uri = `data:image/png;base64,${(await picture(160, 90)).toString('base64')}`;
		const { output } = await runPrediction(emulator, { ...lake, image_input: [uri] });
		expect(await download(output?.[0] ?? '')).toMatchObject({ size: '2848x1600' });
	});
});

it('the account of Replicate is told to its key', async () => {
	expect(await get(emulator, '/account')).toMatchObject({
		status: 200,
		body: { type: 'user', username: expect.any(String), name: expect.any(String) },
	});
	expect((await get(emulator, '/account', 'wrong')).status).toBe(401);
});
