import type { BadReference } from './apiError';
import { badField, ApiRefusal } from './apiError';
import type { ImageInfo } from './imageInfo';
import { readImageInfo } from './imageInfo';
import type { EmulatorState } from './state';
import { isLoopback, parseHttpUrl } from './urls';

/** What of a reference is seen without opening it. */
export interface LinkRule {
	readonly maxCount: number;
	/** Whether a reference may come as a data URI. Links always may. */
	readonly dataUris: boolean;
}

/** What a provider takes as a reference image. */
export interface ReferenceRule extends LinkRule {
	readonly formats: readonly string[];
	readonly maxBytes: number;
	readonly maxRatio: number;
	/** Pixels that it must have at least. */
	readonly minArea?: number;
}

export const MEGABYTE = 1024 * 1024;

/** Sides and area are the same wherever they are documented. */
const MIN_SIDE = 15;
const MAX_AREA = 6000 * 6000;

/** Checks what can be seen without opening anything: number and syntax. */
export function checkReferences(
	field: string,
	references: readonly string[],
	rule: LinkRule,
): void {
	if (references.length > rule.maxCount) {
		throw badField(
			field,
			`at most ${rule.maxCount} reference images are allowed, got ${references.length}`,
		);
	}
	for (const reference of references) {
		if (reference.startsWith('data:')) {
			if (!rule.dataUris)
				throw badField(field, 'reference images must be URLs; data URIs are not supported');
		} else if (parseHttpUrl(reference) === undefined) {
			throw badField(field, `not a valid image URL: ${reference.slice(0, 80)}`);
		}
	}
}

/** References and generated images together, on every provider that says so. */
export const MAX_IMAGES_TOGETHER = 15;

/** For the providers that refuse what is beyond it. */
export function checkTogether(field: string, references: number, images: number): void {
	if (references + images > MAX_IMAGES_TOGETHER) {
		throw badField(
			field,
			`reference images (${references}) plus generated images (${images}) must not exceed ${MAX_IMAGES_TOGETHER}`,
		);
	}
}

/**
 * Opens every reference that can be opened here and checks it; without a rule any picture will do.
 * Hosts in the outside state are believed, not called; their place in the answer is undefined.
 */
export async function openReferences(
	state: EmulatorState,
	field: string,
	references: readonly string[],
	rule?: ReferenceRule,
): Promise<Array<ImageInfo | undefined>> {
	const pictures: Array<ImageInfo | undefined> = [];
	// One after the other: fourteen pictures of 10 MB decoded at once are too much for a test
	// machine.
	for (const reference of references) {
		const bytes = reference.startsWith('data:')
			? decodeDataUri(field, reference)
			: await fetchBytes(state, field, reference);
		pictures.push(
			bytes === undefined
				? undefined
				: await inspect(field, bytes, declaredFormat(reference), rule),
		);
	}
	return pictures;
}

async function inspect(
	field: string,
	bytes: Buffer,
	declared: string | undefined,
	rule: ReferenceRule | undefined,
): Promise<ImageInfo> {
	const badReference = (what: BadReference['what'], message: string) =>
		new ApiRefusal({ is: 'badReference', field, what, message });
	if (rule !== undefined && bytes.length > rule.maxBytes) {
		throw badReference('bytes', `image file exceeds ${rule.maxBytes / MEGABYTE} MB`);
	}
	const picture = await readImageInfo(bytes);
	if (picture === undefined) throw badReference('format', 'the file is not an image or is damaged');
	if (rule === undefined) return picture;
	if (!rule.formats.includes(picture.format))
		throw badReference('format', `unsupported image format: ${picture.format}`);
	if (declared !== undefined && declared !== picture.format) {
		throw badReference(
			'format',
			`the data URI says image/${declared}, its content is ${picture.format}`,
		);
	}
	const [short, long] = [
		Math.min(picture.width, picture.height),
		Math.max(picture.width, picture.height),
	];
	if (short < MIN_SIDE)
		throw badReference('dimensions', 'image width and height must be larger than 14 pixels');
	if (short * long < (rule.minArea ?? 0))
		throw badReference('dimensions', `image must have at least ${rule.minArea} pixels`);
	if (short * long > MAX_AREA)
		throw badReference('dimensions', 'image must not have more than 6000x6000 pixels');
	if (long > rule.maxRatio * short) {
		throw badReference(
			'dimensions',
			`the ratio of width to height must be between 1/${rule.maxRatio} and ${rule.maxRatio}`,
		);
	}
	return picture;
}

const DATA_URI = /^data:image\/([a-z0-9+.-]{1,40});base64,/;

/** The subtype must be lower case (ModelArk docs 1541523, `image`). */
function decodeDataUri(field: string, uri: string): Buffer {
	const head = DATA_URI.exec(uri);
	const content = head === null ? '' : uri.slice(head[0].length);
	if (content === '' || !isBase64(content)) {
		throw badField(
			field,
			'a data URI must look like data:image/<lower-case format>;base64,<content>',
		);
	}
	return Buffer.from(content, 'base64');
}

/** Without a pattern of all signs, which would need a stack as long as the text. */
export function isBase64(content: string): boolean {
	const padding = content.endsWith('==') ? 2 : Number(content.endsWith('='));
	const signs = content.slice(0, content.length - padding);
	return content.length % 4 === 0 && signs !== '' && !/[^A-Za-z0-9+/]/.test(signs);
}

function declaredFormat(reference: string): string | undefined {
	const subtype = DATA_URI.exec(reference)?.[1];
	return subtype === 'jpg' ? 'jpeg' : subtype === 'tif' ? 'tiff' : subtype;
}

/** What a link leads to; undefined in the outside world, which is believed and not called. */
export async function fetchBytes(
	state: EmulatorState,
	field: string,
	reference: string,
): Promise<Buffer | undefined> {
	const url = parseHttpUrl(reference);
	if (url === undefined || !isLoopback(url)) return undefined;
	const unreachable = (why: string) =>
		new ApiRefusal({
			is: 'badReference',
			field,
			what: 'unreachable',
			message: `${why} url=${reference}`,
		});
	// What this server itself holds is read directly, so that it does not show up among the
	// downloads of the tests.
	if (url.origin === state.origin()) {
		const own = await state.ownFile(url.pathname);
		if (own === undefined) throw unreachable('404 while downloading');
		return own;
	}
	const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
	if (response === undefined) throw unreachable('Timeout while downloading');
	if (!response.ok) throw unreachable(`${response.status} while downloading`);
	return Buffer.from(await response.arrayBuffer());
}
