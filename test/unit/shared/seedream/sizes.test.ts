import { describe, expect, it } from 'vitest';
import { MODEL_SPECS } from '../../../../nodes/shared/seedream/models';
import {
	area,
	formatSize,
	nearestSize,
	sizeProblems,
	type Size,
	type SizeLimits,
} from '../../../../nodes/shared/seedream/sizes';

const LIMITS: SizeLimits[] = [
	...Object.values(MODEL_SPECS).map((limits) => limits.size),
	{ area: { min: 1_048_576, max: 16_777_216 }, ratio: 16 },
	{ area: { min: 3_686_400, max: 10_404_496 }, ratio: 16 },
	{ area: { min: 921_600, max: 16_777_216 }, ratio: 16, side: 4096 },
	{ area: { min: 3_686_400, max: 16_777_216 }, ratio: 16, side: 4096 },
	{ area: { min: 1_000_003, max: 1_500_007 }, ratio: 3 },
	{ area: { min: 262_144, max: 1_048_576 }, ratio: 1 },
];

const SIDES = [
	1, 7, 14, 100, 240, 333, 512, 720, 959, 960, 1023, 1024, 1280, 1999, 2048, 3333, 4096, 4097, 5000,
	8000, 20_000, 100_000,
];

const GRID: Size[] = SIDES.flatMap((width) => SIDES.map((height) => ({ width, height })));

/** The first cases that break the promise, as one readable line each. */
function broken(promise: (size: Size, limits: SizeLimits, nearest: Size) => boolean): string[] {
	const lines = LIMITS.flatMap((limits) =>
		GRID.flatMap((size) => {
			const nearest = nearestSize(size, limits);
			if (promise(size, limits, nearest)) return [];
			return [`${formatSize(size)} -> ${formatSize(nearest)} in ${JSON.stringify(limits)}`];
		}),
	);
	return lines.slice(0, 10);
}

const clamp = (value: number, min: number, max: number): number =>
	Math.min(Math.max(value, min), max);

describe('the nearest size, over a grid of sizes and limits', () => {
	it('is always within the limits', () => {
		expect(broken((_, limits, nearest) => sizeProblems(nearest, limits).length === 0)).toEqual([]);
	});

	it('has whole sides above 0', () => {
		const isSide = (side: number): boolean => Number.isInteger(side) && side > 0;
		expect(broken((_, __, { width, height }) => isSide(width) && isSide(height))).toEqual([]);
	});

	it('is the size itself where that fits', () => {
		const isKept = (size: Size, limits: SizeLimits, nearest: Size): boolean =>
			sizeProblems(size, limits).length > 0 || formatSize(nearest) === formatSize(size);
		expect(broken(isKept)).toEqual([]);
	});

	it('is its own nearest size', () => {
		const isStill = (_: Size, limits: SizeLimits, nearest: Size): boolean =>
			formatSize(nearestSize(nearest, limits)) === formatSize(nearest);
		expect(broken(isStill)).toEqual([]);
	});

	it('stays upright or lying, but for a pixel of rounding', () => {
		const keepsTurn = ({ width, height }: Size, _: SizeLimits, nearest: Size): boolean =>
			(nearest.width - nearest.height) * Math.sign(width - height) >= -1;
		expect(broken(keepsTurn)).toEqual([]);
	});

	it('keeps the shape as far as the ratio and the sides allow, to two percent', () => {
		const keepsShape = (size: Size, limits: SizeLimits, nearest: Size): boolean => {
			const sideRatio = limits.side === undefined ? Infinity : limits.side ** 2 / limits.area.min;
			const widest = Math.min(limits.ratio, sideRatio);
			const allowed = clamp(size.width / size.height, 1 / widest, widest);
			return Math.abs(nearest.width / nearest.height / allowed - 1) < 0.02;
		};
		expect(broken(keepsShape)).toEqual([]);
	});
});

describe('the problems of a size', () => {
	const limits: SizeLimits = { area: { min: 921_600, max: 16_777_216 }, ratio: 16, side: 6000 };
	const rows: Array<[string, number, number, string[]]> = [
		['exactly the least', 1280, 720, []],
		['exactly the most', 4096, 4096, []],
		['exactly the widest', 240 * 16, 240, []],
		['a pixel row too few', 1280, 719, ['1280x719 has 920320 pixels, and the least is 921600']],
		[
			'a pixel row too many',
			4096,
			4097,
			['4096x4097 has 16781312 pixels, and the most is 16777216'],
		],
		['too wide', 4000, 249, ['4000x249 has a side ratio of 1:16.06, and the widest is 1:16']],
		['too tall', 249, 4000, ['249x4000 has a side ratio of 1:16.06, and the widest is 1:16']],
		['too long a side', 6001, 600, ['6001x600 has a side of 6001 pixels, and the longest is 6000']],
		[
			'three at once',
			7000,
			100,
			[
				'7000x100 has 700000 pixels, and the least is 921600',
				'7000x100 has a side ratio of 1:70, and the widest is 1:16',
				'7000x100 has a side of 7000 pixels, and the longest is 6000',
			],
		],
	];
	it.each(rows)('%s: %dx%d', (_, width, height, problems) => {
		expect(sizeProblems({ width, height }, limits)).toEqual(problems);
	});

	it('count the area in pixels', () => {
		expect(area({ width: 1280, height: 720 })).toBe(921_600);
	});
});
