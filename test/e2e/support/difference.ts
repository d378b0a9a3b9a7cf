import sharp from 'sharp';

const CHANNELS = 4;

/** Of 255. Two programs scale and blend a picture not quite alike. */
const TOLERANCE = 24;

/** The part of the pixels of two pictures that are not alike, 1 where even the sizes differ. */
export async function difference(one: Buffer, other: Buffer): Promise<number> {
	const [a, b] = [await pixelsOf(one), await pixelsOf(other)];
	if (a.info.width !== b.info.width || a.info.height !== b.info.height) return 1;
	let unlike = 0;
	for (let pixel = 0; pixel < a.data.length; pixel += CHANNELS)
		if (!areAlike(a.data, b.data, pixel)) unlike += 1;
	return unlike / (a.info.width * a.info.height);
}

async function pixelsOf(
	picture: Buffer,
): Promise<{ data: Buffer; info: { width: number; height: number } }> {
	return await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
}

function areAlike(a: Buffer, b: Buffer, pixel: number): boolean {
	for (let channel = pixel; channel < pixel + CHANNELS; channel += 1)
		if (Math.abs((a[channel] ?? 0) - (b[channel] ?? 0)) > TOLERANCE) return false;
	return true;
}
