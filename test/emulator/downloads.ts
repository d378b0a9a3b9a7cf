import type { ApiError } from './apiError';
import type { Host } from './dialect';
import { json } from './http';
import type { Call, Reply } from './http';
import { imageIdIn } from './imageStore';
import type { EmulatorState } from './state';

/**
 * The host that all images are downloaded from. It belongs to someone else, so a key has no
 * business there.
 */
export const imageHost: Host = {
	provider: 'images',
	basePath: '/images',
	providerOf: (state, path) => state.images.find(imageIdIn(`/images${path}`) ?? '')?.provider,
	formatError: formatDownloadError,
	routes: [
		{
			method: 'GET',
			path: /^\/([0-9a-f]+)\.(?:jpg|png)$/,
			kind: 'download',
			handle: sendImage,
		},
	],
};

async function sendImage(
	state: EmulatorState,
	call: Call,
	match: RegExpMatchArray,
): Promise<Reply> {
	const image = state.images.find(match[1] ?? '');
	if (image === undefined || image.expired) return await download(call, undefined);
	return await download(call, {
		type: `image/${image.spec.format}`,
		bytes: () => state.images.bytes(image),
	});
}

/** A host on which the uploaded files of a provider can be read by whoever knows their links. */
export function uploadedFiles(provider: string, basePath: string): Host {
	return {
		provider,
		basePath,
		formatError: formatDownloadError,
		routes: [
			{
				method: 'GET',
				path: /^\/.+$/,
				kind: 'download',
				handle: async (state, call) => {
					const file = state.files.findByLink(basePath + call.path);
					const bytes = file?.bytes;
					return await download(call, bytes && { type: file.mime, bytes: () => bytes });
				},
			},
		],
	};
}

interface Content {
	readonly type: string;
	bytes(): Buffer | Promise<Buffer>;
}

/** The content of a link, or what the storage answers where it is gone. */
export async function download(call: Call, content: Content | undefined): Promise<Reply> {
	if (call.headers.authorization !== undefined)
		return json(400, {
			error: 'this download carries an Authorization header: a key has been sent to a foreign host',
		});
	if (content === undefined || call.effects.deadLink) return notFound();
	return { is: 'bytes', status: 200, type: content.type, bytes: await content.bytes() };
}

/** As object storage with the interface of Amazon S3 does. */
export function formatDownloadError(error: ApiError): Reply {
	return error.is === 'status'
		? xmlError(error.status, 'InternalError', `HTTP ${error.status}`)
		: notFound();
}

function notFound(): Reply {
	return xmlError(404, 'NoSuchKey', 'The specified key does not exist or has expired.');
}

function xmlError(status: number, code: string, message: string): Reply {
	const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
	return { is: 'bytes', status, type: 'application/xml', bytes: Buffer.from(body) };
}
