import { describe, expect, it } from 'vitest';
import { MODEL_FAMILIES, MODEL_SPECS } from '../../../../nodes/shared/seedream/models';
import { presetSize, type Shape } from '../../../../nodes/shared/seedream/presets';
import {
	ASPECT_RATIOS,
	formatSize,
	RESOLUTIONS,
	sizeProblems,
	type Resolution,
} from '../../../../nodes/shared/seedream/sizes';

const SHAPES = ASPECT_RATIOS.flatMap((ratio) => (ratio === 'auto' ? [] : [ratio]));
const SET = MODEL_SPECS['seedream-4.0'];
const PRO = MODEL_SPECS['seedream-5.0-pro'];

const written = (...given: Parameters<typeof presetSize>) => formatSize(presetSize(...given));

describe.each(MODEL_FAMILIES)('the pixels of a shape and a resolution, for %s', (family) => {
	const spec = MODEL_SPECS[family];
	const all = SHAPES.flatMap((shape) =>
		spec.resolutions.map((resolution) => [shape, resolution] as const),
	);

	it('are ones that the model takes', () => {
		const refused = all.flatMap((chosen) => sizeProblems(presetSize(...chosen, spec), spec.size));
		expect(refused).toEqual([]);
	});

	it('are of that shape, to two percent', () => {
		const crooked = all.filter(([shape, resolution]) => {
			const [across = 1, down = 1] = shape.split(':').map(Number);
			const { width, height } = presetSize(shape, resolution, spec);
			return Math.abs(width / height / (across / down) - 1) > 0.02;
		});
		expect(crooked).toEqual([]);
	});
});

describe('the size for a shape and a resolution', () => {
	it.each<[Shape, Resolution, string, string]>([
		['4:3', '2K', '2304x1728', '2368x1776'],
		['3:4', '2K', '1728x2304', '1776x2368'],
		['16:9', '1K', '1312x736', '1424x800'],
	])('%s in %s is the one that the model makes: %s, or %s', (shape, resolution, set, one) => {
		expect(written(shape, resolution, SET)).toBe(set);
		expect(written(shape, resolution, PRO)).toBe(one);
	});

	it('is that of the models that make image sets, where the model is not known', () => {
		expect(written('4:3', '2K', undefined)).toBe('2304x1728');
	});

	it('exists for every resolution, also one that the model does not name', () => {
		for (const resolution of RESOLUTIONS)
			expect(sizeProblems(presetSize('1:1', resolution, PRO), PRO.size)).toEqual([]);
	});

	it("is the provider's own where it documents one that the model takes", () => {
		const own = { '2K': { '16:9': { width: 2560, height: 1440 } } } as const;
		expect(written('16:9', '2K', SET, own)).toBe('2560x1440');
		expect(written('9:16', '2K', SET, own)).toBe('1600x2848');
	});

	it('is the nearest of exactly that shape where the size of the model is beyond a limit', () => {
		const bounded = { ...SET, size: { ...SET.size, side: 4096 } };
		expect(written('16:9', '4K', bounded)).toBe('4096x2304');
	});
});
