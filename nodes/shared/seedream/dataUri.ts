import { createHash } from 'node:crypto';
import { inspectImage, type BinaryReference } from './references';

const HEAD = /^data:[^,]*;base64,/i;

/** Standard or URL-safe, with or without its padding. */
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Whether text is meant as a data URI (RFC 2397). */
export function isDataUri(text: string): boolean {
	return /^data:/i.test(text);
}

/**
 * The parts of a text that was split at white space, with each data URI in one piece again: some
 * programs break Base64 into lines.
 */
export function joinDataUris(parts: readonly string[]): string[] {
	const pieces: string[][] = [];
	for (const part of parts) {
		const last = pieces.at(-1);
		const isOpen = last?.[0] !== undefined && isDataUri(last[0]);
		const isRest = isOpen && part.length % 4 === 0 && BASE64.test(part);
		if (isRest) last.push(part);
		else pieces.push([part]);
	}
	return pieces.map((piece) => piece.join(''));
}

/**
 * The image that a data URI holds, told by its bytes and not by what the URI calls it; undefined
 * where it holds no Base64. Above `mostBytes` its size alone is looked at. `label` names it to the user.
 */
export function readDataUri(
	uri: string,
	label: string,
	mostBytes: number,
): BinaryReference | undefined {
	const base64 = uri.replace(HEAD, '');
	if (base64.length === uri.length || !BASE64.test(base64)) return undefined;
	const size = Buffer.byteLength(base64, 'base64');
	const known = {
		kind: 'binary',
		label,
		fingerprint: createHash('sha256').update(base64).digest('hex'),
		isDataUri: true,
		read: async () => await Promise.resolve(Buffer.from(base64, 'base64')),
	} as const;
	if (size > mostBytes) return { ...known, bytes: size };
	const bytes = Buffer.from(base64, 'base64');
	const header = inspectImage(bytes);
	return { ...known, bytes: bytes.length, ...(header && { header }) };
}
