import { expect, it } from 'vitest';
import { fileIn, picture, request } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ fileQuota: 3 });

const base64 = (body: unknown, key?: string) =>
	request(`${emulator.uploadUrl('evolink')}/api/v1/files/upload/base64`, { body, key });

async function stream(form: FormData) {
	const url = `${emulator.uploadUrl('evolink')}/api/v1/files/upload/stream`;
	const response = await fetch(url, {
		method: 'POST',
		headers: { authorization: 'Bearer test-key' },
		body: form,
	});
	return { status: response.status, body: await response.json() };
}

it('keeps an uploaded file and serves it without a key', async () => {
	const bytes = await picture(30, 20);
	const answer = await base64({
		base64_data: `data:image/png;base64,${bytes.toString('base64')}`,
		upload_path: 'a b',
		file_name: 'é.png',
	});
	expect(answer).toMatchObject({
		status: 200,
		body: {
			success: true,
			code: 200,
			data: { file_name: 'é.png', mime_type: 'image/png', file_size: bytes.length },
		},
	});
	const { file_url, download_url } = fileIn(answer);
	for (const url of [file_url, download_url]) {
		expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
	}
});

it('takes a form as well', async () => {
	const form = new FormData();
	form.set('file', new Blob([new Uint8Array(await picture(30, 20, 'webp'))]), 'w.webp');
	form.set('uploadPath', 'photos');
	expect(await stream(form)).toMatchObject({
		status: 200,
		body: { data: { mime_type: 'image/webp', upload_path: 'photos' } },
	});
});

it('refuses other formats, too many bytes, unknown fields, wrong keys', async () => {
	const tiff = (await picture(30, 20, 'tiff')).toString('base64');
	const huge = Buffer.concat([await picture(30, 20), Buffer.alloc(10 * 1024 * 1024)]).toString(
		'base64',
	);
	expect(await base64({ base64_data: tiff })).toMatchObject({
		status: 400,
		body: { success: false, code: 40002 },
	});
	expect(await base64({ base64_data: huge })).toMatchObject({
		status: 400,
		body: { success: false, code: 40001 },
	});
	expect(await base64({ base64_data: 'AAAA', folder: 'x' })).toMatchObject({
		status: 400,
		body: { success: false },
	});
	expect(await base64({ base64_data: tiff }, 'wrong')).toMatchObject({
		status: 401,
		body: { success: false },
	});
	expect((await stream(new FormData())).status).toBe(400);
});

it('refuses more files than the quota', async () => {
	const png = { base64_data: (await picture(30, 20)).toString('base64') };
	for (const expected of [200, 200, 200, 400]) expect((await base64(png)).status).toBe(expected);
	expect((await base64(png)).body).toMatchObject({ code: 40003 });
	const quota = await request(`${emulator.uploadUrl('evolink')}/api/v1/files/quota`);
	expect(quota.body).toMatchObject({ data: { used_files: 3, max_files: 3, remain_files: 0 } });
});

it('records an upload without its content', async () => {
	await base64({ base64_data: (await picture(60, 60, 'jpeg')).toString('base64') });
	const recorded = JSON.stringify(emulator.requestsOf('upload', 'evolink')[0]?.body);
	expect(recorded).toMatch(/…\(\d+ chars\)/);
	expect(recorded.length).toBeLessThan(120);
});
