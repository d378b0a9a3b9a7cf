import { imageSize } from 'image-size';
import { lookUp } from './lookUp';
import type { ReferenceLimits } from './models';
import type { Finding } from './validation/problem';

/** Formats that at least one provider takes as a reference image. */
export const IMAGE_FORMATS = [
	'jpeg',
	'png',
	'webp',
	'bmp',
	'tiff',
	'gif',
	'heic',
	'heif',
] as const;

export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** What the header of an image file says; sides in pixels. */
export interface ImageHeader {
	format: ImageFormat;
	width: number;
	height: number;
}

/** An image whose bytes this package sends. `label` names it to the user. */
export interface BinaryReference {
	kind: 'binary';
	label: string;
	/** Size of the file. */
	bytes: number;
	/** Absent where the bytes are not an image that is known here. */
	header?: ImageHeader;
	/** The same for the same file, another for another. */
	fingerprint: string;
	/** Whether it was written out among the URLs, as a data URI. */
	isDataUri?: boolean;
	/** Rejects when the stored file is gone. */
	read: () => Promise<Uint8Array>;
}

export interface UrlReference {
	kind: 'url';
	url: string;
}

export type ReferenceImage = BinaryReference | UrlReference;

/** By the names of the reader, which for HEIC and HEIF are those of their brands. */
const FORMAT_OF_TYPE: Readonly<Record<string, ImageFormat>> = {
	jpg: 'jpeg',
	png: 'png',
	webp: 'webp',
	bmp: 'bmp',
	tiff: 'tiff',
	gif: 'gif',
	heic: 'heic',
	heix: 'heic',
	hevc: 'heic',
	hevx: 'heic',
	heif: 'heif',
	mif1: 'heif',
	msf1: 'heif',
};

/** Reads what an image is from its first bytes, whatever its name claims; undefined if it is none. */
export function inspectImage(bytes: Uint8Array): ImageHeader | undefined {
	try {
		const { type, width, height } = imageSize(bytes);
		const format = lookUp(FORMAT_OF_TYPE, type);
		return format && { format, width, height };
	} catch {
		return undefined;
	}
}

/** Whether these are the first bytes of a JPEG file, even if its size is not among them. */
export function isJpeg(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** What is wrong with one reference image, each with the value, the limit and the way out. */
export function referenceFindings(reference: BinaryReference, limits: ReferenceLimits): Finding[] {
	const { label, header, bytes } = reference;
	if (bytes > limits.bytes) {
		const size = `${label} has ${megabytes(bytes)} MB, and the most is ${megabytes(limits.bytes)} MB`;
		return [{ limit: 'referenceFile', text: `${size}. Make it smaller or compress it first.` }];
	}
	if (!header) {
		const text = `${label} is not an image that can be read, whatever its name says. Use a file in one of these formats: ${formatList(limits.formats)}.`;
		return [{ limit: 'referenceFormat', text }];
	}
	if (!limits.formats.includes(header.format)) {
		const text = `${label} is ${header.format.toUpperCase()}, and what is taken is ${formatList(limits.formats)}. Convert it first.`;
		return [{ limit: 'referenceFormat', text }];
	}
	return sideProblems(label, header, limits).map((text) => ({ limit: 'referenceFile', text }));
}

function sideProblems(label: string, header: ImageHeader, limits: ReferenceLimits): string[] {
	const { width, height } = header;
	const size = `${label} is ${width}x${height} pixels`;
	const ratio = Math.max(width, height) / Math.min(width, height);
	const problems: string[] = [];
	if (Math.min(width, height) < limits.minSide) {
		problems.push(
			`${size}, and each side must have at least ${limits.minSide} pixels. Use a larger image.`,
		);
	}
	if (ratio > limits.ratio) {
		problems.push(
			`${size}, a side ratio of 1:${Number(ratio.toFixed(2))}, and the widest is 1:${limits.ratio}. Crop it first.`,
		);
	}
	if (width * height > limits.maxArea) {
		problems.push(
			`${size}, ${width * height} in all, and the most is ${limits.maxArea}. Make it smaller first.`,
		);
	}
	return problems;
}

/** `JPEG, PNG, WEBP`. */
export function formatList(formats: readonly ImageFormat[]): string {
	return formats.map((format) => format.toUpperCase()).join(', ');
}

/** Rounded up, so that a file above a limit never seems to be at it. */
function megabytes(bytes: number): number {
	return Math.ceil((bytes / (1024 * 1024)) * 100) / 100;
}
