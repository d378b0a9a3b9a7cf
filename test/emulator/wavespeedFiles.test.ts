import { expect, it } from 'vitest';
import { z } from 'zod/v4';
import { picture } from './testClient';
import { useEmulator } from './useEmulator';
import { runTask } from './wavespeedClient';

const emulator = useEmulator({ taskMs: 10 });

const Uploaded = z.strictObject({
	code: z.literal(200),
	message: z.literal('success'),
	data: z.strictObject({
		type: z.literal('image'),
		download_url: z.string(),
		filename: z.string(),
		size: z.int(),
	}),
});

const form = (bytes: Buffer, field = 'file') => {
	const content = new FormData();
	content.append(field, new Blob([new Uint8Array(bytes)]), 'é.png');
	return content;
};

async function upload(body: FormData | string, key = 'test-key') {
	const url = `${emulator.baseUrl('wavespeed')}/api/v3/media/upload/binary`;
	const headers = { authorization: `Bearer ${key}` };
	const response = await fetch(url, { method: 'POST', headers, body });
	return { status: response.status, body: await response.json() };
}

it('keeps an uploaded picture, serves it without a key, and edits it', async () => {
	for (const format of ['png', 'jpeg', 'webp', 'gif', 'tiff'] as const) {
		const bytes = await picture(40, 30, format);
		const { data } = Uploaded.parse((await upload(form(bytes))).body);
		expect(data.size).toBe(bytes.length);
		const served = await (await fetch(data.download_url)).arrayBuffer();
		expect(Buffer.from(served).equals(bytes)).toBe(true);
		const body = { prompt: 'a lake', images: [data.download_url] };
		expect((await runTask(emulator, 'v4/edit', body)).status).toBe('completed');
	}
	expect(emulator.requestsOf('upload', 'wavespeed')).toHaveLength(5);
});

it('refuses another field, two files, what is no form or no picture, and wrong keys', async () => {
	const bytes = await picture(40, 30);
	const two = form(bytes);
	two.append('file', new Blob([new Uint8Array(bytes)]), 'b.png');
	const answers = [
		await upload(form(bytes, 'image')),
		await upload(two),
		await upload('{}'),
		await upload(form(Buffer.from('text'))),
		await upload(form(bytes), 'wrong'),
	];
	expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 401]);
	expect(answers[0]?.body).toMatchObject({ code: 400, message: expect.stringContaining('file') });
});
