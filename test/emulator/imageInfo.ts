import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** What is told from the bytes of a picture, whatever its name or declared type says. */
export interface ImageInfo {
	readonly format: string;
	readonly width: number;
	readonly height: number;
	readonly bytes: number;
	readonly transparent: boolean;
	/** A small copy that a result may show; not for formats that cannot be decoded here. */
	readonly thumbnail?: Buffer;
}

/** Reads a picture; undefined if it is none. */
export async function readImageInfo(bytes: Buffer): Promise<ImageInfo | undefined> {
	return bitmapHeader(bytes) ?? heifHeader(bytes) ?? (await decodedOnce(bytes));
}

/**
 * The pictures read last: one is read when it is uploaded, and again in each request that shows it.
 */
const recent = new Map<string, Promise<ImageInfo | undefined>>();
const MAX_KEPT = 8;

async function decodedOnce(bytes: Buffer): Promise<ImageInfo | undefined> {
	const key = createHash('sha256').update(bytes).digest('hex');
	const picture = recent.get(key) ?? decoded(bytes);
	recent.set(key, picture);
	for (const oldest of [...recent.keys()].slice(0, -MAX_KEPT)) recent.delete(oldest);
	return await picture;
}

async function decoded(bytes: Buffer): Promise<ImageInfo | undefined> {
	try {
		// A file that is all there in its header but broken in its body is no picture either:
		// decode it.
		const thumbnail = await sharp(bytes).resize(384, 384, { fit: 'inside' }).png().toBuffer();
		const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
		const transparent = hasAlpha && !(await sharp(thumbnail).stats()).isOpaque;
		return { format, width, height, bytes: bytes.length, transparent, thumbnail };
	} catch {
		return undefined;
	}
}

/** The image library here has no decoder for bitmaps. */
function bitmapHeader(bytes: Buffer): ImageInfo | undefined {
	if (bytes.length < 26 || bytes.toString('latin1', 0, 2) !== 'BM') return undefined;
	const [width, height] = [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))];
	return { format: 'bmp', width, height, bytes: bytes.length, transparent: false };
}

const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx'];
const HEIF_BRANDS = ['mif1', 'msf1'];

/**
 * Nor one for HEVC. The `ispe` box holds the sides; the largest is the whole picture, others are
 * its tiles.
 */
function heifHeader(bytes: Buffer): ImageInfo | undefined {
	if (bytes.length < 32 || bytes.toString('latin1', 4, 8) !== 'ftyp') return undefined;
	const brand = bytes.toString('latin1', 8, 12);
	if (!HEIC_BRANDS.includes(brand) && !HEIF_BRANDS.includes(brand)) return undefined;
	let [width, height] = [0, 0];
	for (
		let at = bytes.indexOf('ispe');
		at >= 0 && at + 16 <= bytes.length;
		at = bytes.indexOf('ispe', at + 4)
	) {
		const [w, h] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
		if (w * h > width * height) [width, height] = [w, h];
	}
	const format = HEIC_BRANDS.includes(brand) ? 'heic' : 'heif';
	return { format, width, height, bytes: bytes.length, transparent: false };
}
