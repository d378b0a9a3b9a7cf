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
 * The nearest size within the limits: the shape is kept as far as it is allowed, the area is
 * scaled. Sides are whole pixels, rounded so that the result is inside the limits.
 */
export function nearestSize(size: Size, limits: SizeLimits): Size {
	const whole = { width: Math.round(size.width), height: Math.round(size.height) };
	if (sizeProblems(whole, limits).length === 0) return whole;
	const shape = clamp(size.width / size.height, 1 / limits.ratio, limits.ratio);
	const wanted = clamp(area(size), limits.area.min, limits.area.max);
	const exact = withinSide(
		{ width: Math.sqrt(wanted * shape), height: Math.sqrt(wanted / shape) },
		limits.side ?? Infinity,
	);
	const roundings = [Math.round, Math.ceil, Math.floor];
	const candidates = roundings.flatMap((forWidth) =>
		roundings.map((forHeight) => ({
			width: forWidth(exact.width),
			height: forHeight(exact.height),
		})),
	);
	const fitting = candidates.find((candidate) => sizeProblems(candidate, limits).length === 0);
	return fitting ?? squareWithin(limits);
}

function withinSide(size: Size, longest: number): Size {
	const scale = Math.min(1, longest / Math.max(size.width, size.height));
	return { width: size.width * scale, height: size.height * scale };
}

function squareWithin(limits: SizeLimits): Size {
	const side = Math.ceil(Math.sqrt(limits.area.min));
	return { width: side, height: side };
}

function clamp(value: number, min: number, max: number): number {
	return Math.min(Math.max(value, min), max);
}
