import { createHash } from 'node:crypto';
import { imageSize } from './imageSize';
import { lookUp } from './objects';

/** Formats that at least one provider takes as a reference image. */
export const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif', 'heic', 'heif'] as const;

export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** What a reference image must be. */
export interface ReferenceLimits {
	/** Most images in one request. */
	count: number;
	/** Where sources differ on the most: up to this many are sure to be taken. */
	safeCount?: number;
	/** Bytes of one image. */
	bytes: number;
	formats: readonly ImageFormat[];
	/** Formats of which not all pages say that they are taken. */
	disputedFormats?: readonly ImageFormat[];
	/** Longest side to shortest. */
	ratio: number;
	/** Pixels of the shortest side. */
	minSide: number;
	/** Pixels in all, at least where a least is stated. */
	minArea?: number;
	maxArea: number;
}

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
	/** Size of the file, to the byte. */
	bytes: number;
	/** Absent where the bytes are not an image that is known here. */
	header?: ImageHeader;
	/** 64 hexadecimal digits, the same for the same file, others for another. */
	fingerprint: string;
	/** Whether it was written out among the URLs, as a data URI. */
	isDataUri?: boolean;
	/** Rejects when the stored file is gone. */
	read: () => Promise<Buffer>;
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
		const size = imageSize(bytes);
		const format = lookUp(FORMAT_OF_TYPE, size?.type);
		return size && format && { format, width: size.width, height: size.height };
	} catch {
		return undefined;
	}
}

/** A file's fingerprint from its bytes, or from what stands for them. */
export function fingerprintOf(content: Uint8Array | string): string {
	return createHash('sha256').update(content).digest('hex');
}

/** The bytes of a file; undefined when the stored file is gone since it was checked. */
export async function readReference(reference: BinaryReference): Promise<Buffer | undefined> {
	try {
		return await reference.read();
	} catch {
		return undefined;
	}
}

/** Whether these are the first bytes of a JPEG file, even if its size is not among them. */
export function isJpeg(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** `JPEG, PNG, WEBP`. */
export function formatList(formats: readonly ImageFormat[]): string {
	return formats.map((format) => format.toUpperCase()).join(', ');
}
