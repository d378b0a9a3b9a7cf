import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { EDIT, run } from './falClient';
import type { Answer } from './testClient';
import { picture, request } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const Links = z.object({ upload_url: z.string(), file_url: z.string() });

const initiate = async (body: unknown, key?: string): Promise<Answer> =>
	await request(`${emulator.uploadUrl('fal')}/storage/upload/initiate?storage_type=fal-cdn-v3`, {
		body,
		key,
		scheme: 'Key',
	});

const put = async (url: string, bytes: Buffer, headers: Record<string, string> = {}) =>
	await fetch(url, {
		method: 'PUT',
		headers: { 'content-type': 'image/png', ...headers },
		body: new Uint8Array(bytes),
	});

describe('an upload to fal', () => {
	let bytes: Buffer;
	let links: z.infer<typeof Links>;
	beforeEach(async () => {
		bytes = await picture(30, 20);
		const answer = await initiate({ content_type: 'image/png', file_name: 'é/%a.png' });
		expect(answer.status).toBe(200);
		links = Links.parse(answer.body);
	});

	it('begins with two links, to hosts that are not that of the first step', () => {
		expect(links.upload_url).toContain('/fal-storage/');
		expect(links.file_url).toContain('/fal-media/');
	});

	it('puts the bytes there without a key, as often as it likes, and then anyone may read them', async () => {
		expect((await fetch(links.file_url)).status).toBe(404);
		expect((await put(links.upload_url, Buffer.from('half'))).status).toBe(200);
		expect((await put(links.upload_url, bytes)).status).toBe(200);
		const file = await fetch(links.file_url);
		expect(file.headers.get('content-type')).toBe('image/png');
		expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
		expect(emulator.requestsOf('upload', 'fal').map(({ method }) => method)).toEqual([
			'POST',
			'PUT',
			'PUT',
		]);
	});

	it('may not take the key to the foreign host, nor a link that is not the one it got', async () => {
		const leak = await put(links.upload_url, bytes, { authorization: 'Key test-key' });
		expect(leak.status).toBe(400);
		expect((await put(links.upload_url.replace(/\?.*/, ''), bytes)).status).toBe(403);
		expect((await put(links.upload_url.replace(/files/, 'other'), bytes)).status).toBe(403);
		expect((await fetch(links.file_url)).status).toBe(404);
	});

	it('makes a reference', async () => {
		const edit = { prompt: 'a lake', image_urls: [links.file_url] };
		expect(await run(emulator, EDIT, edit)).toMatchObject({
			status: 422,
			body: { detail: [{ type: 'file_download_error' }] },
		});
		await put(links.upload_url, bytes);
		expect((await run(emulator, EDIT, edit)).status).toBe(200);
	});
});

it('fal keeps no place for a wrong key, or without a name and a type', async () => {
	const file = { content_type: 'image/png', file_name: 'a.png' };
	expect(await initiate(file, 'wrong')).toMatchObject({
		status: 401,
		body: { detail: 'invalid key credentials' },
	});
	expect(await initiate({ file_name: 'a.png' })).toMatchObject({ status: 400 });
	expect(await initiate({ content_type: 'image/png' })).toMatchObject({ status: 400 });
});
