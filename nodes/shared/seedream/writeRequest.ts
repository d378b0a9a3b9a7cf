import { randomUUID } from 'node:crypto';
import { unreadableReferenceError } from './commonErrors';
import { EncodedFile, type UploadFile } from './encodedFile';
import type { HttpRequest, PlannedRequest } from './http';
import type { Provider } from './providers/provider';
import { readReference } from './references';
import { failure, success, type Result } from './result';

/** Bytes that are encoded at once: a multiple of 3, so that Base64 goes on without padding. */
const STEP = 3 * 64 * 1024;

/**
 * The request with its body as the bytes that go over the wire. Files are put into it one after the
 * other, so that no more than one of them is in memory besides the body. Fails where one is gone;
 * nothing was sent then.
 */
export async function writeRequest(
	provider: Provider,
	{ body, form, file, ...request }: PlannedRequest,
): Promise<Result<HttpRequest>> {
	const layout = layoutOf({ body, form, file });
	if (!layout) return success(request);
	const { pieces, files, lengthOf, write, type } = layout;
	const written = Buffer.alloc(
		sum(pieces.map(({ length }) => length)) + sum(files.map((one) => lengthOf(one))),
	);
	let end = 0;
	for (const [index, piece] of pieces.entries()) {
		end += piece.copy(written, end);
		const one = files[index];
		if (!one) continue;
		const place = written.subarray(end, end + lengthOf(one));
		if (!(await writeFile(one, place, write))) {
			return failure(unreadableReferenceError(provider, one.reference));
		}
		end += place.length;
	}
	return success({
		...request,
		headers: { 'Content-Type': type, ...request.headers },
		body: written,
	});
}

/** How bytes of a file are put where they belong. */
type Writing = (bytes: Buffer, place: Buffer) => void;

/** A body with gaps for its files. */
interface Layout {
	/** The content type of the whole. */
	type: string;
	/** What stands before, between and behind the files. */
	pieces: Buffer[];
	files: EncodedFile[];
	/** How many bytes a file takes here. */
	lengthOf: (file: EncodedFile) => number;
	write: Writing;
}

function layoutOf({
	body,
	form,
	file,
}: Pick<PlannedRequest, 'body' | 'form' | 'file'>): Layout | undefined {
	if (file) return { ...AS_IT_IS, type: file.mimeType, pieces: [Buffer.alloc(0)], files: [file] };
	if (form) return formLayout(form);
	return body && jsonLayout(body);
}

const AS_IT_IS: Pick<Layout, 'lengthOf' | 'write'> = {
	lengthOf: ({ reference }) => reference.bytes,
	write: (bytes, place) => bytes.copy(place),
};

/** Files stand in JSON as data URIs. */
function jsonLayout(body: Record<string, unknown>): Layout {
	const files: EncodedFile[] = [];
	// No text of the user's can hold it.
	const gap = randomUUID();
	const text = JSON.stringify(body, (_name, value: unknown) => {
		if (!(value instanceof EncodedFile)) return value;
		files.push(value);
		return `data:${value.mimeType};base64,${gap}`;
	});
	return {
		type: 'application/json',
		pieces: text.split(gap).map((piece) => Buffer.from(piece)),
		files,
		lengthOf: ({ reference }) => Math.ceil(reference.bytes / 3) * 4,
		write: writeBase64,
	};
}

/** A form as browsers send it (RFC 7578). Names of files and fields are this package's own, so none needs escaping. */
function formLayout(form: Record<string, string | UploadFile>): Layout {
	const boundary = randomUUID();
	const files: EncodedFile[] = [];
	let text = '';
	const pieces: Buffer[] = [];
	for (const [name, value] of Object.entries(form)) {
		text += `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
		if (typeof value === 'string') {
			text += `\r\n\r\n${value}\r\n`;
			continue;
		}
		text += `; filename="${value.name}"\r\nContent-Type: ${value.content.mimeType}\r\n\r\n`;
		pieces.push(Buffer.from(text));
		files.push(value.content);
		text = '\r\n';
	}
	pieces.push(Buffer.from(`${text}--${boundary}--\r\n`));
	return { ...AS_IT_IS, type: `multipart/form-data; boundary=${boundary}`, pieces, files };
}

/** Whether the file could be read, and is as long as it was. */
async function writeFile(
	{ reference }: EncodedFile,
	place: Buffer,
	write: Writing,
): Promise<boolean> {
	const bytes = await readReference(reference);
	if (bytes?.length !== reference.bytes) return false;
	write(bytes, place);
	return true;
}

function writeBase64(bytes: Buffer, place: Buffer): void {
	let end = 0;
	for (let from = 0; from < bytes.length; from += STEP) {
		const base64 = bytes.subarray(from, from + STEP).toString('base64');
		end += place.write(base64, end, 'latin1');
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
