import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { shapesSvg } from './renderShapes';
import type { Shape } from './renderShapes';
import type { Size } from './sizes';

/** All it takes to render an image: kept instead of its bytes. */
export interface ImageSpec {
	readonly size: Size;
	readonly format: 'jpeg' | 'png';
	/** What the colours and shapes derive from. */
	readonly seed: string;
	readonly transparent: boolean;
	/** A small picture to be shown inside: the reference of an edit. */
	readonly inset?: Buffer;
	/** In place of the landscape: a picture that is stretched over the canvas, or nothing. */
	readonly ground?: Buffer | 'none';
	/** Drawn above all else. */
	readonly shapes?: readonly Shape[];
}

/** The same spec gives the same image. */
export async function renderImage(spec: ImageSpec): Promise<Buffer> {
	const { size, inset, shapes } = spec;
	const drawings = [
		...(inset === undefined ? [] : [await framed(inset, size)]),
		...(shapes === undefined ? [] : [Buffer.from(shapesSvg(size, shapes))]),
	];
	const canvas = groundOf(spec).composite(drawings.map((input) => ({ input })));
	return await encode(canvas, spec.format);
}

function groundOf(spec: ImageSpec): Sharp {
	const { size, ground } = spec;
	if (ground === undefined) return sharp(Buffer.from(landscape(spec)));
	if (ground === 'none') return sharp({ create: { ...size, channels: 4, background: '#0000' } });
	return sharp(ground).resize({ ...size, fit: 'fill' });
}

const TILE = 512;
const NOISE = randomBytes(TILE * TILE * 3);

/** An image that does not compress: for measuring what big files do to a program's memory. */
export async function renderNoise(spec: ImageSpec): Promise<Buffer> {
	const canvas = sharp({ create: { ...spec.size, channels: 3, background: '#000' } });
	// A tile may not be larger than the canvas.
	const side = Math.min(TILE, spec.size.width, spec.size.height);
	const input = NOISE.subarray(0, side * side * 3);
	const tile = { input, raw: { width: side, height: side, channels: 3 as const }, tile: true };
	return await encode(canvas.composite([tile]), spec.format);
}

async function encode(image: Sharp, format: ImageSpec['format']): Promise<Buffer> {
	const encoded =
		format === 'png' ? image.png({ compressionLevel: 2 }) : image.flatten().jpeg({ quality: 84 });
	return await encoded.toBuffer();
}

async function framed(inset: Buffer, { width, height }: Size): Promise<Buffer> {
	const side = Math.max(1, Math.floor(Math.min(width, height) * 0.45));
	const border = Math.ceil(side / 40);
	const { data, info } = await sharp(inset)
		.resize(side, side, { fit: 'inside' })
		.png()
		.toBuffer({ resolveWithObject: true });
	const extended = sharp(data).extend({
		top: border,
		bottom: border,
		left: border,
		right: border,
		background: '#fff',
	});
	// A very flat canvas may be lower than the frame is thick.
	return info.height + 2 * border > height || info.width + 2 * border > width
		? data
		: await extended.png().toBuffer();
}

/** Sky, sun and three ranges of hills, in colours of the seed. */
function landscape({ size: { width, height }, seed, transparent }: ImageSpec): string {
	const hash = createHash('sha256').update(seed).digest();
	const fromHash = (index: number, from: number, to: number) =>
		from + ((hash[index % hash.length] ?? 0) / 255) * (to - from);
	const hue = fromHash(0, 0, 360);
	const colour = (turn: number, saturation: number, light: number) =>
		`hsl(${((hue + turn) % 360).toFixed(0)},${saturation}%,${light}%)`;
	const hills = [0, 1, 2].map((range) => {
		const base = height * (0.55 + range * 0.14);
		const points = [0, 1, 2, 3, 4].map(
			(step) => base - height * fromHash(5 + range * 5 + step, -0.04, 0.13),
		);
		return `<path d="${ridge(points, width, height)}" fill="${colour(200 + range * 18, 45, 46 - range * 13)}"/>`;
	});
	const sun = {
		x: width * fromHash(1, 0.2, 0.8),
		y: height * fromHash(2, 0.18, 0.42),
		r: Math.min(width, height) * fromHash(3, 0.09, 0.17),
	};
	const sky = transparent ? '' : '<rect width="100%" height="100%" fill="url(#sky)"/>';
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${colour(0, 70, 42)}"/><stop offset=".75" stop-color="${colour(50, 85, 78)}"/></linearGradient></defs>
${sky}<circle cx="${sun.x}" cy="${sun.y}" r="${sun.r * 1.6}" fill="${colour(60, 95, 90)}" opacity=".25"/>
<circle cx="${sun.x}" cy="${sun.y}" r="${sun.r}" fill="${colour(60, 95, 90)}"/>${hills.join('')}</svg>`;
}

function ridge(heights: readonly number[], width: number, height: number): string {
	const step = width / (heights.length - 1);
	const curves = heights.slice(1).map((y, index) => {
		const [from, to] = [index * step, (index + 1) * step];
		return `C${from + step / 2},${heights[index] ?? y} ${from + step / 2},${y} ${to},${y}`;
	});
	return `M0,${height} L0,${heights[0] ?? height} ${curves.join(' ')} L${width},${height}Z`;
}
