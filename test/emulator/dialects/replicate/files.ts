import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { badField } from '../../apiError';
import { download } from '../../downloads';
import type { StoredFile } from '../../fileStore';
import { json, parseJson } from '../../http';
import type { Call, Reply } from '../../http';
import { MEGABYTE } from '../../references';
import type { EmulatorState } from '../../state';
import { invalidReply, replyByStatus } from './errors';
import { check } from './validation';

/** The documented base URL ends with its version. */
export const BASE_PATH = '/replicate/v1';

const MAX_BYTES = 100 * MEGABYTE;
const MAX_NAME_BYTES = 255;
/** That a file expires is documented, not when. */
const KEPT_MS = 24 * 3600 * 1000;

const Fields = z.strictObject({
	content: z.instanceof(File),
	filename: z
		.string()
		.refine((name) => Buffer.byteLength(name) <= MAX_NAME_BYTES, 'Must have at most 255 bytes')
		.optional(),
	type: z.string().optional(),
	metadata: z
		.string()
		.refine((text) => parseJson(Buffer.from(text)) !== undefined, 'Must be JSON')
		.optional(),
});

/** Replicate docs, HTTP API reference, files.create: a form with the file as `content`. */
export async function createFile(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	if (call.raw.length > MAX_BYTES) return replyByStatus(413);
	const checked = check(Fields, Object.fromEntries(await formOf(call)));
	if ('invalid' in checked) return invalidReply(checked.invalid);
	const { content, filename = content.name, type = content.type, metadata = '{}' } = checked.value;
	const stored = state.files.save({
		key,
		name: filename,
		originalName: filename,
		folder: randomUUID(),
		mime: type || 'application/octet-stream',
		bytes: Buffer.from(await content.arrayBuffer()),
	});
	return json(201, describe(state.origin(), stored, parseJson(Buffer.from(metadata))));
}

async function formOf({ raw, headers }: Call): Promise<FormData> {
	const type = headers['content-type'] ?? '';
	const response = new Response(new Uint8Array(raw), { headers: { 'content-type': type } });
	const form = await response.formData().catch(() => undefined);
	if (form === undefined) throw badField('content', 'The request is not multipart/form-data');
	return form;
}

function describe(
	origin: string,
	{ id, name, mime, size, bytes = Buffer.alloc(0), uploadedAt }: StoredFile,
	metadata: unknown,
): Record<string, unknown> {
	return {
		id,
		name,
		content_type: mime,
		size,
		etag: id,
		checksums: { sha256: createHash('sha256').update(bytes).digest('hex') },
		metadata,
		created_at: uploadedAt.toISOString(),
		expires_at: new Date(uploadedAt.getTime() + KEPT_MS).toISOString(),
		urls: { get: `${origin}${BASE_PATH}/files/${id}` },
	};
}

/** A file as a model reads it. Whoever comes with a key is told about it instead, which nobody asks for here. */
export async function sendFile(state: EmulatorState, call: Call): Promise<Reply> {
	const file = state.files.findByLink(BASE_PATH + call.path);
	const bytes = file?.bytes;
	return await download(call, bytes && { type: file.mime, bytes: () => bytes });
}
