/** Shapes on offer (EvoLink docs, image-series/seedream). `auto` leaves the shape to the model. */
export const ASPECT_RATIOS = [
	'auto',
	'1:1',
	'2:3',
	'3:2',
	'3:4',
	'4:3',
	'4:5',
	'5:4',
	'9:16',
	'16:9',
	'9:21',
	'21:9',
] as const;

export type AspectRatio = (typeof ASPECT_RATIOS)[number];

export const RESOLUTIONS = ['1K', '1.5K', '2K', '3K', '4K'] as const;

export type Resolution = (typeof RESOLUTIONS)[number];

/** Pixels. */
export interface Size {
	width: number;
	height: number;
}

/** What a size must keep to. Areas and sides in pixels; `ratio` is the longest side to the shortest. */
export interface SizeLimits {
	area: { min: number; max: number };
	ratio: number;
	/** Where a single side is limited too. */
	side?: number;
}

export function area(size: Size): number {
	return size.width * size.height;
}

export function formatSize(size: Size): string {
	return `${size.width}x${size.height}`;
}

function sideRatio(size: Size): number {
	return Math.max(size.width, size.height) / Math.min(size.width, size.height);
}

/** Which limits a size breaks, in words with the value and the limit; empty when it fits. */
export function sizeProblems(size: Size, limits: SizeLimits): string[] {
	const problems: string[] = [];
	const { min, max } = limits.area;
	if (area(size) < min) {
		problems.push(`${formatSize(size)} has ${area(size)} pixels, and the least is ${min}`);
	}
	if (area(size) > max) {
		problems.push(`${formatSize(size)} has ${area(size)} pixels, and the most is ${max}`);
	}
	if (sideRatio(size) > limits.ratio) {
		const rounded = Number(sideRatio(size).toFixed(2));
		problems.push(
			`${formatSize(size)} has a side ratio of 1:${rounded}, and the widest is 1:${limits.ratio}`,
		);
	}
	const longest = Math.max(size.width, size.height);
	if (limits.side !== undefined && longest > limits.side) {
		problems.push(
			`${formatSize(size)} has a side of ${longest} pixels, and the longest is ${limits.side}`,
		);
	}
	return problems;
}

/**
 * The nearest size within the limits, in whole pixels: the shape is kept as far as it is
 * allowed, and the area is scaled.
 */
export function nearestSize(size: Size, limits: SizeLimits): Size {
	const whole = { width: Math.round(size.width), height: Math.round(size.height) };
	if (sizeProblems(whole, limits).length === 0) return whole;
	const { min, max } = limits.area;
	const side = limits.side ?? Infinity;
	const shape = clamp(sideRatio(size), 1, Math.min(limits.ratio, side ** 2 / min));
	const exactArea = clamp(area(size), min, Math.min(max, side ** 2 / shape));
	const exactShorter = Math.sqrt(exactArea / shape);
	const [longer, shorter] =
		[Math.round, Math.floor, Math.ceil]
			.map((rounded) => withLongest(rounded(exactShorter), exactShorter * shape, limits))
			.find(([a, b]) => sizeProblems({ width: a, height: b }, limits).length === 0) ??
		squareOf(min);
	return size.width >= size.height
		? { width: longer, height: shorter }
		: { width: shorter, height: longer };
}

/** The longer side that is nearest to the wanted one and fits the shorter side and the limits. */
function withLongest(shorter: number, wanted: number, limits: SizeLimits): [number, number] {
	const { min, max } = limits.area;
	const longest = Math.min(max / shorter, limits.ratio * shorter, limits.side ?? Infinity);
	const longer = clamp(Math.round(wanted), Math.ceil(min / shorter), Math.floor(longest));
	return [longer, shorter];
}

function squareOf(pixels: number): [number, number] {
	const side = Math.ceil(Math.sqrt(pixels));
	return [side, side];
}

function clamp(value: number, min: number, max: number): number {
	return Math.min(Math.max(value, min), max);
}
