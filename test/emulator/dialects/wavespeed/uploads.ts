import { randomUUID } from 'node:crypto';
import { badField } from '../../apiError';
import { download } from '../../downloads';
import type { Call, Reply } from '../../http';
import { readImageInfo } from '../../imageInfo';
import { readForm } from '../../multipart';
import { MEGABYTE } from '../../references';
import type { EmulatorState } from '../../state';
import { envelope } from './task';

export const BASE_PATH = '/wavespeed';

/** WaveSpeedAI docs, Media Upload API. An older page has 20 MB for a picture. */
const MAX_BYTES = 300 * MEGABYTE;
const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'tiff'];

/** A form with the picture in its field `file`. */
export async function upload(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	const { file } = await readForm(call);
	const bytes = Buffer.from(await file.arrayBuffer());
	if (bytes.length > MAX_BYTES) throw badField('file', 'the file is larger than 300 MB');
	const format = (await readImageInfo(bytes))?.format ?? '';
	if (!FORMATS.includes(format)) throw badField('file', 'unsupported file type');
	const name = `${randomUUID()}.${format === 'jpeg' ? 'jpg' : format}`;
	const folder = 'uploaded';
	const mime = `image/${format}`;
	state.files.save({ key, name, originalName: file.name, folder, mime, bytes });
	return envelope({
		type: 'image',
		download_url: `${state.origin()}${BASE_PATH}/${folder}/${name}`,
		filename: name,
		size: bytes.length,
	});
}

/** What was uploaded, for whoever knows its link. */
export async function sendFile(state: EmulatorState, call: Call): Promise<Reply> {
	const file = state.files.findByLink(BASE_PATH + call.path);
	const bytes = file?.bytes;
	return await download(call, bytes && { type: file.mime, bytes: () => bytes });
}
