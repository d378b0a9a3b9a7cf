import { randomUUID } from 'node:crypto';
import { badField } from '../../apiError';
import type { Call, Reply } from '../../http';
import { readImageInfo } from '../../imageInfo';
import { MEGABYTE } from '../../references';
import type { EmulatorState } from '../../state';
import { envelope } from './task';

/** WaveSpeedAI docs, Media Upload API. An older page has 20 MB for a picture. */
const MAX_BYTES = 300 * MEGABYTE;
const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'tiff'];

/** A form with the picture in its field `file`. */
export async function upload(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	const file = await fileIn(call);
	const bytes = Buffer.from(await file.arrayBuffer());
	if (bytes.length > MAX_BYTES) throw badField('file', 'the file is larger than 300 MB');
	const format = (await readImageInfo(bytes))?.format ?? '';
	if (!FORMATS.includes(format)) throw badField('file', 'unsupported file type');
	const name = `${randomUUID()}.${format === 'jpeg' ? 'jpg' : format}`;
	const folder = 'media';
	const mime = `image/${format}`;
	state.files.save({ key, name, originalName: file.name, folder, mime, bytes });
	return envelope({
		type: 'image',
		download_url: `${state.origin()}/files/${folder}/${name}`,
		filename: name,
		size: bytes.length,
	});
}

async function fileIn(call: Call): Promise<File> {
	const type = call.headers['content-type'] ?? '';
	const form = await new Response(new Uint8Array(call.raw), { headers: { 'content-type': type } })
		.formData()
		.catch(() => undefined);
	if (form === undefined) throw badField('file', 'the request is not multipart/form-data');
	const [file, ...more] = form.getAll('file');
	if (file === undefined || typeof file === 'string')
		throw badField('file', 'no file in the request', 'missing');
	if (more.length > 0) throw badField('file', 'one file in each request');
	return file;
}
