import { badField } from './apiError';
import type { Call } from './http';

/** What a multipart request carries. */
export interface Form {
	readonly file: File;
	readonly names: readonly string[];
	/** A text beside the file, by the first of these names that there is. */
	text(...names: readonly string[]): string | undefined;
}

/** Reads a request with one `file`. */
export async function readForm(call: Call): Promise<Form> {
	const type = call.headers['content-type'] ?? '';
	const form = await new Response(new Uint8Array(call.raw), { headers: { 'content-type': type } })
		.formData()
		.catch(() => undefined);
	if (form === undefined) throw badField('file', 'the request is not multipart/form-data');
	const [file, ...more] = form.getAll('file');
	if (file === undefined || typeof file === 'string')
		throw badField('file', 'no file in the request', 'missing');
	if (more.length > 0) throw badField('file', 'only 1 file per request');
	return {
		file,
		names: [...form.keys()],
		text: (...names) =>
			names.map((name) => form.get(name)).find((value) => typeof value === 'string'),
	};
}
