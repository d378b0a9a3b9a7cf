import { expect, it } from 'vitest';
import { linkIn, upload } from './kieClient';
import { download, picture, request } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator();

const base64 = (body: object, key?: string) =>
	upload(emulator, 'base64', { uploadPath: 'images/n8n', ...body }, key);

async function stream(fields: Readonly<Record<string, string | Blob>>) {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	const headers = { authorization: 'Bearer test-key' };
	const url = `${emulator.uploadUrl('kie')}/api/file-stream-upload`;
	const response = await fetch(url, { method: 'POST', headers, body });
	return { status: response.status, headers: response.headers, body: await response.json() };
}

async function bytesAt(link: string): Promise<Buffer> {
	return Buffer.from(await (await fetch(link)).arrayBuffer());
}

it('keeps an uploaded file and serves it without a key', async () => {
	const bytes = await picture(30, 20);
	const answer = await base64({
		base64Data: `data:image/png;base64,${bytes.toString('base64')}`,
		fileName: 'é 1.png',
	});
	expect(answer).toMatchObject({ status: 200, headers: expect.anything() });
	expect(answer.body).toEqual({
		success: true,
		code: 200,
		msg: 'File uploaded successfully',
		data: {
			fileName: 'é 1.png',
			filePath: 'images/n8n/é 1.png',
			downloadUrl: expect.stringMatching(/\/images\/n8n\/%C3%A9%201\.png$/),
			fileSize: bytes.length,
			mimeType: 'image/png',
			uploadedAt: expect.stringMatching(/Z$/),
		},
	});
	expect((await bytesAt(linkIn(answer))).equals(bytes)).toBe(true);
});

it('names a file that comes without a name, and takes any kind', async () => {
	const [one, other] = [
		await base64({ base64Data: (await picture(30, 20, 'webp')).toString('base64') }),
		await base64({ base64Data: Buffer.from('a text').toString('base64') }),
	];
	expect(linkIn(one)).toMatch(/\/[0-9a-f-]{36}\.webp$/);
	expect(other.body).toMatchObject({ data: { mimeType: 'application/octet-stream' } });
});

it('takes forms and links as well', async () => {
	const bytes = await picture(30, 20, 'jpeg');
	const file = new Blob([new Uint8Array(bytes)]);
	const streamed = await stream({ file, uploadPath: '/images/a/', fileName: 'a.jpg' });
	expect(streamed.body).toMatchObject({ data: { filePath: 'images/a/a.jpg' } });
	const fileUrl = linkIn(streamed);
	const copied = await upload(emulator, 'url', { fileUrl, uploadPath: 'copies' });
	expect((await bytesAt(linkIn(copied))).equals(bytes)).toBe(true);
	const outside = { fileUrl: 'https://example.com/a.png', uploadPath: 'copies' };
	expect(await download(linkIn(await upload(emulator, 'url', outside)))).toMatchObject({
		format: 'png',
	});
});

it('puts a file in the place of one with the same name', async () => {
	const [first, second] = [await picture(30, 20), await picture(40, 20)];
	const link = linkIn(await base64({ base64Data: first.toString('base64'), fileName: 'a.png' }));
	await base64({ base64Data: second.toString('base64'), fileName: 'a.png' });
	expect((await bytesAt(link)).equals(second)).toBe(true);
});

it('refuses with the status of its code', async () => {
	const png = (await picture(30, 20)).toString('base64');
	const file = new Blob([new Uint8Array(await picture(30, 20))]);
	const refusals = [
		[await base64({ base64Data: png }, 'wrong'), 401, 'Authentication failed: Invalid API Key'],
		[
			await base64({ base64Data: png, uploadPath: undefined }),
			400,
			'Missing required parameter: uploadPath',
		],
		[await base64({}), 400, 'Missing required parameter: base64Data'],
		[await base64({ base64Data: '***' }), 400, 'Base64 decoding failed: Invalid Base64 format'],
		[await stream({ file }), 400, 'Missing required parameter: uploadPath'],
		[await stream({ uploadPath: 'a' }), 400, 'Missing required parameter: file'],
		[await upload(emulator, 'url', { uploadPath: 'a' }), 400, expect.stringContaining('fileUrl')],
		[
			await upload(emulator, 'url', {
				uploadPath: 'a',
				fileUrl: `${emulator.uploadUrl('kie')}/no`,
			}),
			400,
			expect.stringContaining('404'),
		],
		[
			await request(`${emulator.uploadUrl('kie')}/api/file-base64-upload`),
			405,
			'Method Not Allowed',
		],
	] as const;
	for (const [answer, status, msg] of refusals)
		expect(answer).toMatchObject({ status, body: { success: false, code: status, msg } });
	emulator.addFault({ on: 'upload', provider: 'kie', status: 500, times: 1 });
	expect(await base64({ base64Data: png })).toMatchObject({ status: 500, body: { code: 500 } });
});

it('records an upload without its content', async () => {
	await base64({ base64Data: (await picture(60, 60, 'jpeg')).toString('base64') });
	const recorded = JSON.stringify(emulator.requestsOf('upload', 'kie')[0]?.body);
	expect(recorded).toMatch(/…\(\d+ chars\)/);
});
