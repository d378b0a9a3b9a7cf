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
	/** Where the shortest side is. */
	minSide?: number;
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
	const shortest = Math.min(size.width, size.height);
	if (limits.minSide !== undefined && shortest < limits.minSide) {
		problems.push(
			`${formatSize(size)} has a side of ${shortest} pixels, and the shortest is ${limits.minSide}`,
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
	const { side = Infinity, minSide = 1 } = limits;
	const widest = Math.min(limits.ratio, side ** 2 / min, side / minSide);
	const shape = clamp(sideRatio(size), 1, widest);
	const least = Math.max(min, minSide ** 2 * shape);
	const exactArea = clamp(area(size), least, Math.min(max, side ** 2 / shape));
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

/** Width to height of a shape such as `16:9`. */
export function ratioOf(shape: AspectRatio): number {
	const [width = 1, height = 1] = shape.split(':').map(Number);
	return width / height;
}

/** Of these shapes the one that is most like this width to height. */
export function nearestShape<Shape extends AspectRatio>(
	ratio: number,
	shapes: readonly Shape[],
): Shape | undefined {
	const distance = (shape: Shape): number => Math.abs(Math.log(ratioOf(shape) / ratio));
	return [...shapes].sort((one, other) => distance(one) - distance(other))[0];
}

/** Of these resolutions the one whose square has most nearly so many pixels. */
export function nearestResolution(
	pixels: number,
	resolutions: readonly Resolution[],
): Resolution | undefined {
	const distance = (resolution: Resolution): number =>
		Math.abs(Math.log((parseFloat(resolution) * 1024) ** 2 / pixels));
	return [...resolutions].sort((one, other) => distance(one) - distance(other))[0];
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
