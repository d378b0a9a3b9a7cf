import { fingerprintOf, inspectImage, type BinaryReference } from './references';

const HEAD = /^data:[^,]{0,200};base64,/i;

/** What is no sign of Base64, standard or URL-safe. A pattern of all signs would need a stack as long as the text. */
const NOT_BASE64 = /[^A-Za-z0-9+/_-]/;

/** Whether text is Base64, with or without its padding. */
function isBase64(text: string): boolean {
	const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
	const content = padding > 0 ? text.slice(0, -padding) : text;
	return content !== '' && !NOT_BASE64.test(content);
}

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
		const isRest = isOpen && part.length % 4 === 0 && isBase64(part);
		if (isRest) last.push(part);
		else pieces.push([part]);
	}
	return pieces.map((piece) => piece.join(''));
}

/**
 * The image that a data URI holds, told by its bytes and not by what the URI calls it; undefined
 * where it holds no Base64. Above `maxBytes` its size alone is looked at. `label` names it to the user.
 */
export function parseDataUri(
	uri: string,
	label: string,
	maxBytes: number,
): BinaryReference | undefined {
	const base64 = uri.replace(HEAD, '');
	if (base64.length === uri.length || !isBase64(base64)) return undefined;
	const size = Buffer.byteLength(base64, 'base64');
	const known = {
		kind: 'binary',
		label,
		isDataUri: true,
		read: async () => await Promise.resolve(Buffer.from(base64, 'base64')),
	} as const;
	if (size > maxBytes) return { ...known, bytes: size, fingerprint: fingerprintOf(base64) };
	const bytes = Buffer.from(base64, 'base64');
	const header = inspectImage(bytes);
	return {
		...known,
		bytes: bytes.length,
		fingerprint: fingerprintOf(bytes),
		...(header && { header }),
	};
}
