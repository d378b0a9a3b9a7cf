import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { readBody, text } from '../checks';
import type { Dialect } from '../dialect';
import type { StoredFile } from '../files';
import { json } from '../http';
import type { Call, Reply } from '../http';
import { lookAt } from '../pictures';
import { isBase64, MEGABYTE } from '../references';
import { badField } from '../trouble';
import type { Voice } from '../trouble';
import type { World } from '../world';

/** EvoLink's file host (docs, api-manual/file-series). */
export function evolinkFiles(world: World): Dialect {
	return {
		provider: 'evolink',
		prefix: '/evolink-files',
		say,
		routes: [
			{
				method: 'POST',
				path: /^\/api\/v1\/files\/upload\/base64$/,
				kind: 'upload',
				handle: (call) => uploadBase64(world, call),
			},
			{
				method: 'POST',
				path: /^\/api\/v1\/files\/upload\/stream$/,
				kind: 'upload',
				handle: (call) => uploadStream(world, call),
			},
			{
				method: 'GET',
				path: /^\/api\/v1\/files\/quota$/,
				kind: 'other',
				handle: (call) => quota(world, call),
			},
		],
	};
}

/** Bodies are `{success:false,code,msg}`; the codes of uploads are those of the official client. */
const say: Voice = (trouble) => {
	switch (trouble.is) {
		case 'unauthorized':
			return refuse(401, 401, 'Invalid or expired token');
		case 'badField':
			return refuse(400, 400, `${trouble.field}: ${trouble.message}`);
		case 'noRoute':
			return refuse(404, 404, 'Not found');
		case 'status':
			return refuse(
				trouble.status,
				trouble.status === 500 ? 50001 : trouble.status,
				`HTTP ${trouble.status}`,
			);
		default:
			return refuse(500, 50001, 'Storage error');
	}
};

function refuse(status: number, code: number, msg: string): Reply {
	return json(status, { success: false, code, msg });
}

const MAX_BYTES = 10 * MEGABYTE;
const TYPES = ['jpeg', 'png', 'gif', 'webp'];
const KEPT_MS = 72 * 3600 * 1000;

interface Upload {
	readonly bytes: Buffer;
	readonly originalName: string | undefined;
	readonly fileName: string | undefined;
	readonly folder: string | undefined;
}

const Base64Upload = z.strictObject({
	base64_data: text,
	upload_path: z.string().optional(),
	file_name: z.string().optional(),
});

async function uploadBase64(world: World, call: Call): Promise<Reply> {
	const key = world.keyOf(call.headers);
	const body = readBody(Base64Upload, call.json);
	const content = body.base64_data.replace(/^data:[^;,]*;base64,/, '');
	if (!isBase64(content)) throw badField('base64_data', 'not a valid base64 string');
	const upload = {
		bytes: Buffer.from(content, 'base64'),
		originalName: body.file_name,
		fileName: body.file_name,
		folder: body.upload_path,
	};
	return await store(world, key, upload);
}

/** In a form, the names are also taken in camel case. */
const STREAM_FIELDS = ['file', 'upload_path', 'uploadPath', 'file_name', 'fileName'];

async function uploadStream(world: World, call: Call): Promise<Reply> {
	const key = world.keyOf(call.headers);
	const type = call.headers['content-type'] ?? '';
	const form = await new Response(new Uint8Array(call.raw), { headers: { 'content-type': type } })
		.formData()
		.catch(() => undefined);
	if (form === undefined) throw badField('file', 'the request is not multipart/form-data');
	const unknown = [...form.keys()].find((name) => !STREAM_FIELDS.includes(name));
	if (unknown !== undefined) throw badField(unknown, 'unknown field', 'unsupported');
	const [file, ...more] = form.getAll('file');
	if (file === undefined || typeof file === 'string')
		throw badField('file', 'no file in the request', 'missing');
	if (more.length > 0) throw badField('file', 'only 1 image per request');
	return await store(world, key, {
		bytes: Buffer.from(await file.arrayBuffer()),
		originalName: file.name,
		fileName: textOf(form, 'file_name', 'fileName'),
		folder: textOf(form, 'upload_path', 'uploadPath'),
	});
}

function textOf(form: FormData, ...names: readonly string[]): string | undefined {
	return names.map((name) => form.get(name)).find((value) => typeof value === 'string');
}

async function store(world: World, key: string, upload: Upload): Promise<Reply> {
	if (upload.bytes.length > MAX_BYTES) return refuse(400, 40001, 'File too large, at most 10 MB');
	const picture = await lookAt(upload.bytes);
	if (picture === undefined || !TYPES.includes(picture.format))
		return refuse(400, 40002, 'Unsupported file type');
	if (world.files.countOf(key) >= world.files.quota)
		return refuse(400, 40003, 'File quota exceeded');
	const name =
		upload.fileName ?? `${randomUUID()}.${picture.format === 'jpeg' ? 'jpg' : picture.format}`;
	const stored = world.files.save({
		key,
		name,
		originalName: upload.originalName ?? name,
		folder: (upload.folder ?? 'images').replace(/^\/+|\/+$/g, ''),
		mime: `image/${picture.format}`,
		bytes: upload.bytes,
	});
	return json(200, {
		success: true,
		code: 200,
		msg: 'File uploaded successfully',
		data: show(world, stored),
	});
}

function show(world: World, file: StoredFile): Record<string, unknown> {
	const path = [...file.folder.split('/'), file.name].map(encodeURIComponent).join('/');
	return {
		file_id: file.id,
		file_name: file.name,
		original_name: file.originalName,
		file_size: file.size,
		mime_type: file.mime,
		upload_path: file.folder,
		file_url: `${world.origin()}/files/${path}`,
		download_url: `${world.origin()}/files/api/v1/files/download/${file.id}`,
		upload_time: file.uploadedAt.toISOString(),
		expires_at: new Date(file.uploadedAt.getTime() + KEPT_MS).toISOString(),
	};
}

function quota(world: World, call: Call): Reply {
	const used = world.files.countOf(world.keyOf(call.headers));
	const max = world.files.quota;
	const data = {
		user_group: 'default',
		used_files: used,
		max_files: max,
		remain_files: max - used,
		is_custom: false,
		quota_reason: '',
	};
	return json(200, { success: true, code: 200, data });
}
