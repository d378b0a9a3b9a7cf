import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import type { Answer } from './testClient';
import { create, dataUri, download, request } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const novita = (model: string, body: unknown, key?: string) =>
	create(emulator, 'novita', body, key, `/v3/seedream-${model}`);
const imagesIn = (answer: Answer) =>
	z.object({ images: z.array(z.string()) }).parse(answer.body).images;
const auto = { sequential_image_generation: 'auto' };

describe('Novita', () => {
	it('answers with links and nothing else', async () => {
		const answer = await novita('4.0', { prompt: 'a lake', size: '2560x1440', watermark: false });
		expect(await download(imagesIn(answer)[0] ?? '')).toMatchObject({ size: '2560x1440' });
	});

	it('counts at the top level for 4.0, in nested options for the others', async () => {
		expect(
			imagesIn(await novita('4.0', { prompt: '2 lakes', ...auto, max_images: 2 })),
		).toHaveLength(2);
		const nested = {
			prompt: '2 lakes',
			...auto,
			sequential_image_generation_options: { max_images: 2 },
		};
		expect(imagesIn(await novita('4.5', nested))).toHaveLength(2);
		expect((await novita('4.0', nested)).status).toBe(400);
		expect((await novita('5.0-lite', { prompt: '2 lakes', ...auto, max_images: 2 })).status).toBe(
			400,
		);
	});

	it('takes references as `images` for 4.0, as `image` for the others', async () => {
		const uri = await dataUri(60, 60);
		const statuses = [
			await novita('4.0', { prompt: 'x', images: [uri] }),
			await novita('4.0', { prompt: 'x', image: [uri] }),
			await novita('4.5', { prompt: 'x', image: [uri] }),
			await novita('4.5', { prompt: 'x', images: [uri] }),
			await novita('4.5', { prompt: 'x', image: [{ url: uri }] }),
		].map(({ status }) => status);
		expect(statuses).toEqual([200, 400, 200, 400, 400]);
	});

	it.each(['4.0', '4.5', '5.0-lite'])(
		'makes its own recommended sizes on %s, and 2048x2048 without a size',
		async (model) => {
			for (const size of ['2560x1440', '1440x2560', '3024x1296', undefined]) {
				const answer = await novita(model, { prompt: 'a lake', size });
				expect(await download(imagesIn(answer)[0] ?? '')).toMatchObject({
					size: size ?? '2048x2048',
				});
			}
		},
	);

	it('makes what was asked for, however many references there are', async () => {
		const references = (count: number) => Array(count).fill('https://example.com/a.png');
		const prompt = '15 lakes';
		expect(
			imagesIn(await novita('4.0', { prompt, ...auto, max_images: 15, images: references(10) })),
		).toHaveLength(15);
		const nested = {
			prompt,
			...auto,
			sequential_image_generation_options: { max_images: 15 },
			image: references(14),
		};
		for (const model of ['4.5', '5.0-lite'])
			expect(imagesIn(await novita(model, nested))).toHaveLength(15);
		expect(imagesIn(await novita('4.5', { prompt, ...auto, image: references(14) }))).toHaveLength(
			15,
		);
		expect((await novita('4.0', { prompt, images: references(11) })).status).toBe(400);
	});

	it.each([
		['4.0', { prompt: 'x', size: '1280x720' }, 'INVALID_REQUEST_BODY'],
		['4.0', { prompt: 'x', model: 'seedream-4.0' }, 'INVALID_REQUEST_BODY'],
		['4.5', { prompt: 'x', size: '1K' }, 'INVALID_REQUEST_BODY'],
		['5.0-lite', { prompt: 'x', size: '4K' }, 'INVALID_REQUEST_BODY'],
		['5.0-lite', { prompt: 'x', size: '4096x4096' }, 'INVALID_REQUEST_BODY'],
		['4.5', { size: '2K' }, 'INVALID_REQUEST_BODY'],
		['4.0', { prompt: '[moderated]' }, 'ILLEGAL_PROMPT'],
	])('refuses on %s: %j', async (model, body, reason) => {
		expect(await novita(model, body)).toMatchObject({ status: 400, body: { code: 400, reason } });
	});

	it('takes ratios to 1:3 and jpeg or png only on 4.0', async () => {
		const [long, webp] = [await dataUri(20, 80), await dataUri(60, 60, 'webp')];
		expect((await novita('4.0', { prompt: 'x', images: [long] })).body).toMatchObject({
			reason: 'INVALID_IMAGE_SIZE',
		});
		expect((await novita('4.0', { prompt: 'x', images: [webp] })).body).toMatchObject({
			reason: 'INVALID_IMAGE_FORMAT',
		});
		expect((await novita('4.5', { prompt: 'x', image: [long, webp] })).status).toBe(200);
	});

	it('says 403 to a wrong key and 400 to an empty account', async () => {
		expect(await novita('4.0', { prompt: 'x' }, 'wrong')).toMatchObject({
			status: 403,
			body: { reason: 'INVALID_API_KEY' },
		});
		expect(await novita('4.0', { prompt: 'x' }, '')).toMatchObject({
			status: 400,
			body: { reason: 'MISSING_API_KEY' },
		});
		expect(await novita('4.0', { prompt: 'x' }, 'poor-key')).toMatchObject({
			status: 400,
			body: { reason: 'BILLING_BALANCE_NOT_ENOUGH' },
		});
		expect(await novita('4.5', { prompt: 'x' }, 'limited-key')).toMatchObject({
			status: 403,
			body: { reason: 'API_NOT_ALLOWED' },
		});
	});

	it('passes the vendor’s moderation on as text', async () => {
		const { body } = await novita('4.0', { prompt: '[moderated-output:1]' });
		expect(body).toMatchObject({
			message: expect.stringContaining('"code":"OutputImageSensitiveContentDetected"'),
		});
	});

	it('tells the user’s balance in texts', async () => {
		const url = `${emulator.baseUrl('novita')}/openapi/v1/billing/balance/detail`;
		const { body } = await request(url);
		expect(body).toMatchObject({ availableBalance: expect.stringMatching(/^\d+$/) });
		emulator.setCredits('test-key', { user: 1_000_000 });
		expect((await request(url)).body).toMatchObject({
			availableBalance: '1000000',
			cashBalance: '1000000',
		});
	});
});
