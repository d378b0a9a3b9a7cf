import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { badField } from '../../apiError';
import type { ApiError } from '../../apiError';
import { readBody, text } from '../../checks';
import type { FileHost, Route } from '../../dialect';
import { download, formatDownloadError } from '../../downloads';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import { readImageInfo } from '../../imageInfo';
import { readForm } from '../../multipart';
import { fetchBytes, isBase64 } from '../../references';
import { renderImage } from '../../renderImage';
import type { EmulatorState } from '../../state';
import { parseHttpUrl } from '../../urls';
import { behindDoor } from './door';

/** Kie.ai's file host (docs, file-upload-api). It takes files of any kind. */
export const fileHost: FileHost = {
	uploads: {
		provider: 'kie',
		basePath: '/kie-files',
		formatError,
		routes: [
			route('base64', uploadBase64),
			route('stream', uploadStream),
			route('url', uploadFromUrl),
		].map(behindDoor),
	},
	downloads: {
		provider: 'kie',
		basePath: '/kie-tempfile',
		formatError: formatDownloadError,
		routes: [{ method: 'GET', path: /^\/.+$/, kind: 'download', handle: sendFile }],
	},
};

function route(way: string, upload: (state: EmulatorState, call: Call) => Promise<Upload>): Route {
	return {
		method: 'POST',
		path: new RegExp(`^/api/file-${way}-upload$`),
		kind: 'upload',
		handle: async (state, call) => {
			const key = state.accounts.authenticate(call.headers);
			return await store(state, key, await upload(state, call));
		},
	};
}

/** Here the HTTP status says the same as the code. */
function formatError(error: ApiError): Reply {
	switch (error.is) {
		case 'unauthorized':
			return errorReply(401, 'Authentication failed: Invalid API Key');
		case 'badField':
			return errorReply(
				400,
				error.why === 'missing' ? `Missing required parameter: ${error.field}` : error.message,
			);
		case 'badReference':
			return errorReply(400, error.message);
		case 'noRoute':
			return errorReply(error.method === 'POST' ? 404 : 405, 'Method Not Allowed');
		case 'status':
			return errorReply(error.status, `HTTP ${error.status}`);
		default:
			return errorReply(500, 'Internal server error');
	}
}

function errorReply(code: number, msg: string): Reply {
	return json(code, { success: false, code, msg });
}

interface Upload {
	readonly bytes: Buffer;
	readonly folder: string;
	readonly fileName: string | undefined;
}

const Place = { uploadPath: text, fileName: z.string().optional() };
const Base64Upload = z.object({ base64Data: text, ...Place });
const UrlUpload = z.object({ fileUrl: text, ...Place });

async function uploadBase64(_state: EmulatorState, call: Call): Promise<Upload> {
	const { base64Data, uploadPath: folder, fileName } = readBody(Base64Upload, call.json);
	const content = base64Data.replace(/^data:[^;,]*;base64,/, '');
	if (!isBase64(content))
		throw badField('base64Data', 'Base64 decoding failed: Invalid Base64 format');
	return { bytes: Buffer.from(content, 'base64'), folder, fileName };
}

async function uploadStream(_state: EmulatorState, call: Call): Promise<Upload> {
	const form = await readForm(call);
	const { uploadPath: folder, fileName } = readBody(z.object(Place), {
		uploadPath: form.text('uploadPath'),
		fileName: form.text('fileName'),
	});
	return { bytes: Buffer.from(await form.file.arrayBuffer()), folder, fileName };
}

async function uploadFromUrl(state: EmulatorState, call: Call): Promise<Upload> {
	const { fileUrl, uploadPath: folder, fileName } = readBody(UrlUpload, call.json);
	if (parseHttpUrl(fileUrl) === undefined) throw badField('fileUrl', 'Invalid file URL');
	const bytes = (await fetchBytes(state, 'fileUrl', fileUrl)) ?? (await somePicture(fileUrl));
	return { bytes, folder, fileName };
}

/** What lies in the outside world, which is not called. */
async function somePicture(seed: string): Promise<Buffer> {
	const size = { width: 1024, height: 1024 };
	return await renderImage({ size, format: 'png', seed, transparent: false });
}

/** Every account has a folder of its own: its name is a part of the link, but not of the path. */
const ACCOUNT = 'kieai/183531';

async function store(
	state: EmulatorState,
	key: string,
	{ bytes, folder, fileName }: Upload,
): Promise<Reply> {
	const picture = await readImageInfo(bytes);
	const name = fileName ?? `${randomUUID()}.${picture?.format ?? 'bin'}`;
	const mime = picture === undefined ? 'application/octet-stream' : `image/${picture.format}`;
	const path = folder.replace(/^\/+|\/+$/g, '');
	const stored = state.files.save({
		key,
		name,
		originalName: name,
		folder: `${ACCOUNT}/${path}`,
		mime,
		bytes,
	});
	const inLink = [...stored.folder.split('/'), name].map(encodeURIComponent).join('/');
	const data = {
		fileName: name,
		filePath: `${path}/${name}`,
		downloadUrl: `${state.origin()}${fileHost.downloads.basePath}/${inLink}`,
		fileSize: stored.size,
		mimeType: mime,
		uploadedAt: stored.uploadedAt.toISOString(),
	};
	return json(200, { success: true, code: 200, msg: 'File uploaded successfully', data });
}

async function sendFile(state: EmulatorState, call: Call): Promise<Reply> {
	const file = state.files.findByLink(`${fileHost.downloads.basePath}${call.path}`);
	const bytes = file?.bytes;
	return await download(call, bytes && { type: file.mime, bytes: () => bytes });
}
