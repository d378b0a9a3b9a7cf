import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { badField } from '../../apiError';
import type { ApiError } from '../../apiError';
import { readBody, text } from '../../checks';
import type { FileHost } from '../../dialect';
import { uploadedFiles } from '../../downloads';
import type { StoredFile } from '../../fileStore';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import { readImageInfo } from '../../imageInfo';
import { readForm } from '../../multipart';
import { isBase64, MEGABYTE } from '../../references';
import type { EmulatorState } from '../../state';

/** EvoLink's file host (docs, api-manual/file-series). */
export const fileHost: FileHost = {
	uploads: {
		provider: 'evolink',
		basePath: '/evolink-files',
		formatError,
		routes: [
			{
				method: 'POST',
				path: /^\/api\/v1\/files\/upload\/base64$/,
				kind: 'upload',
				handle: uploadBase64,
			},
			{
				method: 'POST',
				path: /^\/api\/v1\/files\/upload\/stream$/,
				kind: 'upload',
				handle: uploadStream,
			},
			{
				method: 'GET',
				path: /^\/api\/v1\/files\/quota$/,
				kind: 'other',
				handle: quota,
			},
		],
	},
	downloads: uploadedFiles('evolink', '/files'),
};

/** Bodies are `{success:false,code,msg}`; the codes of uploads are those of the official client. */
function formatError(error: ApiError): Reply {
	switch (error.is) {
		case 'unauthorized':
			return errorReply(401, 401, 'Invalid or expired token');
		case 'badField':
			return errorReply(400, 400, `${error.field}: ${error.message}`);
		case 'noRoute':
			return errorReply(404, 404, 'Not found');
		case 'status':
			return errorReply(
				error.status,
				error.status === 500 ? 50001 : error.status,
				`HTTP ${error.status}`,
			);
		default:
			return errorReply(500, 50001, 'Storage error');
	}
}

function errorReply(status: number, code: number, msg: string): Reply {
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

async function uploadBase64(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	const body = readBody(Base64Upload, call.json);
	const content = body.base64_data.replace(/^data:[^;,]*;base64,/, '');
	if (!isBase64(content)) throw badField('base64_data', 'not a valid base64 string');
	const upload = {
		bytes: Buffer.from(content, 'base64'),
		originalName: body.file_name,
		fileName: body.file_name,
		folder: body.upload_path,
	};
	return await store(state, key, upload);
}

/** In a form, the names are also taken in camel case. */
const STREAM_FIELDS = ['file', 'upload_path', 'uploadPath', 'file_name', 'fileName'];

async function uploadStream(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	const form = await readForm(call);
	const unknown = form.names.find((name) => !STREAM_FIELDS.includes(name));
	if (unknown !== undefined) throw badField(unknown, 'unknown field', 'unsupported');
	return await store(state, key, {
		bytes: Buffer.from(await form.file.arrayBuffer()),
		originalName: form.file.name,
		fileName: form.text('file_name', 'fileName'),
		folder: form.text('upload_path', 'uploadPath'),
	});
}

async function store(state: EmulatorState, key: string, upload: Upload): Promise<Reply> {
	if (upload.bytes.length > MAX_BYTES)
		return errorReply(400, 40001, 'File too large, at most 10 MB');
	const picture = await readImageInfo(upload.bytes);
	if (picture === undefined || !TYPES.includes(picture.format))
		return errorReply(400, 40002, 'Unsupported file type');
	if (state.files.countOf(key) >= state.files.quota)
		return errorReply(400, 40003, 'File quota exceeded');
	const name =
		upload.fileName ?? `${randomUUID()}.${picture.format === 'jpeg' ? 'jpg' : picture.format}`;
	const stored = state.files.save({
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
		data: describe(state, stored),
	});
}

function describe(state: EmulatorState, file: StoredFile): Record<string, unknown> {
	const path = [...file.folder.split('/'), file.name].map(encodeURIComponent).join('/');
	return {
		file_id: file.id,
		file_name: file.name,
		original_name: file.originalName,
		file_size: file.size,
		mime_type: file.mime,
		upload_path: file.folder,
		file_url: `${state.origin()}/files/${path}`,
		download_url: `${state.origin()}/files/api/v1/files/download/${file.id}`,
		upload_time: file.uploadedAt.toISOString(),
		expires_at: new Date(file.uploadedAt.getTime() + KEPT_MS).toISOString(),
	};
}

function quota(state: EmulatorState, call: Call): Reply {
	const used = state.files.countOf(state.accounts.authenticate(call.headers));
	const max = state.files.quota;
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
