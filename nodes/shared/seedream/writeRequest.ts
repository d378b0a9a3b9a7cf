import { randomUUID } from 'node:crypto';
import { unreadableReferenceError } from './commonErrors';
import { EncodedFile } from './encodedFile';
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
	{ body, ...request }: PlannedRequest,
): Promise<Result<HttpRequest>> {
	if (!body) return success(request);
	const { pieces, files } = aroundFiles(body);
	const written = Buffer.alloc(
		sum(pieces.map(({ length }) => length)) + sum(files.map(encodedLength)),
	);
	let end = 0;
	for (const [index, piece] of pieces.entries()) {
		end += piece.copy(written, end);
		const file = files[index];
		if (!file) continue;
		const isWritten = await writeFile(file, written.subarray(end, end + encodedLength(file)));
		if (!isWritten) return failure(unreadableReferenceError(provider, file.reference));
		end += encodedLength(file);
	}
	return success({ ...request, body: written });
}

/** The JSON text before, between and behind the files. */
function aroundFiles(body: Record<string, unknown>): { pieces: Buffer[]; files: EncodedFile[] } {
	const files: EncodedFile[] = [];
	// No text of the user's can hold it.
	const gap = randomUUID();
	const text = JSON.stringify(body, (_name, value: unknown) => {
		if (!(value instanceof EncodedFile)) return value;
		files.push(value);
		return `data:${value.mimeType};base64,${gap}`;
	});
	return { pieces: text.split(gap).map((piece) => Buffer.from(piece)), files };
}

function encodedLength({ reference }: EncodedFile): number {
	return Math.ceil(reference.bytes / 3) * 4;
}

/** Whether the file could be read, and is as long as it was. */
async function writeFile({ reference }: EncodedFile, target: Buffer): Promise<boolean> {
	const bytes = await readReference(reference);
	if (bytes?.length !== reference.bytes) return false;
	let end = 0;
	for (let from = 0; from < bytes.length; from += STEP) {
		const base64 = bytes.subarray(from, from + STEP).toString('base64');
		end += target.write(base64, end, 'latin1');
	}
	return true;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
