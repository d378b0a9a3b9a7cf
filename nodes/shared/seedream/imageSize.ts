import { BMP } from 'image-size/types/bmp';
import { GIF } from 'image-size/types/gif';
import { HEIF } from 'image-size/types/heif';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { TIFF } from 'image-size/types/tiff';
import { WEBP } from 'image-size/types/webp';
import { area, type Size } from './sizes';

// The index of image-size would bring thirteen more, which no provider takes.
const READERS = { jpg: JPG, png: PNG, webp: WEBP, bmp: BMP, tiff: TIFF, gif: GIF, heif: HEIF };

/**
 * The size that stands in the first bytes of an image file, and its type, which is the brand for
 * HEIC and HEIF; undefined for other types. Throws where the bytes end too early.
 */
export function imageSize(bytes: Uint8Array): (Size & { type: string }) | undefined {
	const found = Object.entries(READERS).find(([, reader]) => reader.validate(bytes));
	if (!found) return undefined;
	const [name, reader] = found;
	const { type = name, width, height, images = [] } = reader.calculate(bytes);
	// A file of several images counts as its largest.
	const [largest = { width, height }] = [...images].sort((a, b) => area(b) - area(a));
	return { type, width: largest.width, height: largest.height };
}
