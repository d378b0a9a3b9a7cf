import { request as send } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createTask, dataIn, freshLink, recordInfo, refusalIn } from './kieClient';
import { create, request } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 40 });

const kie = (body: unknown, key?: string) => create(emulator, 'kie', body, key);

const four = {
	model: 'bytedance/seedream-v4-text-to-image',
	input: { prompt: 'a lake' },
};
const fourFive = {
	model: 'seedream/4.5-text-to-image',
	input: { prompt: 'a lake', aspect_ratio: '1:1', quality: 'basic' },
};
const lite = { ...fourFive, model: 'seedream/5-lite-text-to-image' };
const flash = {
	model: 'seedream/5-flash-text-to-image',
	input: { prompt: 'a lake', aspect_ratio: '16:9' },
};
const link = 'https://example.com/a.png';

/** The same order with other fields in its input. */
function having<T extends { input: object }>(order: T, fields: object): T {
	return { ...order, input: { ...order.input, ...fields } };
}

describe('Kie.ai refuses with HTTP status 200', () => {
	const edit = { ...having(fourFive, { image_urls: [link] }), model: 'seedream/4.5-edit' };
	const proEdit = { ...edit, model: 'seedream/5-pro-image-to-image' };
	const range = (field: string) => ({
		code: 500,
		msg: `${field} is not within the range of allowed options`,
	});
	const tooLong = { code: 500, msg: 'The text length cannot exceed the maximum limit' };

	it.each([
		['no prompt', having(four, { prompt: undefined }), { msg: 'This field is required' }],
		['an empty prompt', having(four, { prompt: ' ' }), { msg: 'This field is required' }],
		['no input', { model: four.model }, { code: 422, msg: 'input cannot be empty' }],
		['no ratio', having(fourFive, { aspect_ratio: undefined }), { code: 422 }],
		['no quality', having(fourFive, { quality: undefined }), { code: 422 }],
		['the ratio auto', having(fourFive, { aspect_ratio: 'auto' }), range('aspect_ratio')],
		['the ratio 4:5', having(flash, { aspect_ratio: '4:5' }), range('aspect_ratio')],
		['a ratio as size on 4.0', having(four, { image_size: '1:1' }), range('image_size')],
		['pixels', having(four, { image_size: '1024x1024' }), range('image_size')],
		['3K on 4.0', having(four, { image_resolution: '3K' }), range('image_resolution')],
		['ultra on 4.5', having(fourFive, { quality: 'ultra' }), range('quality')],
		['a tier by its name', having(fourFive, { quality: '2K' }), range('quality')],
		['4K on flash', having(flash, { size: '4K' }), range('size')],
		['webp', having(flash, { output_format: 'webp' }), range('output_format')],
		['7 images', having(four, { max_images: 7 }), range('max_images')],
		['a count as text', having(four, { max_images: '2' }), range('max_images')],
		['5001 characters on 4.0', having(four, { prompt: 'a'.repeat(5001) }), tooLong],
		['3001 characters on 4.5', having(fourFive, { prompt: 'a'.repeat(3001) }), tooLong],
		['2 characters on lite', having(lite, { prompt: 'ab' }), { code: 500 }],
		[
			'an edit without images',
			having(edit, { image_urls: undefined }),
			{ code: 500, msg: 'image_urls is required' },
		],
		['15 references', having(edit, { image_urls: Array(15).fill(link) }), { code: 500 }],
		['11 references on pro', having(proEdit, { image_urls: Array(11).fill(link) }), { code: 500 }],
		['a data URI', having(edit, { image_urls: ['data:image/png;base64,AAAA'] }), { code: 500 }],
		['a callback URL that is none', { ...four, callBackUrl: 'nowhere' }, { code: 500 }],
		[
			'a model that it has not',
			{ ...fourFive, model: 'seedream/4-5-text-to-image' },
			{ code: 422, msg: expect.stringContaining('is not supported') },
		],
	])('%s', async (_what, body, refusal) => {
		expect(refusalIn(await kie(body))).toMatchObject(refusal);
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('but takes the longest prompts and the most references', async () => {
		const references = Array(14).fill(link);
		const orders = [
			having(four, { prompt: 'ä'.repeat(5000) }),
			having(fourFive, { prompt: 'a'.repeat(3000) }),
			having(edit, { image_urls: references }),
			having(proEdit, { image_urls: references.slice(0, 10) }),
		];
		for (const order of orders) await createTask(emulator, order);
		expect(emulator.acceptedCreates()).toHaveLength(4);
	});

	it('a wrong key, an empty account, a model that the key may not use', async () => {
		const answers = [
			await kie(fourFive, ''),
			await kie(fourFive, 'wrong'),
			await kie(fourFive, 'poor-key'),
			await kie(fourFive, 'limited-key'),
			await recordInfo(emulator, 'task_1', 'wrong'),
			await freshLink(emulator, link, 'wrong'),
		];
		expect(answers.map((answer) => refusalIn(answer).code)).toEqual([401, 401, 402, 401, 401, 401]);
		expect(dataIn(await kie(four, 'limited-key'))).toMatchObject({ taskId: expect.any(String) });
	});

	it('but with a status that a fault names, in the status too', async () => {
		emulator.addFault({ on: 'create', status: 429, times: 1 });
		expect(await kie(fourFive)).toMatchObject({
			status: 429,
			body: { code: 429, msg: 'Rate limit exceeded', data: null },
		});
		const body = { code: 429, msg: 'Rate limit exceeded', data: null };
		emulator.addFault({ on: 'create', status: 200, body, times: 1 });
		expect(refusalIn(await kie(fourFive))).toMatchObject({ code: 429 });
		expect(emulator.acceptedCreates()).toEqual([]);
	});

	it('and what has no place there, and clients without a name, with a status', async () => {
		expect(await request(`${emulator.baseUrl('kie')}/api/v1/none`)).toMatchObject({
			status: 404,
			body: { code: 404 },
		});
		const nameless = await new Promise<string>((resolve, reject) => {
			const url = `${emulator.baseUrl('kie')}/api/v1/chat/credit`;
			send(url, { headers: { authorization: 'Bearer test-key' } }, async (response) => {
				let text = '';
				for await (const part of response) text += String(part);
				resolve(`${response.statusCode} ${text}`);
			})
				.on('error', reject)
				.end();
		});
		expect(nameless).toBe('403 error code: 1010');
	});
});
