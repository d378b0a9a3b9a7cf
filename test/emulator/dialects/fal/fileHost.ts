import { randomBytes } from 'node:crypto';
import { z } from 'zod/v4';
import { readBody } from '../../checks';
import type { FileHost } from '../../dialect';
import { formatDownloadError, uploadedFiles } from '../../downloads';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { EmulatorState } from '../../state';
import { formatError } from './errors';

const FOLDER = 'files/b';
const MEDIA = '/fal-media';
const STORAGE = '/fal-storage';

/** Two steps: a place is asked for with the key, and the bytes are put there without it (fal's own client, `storage`). */
export const fileHost: FileHost = {
	uploads: {
		provider: 'fal',
		basePath: '/fal-files',
		formatError,
		routes: [
			{
				method: 'POST',
				path: /^\/storage\/upload\/initiate$/,
				kind: 'upload',
				handle: initiate,
			},
		],
	},
	storage: {
		provider: 'fal',
		basePath: STORAGE,
		formatError: formatDownloadError,
		routes: [{ method: 'PUT', path: /^\/.+$/, kind: 'upload', handle: put }],
	},
	downloads: uploadedFiles('fal', MEDIA),
};

const Place = z.object({ content_type: z.string(), file_name: z.string() });

function initiate(state: EmulatorState, call: Call): Reply {
	const key = state.accounts.authenticate(call.headers, 'Key');
	const { content_type: mime, file_name: originalName } = readBody(Place, call.json);
	const name = `${randomBytes(10).toString('hex')}_${originalName}`;
	state.files.save({ key, name, originalName, folder: FOLDER, mime, bytes: undefined });
	const path = `${FOLDER}/${encodeURIComponent(name)}`;
	return json(200, {
		upload_url: `${state.origin()}${STORAGE}/${path}?signature=${signatureOf(name)}`,
		file_url: `${state.origin()}${MEDIA}/${path}`,
	});
}

/** The foreign host of the bytes: who may write there is said by the link, and by nothing else. */
function put(state: EmulatorState, { path, query, headers, raw }: Call): Reply {
	if (headers.authorization !== undefined)
		return json(400, {
			error: 'this upload carries an Authorization header: a key has been sent to a foreign host',
		});
	const place = state.files.findByLink(STORAGE + path);
	if (place === undefined || query.get('signature') !== signatureOf(place.name))
		return formatDownloadError({ is: 'status', status: 403 });
	const mime = headers['content-type'] ?? place.mime;
	state.files.save({ ...place, mime, bytes: raw });
	return { is: 'bytes', status: 200, type: 'text/plain', bytes: Buffer.alloc(0) };
}

function signatureOf(name: string): string {
	return Buffer.from(name).toString('base64url').slice(0, 16);
}
