import fc, { property } from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { PROVIDERS } from '../../nodes/shared/seedream/providers';
import {
	ASPECT_RATIOS,
	nearestSize,
	RESOLUTIONS,
	sizeProblems,
	type Size,
} from '../../nodes/shared/seedream/sizes';
import { resolveSize } from '../../nodes/shared/seedream/resolveSize';
import { modelsOf } from '../contract/cases';
import { check } from './support/check';

// Thousands of cases take their time where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const side = fc.oneof(
	fc.integer({ min: 1, max: 20_000 }),
	fc.integer({ min: 1, max: 2 ** 31 }),
	fc.double({ min: 0.01, max: 1e7, noNaN: true }),
);
const anySize = fc.record({ width: side, height: side });

/** Within the limits, in whole pixels, and as high or as wide as wanted. */
function expectToDo(size: Size, problems: string[]): void {
	expect({ ...size, problems }).toEqual({ ...size, problems: [] });
	expect(Number.isInteger(size.width) && Number.isInteger(size.height)).toBe(true);
	expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
}

describe.each(
	PROVIDERS.flatMap((provider) =>
		modelsOf(provider).map((model) => ({
			provider,
			model,
			name: `${provider.name}, ${model.family}`,
		})),
	),
)('$name', ({ provider, model: { id, spec: limits } }) => {
	it('the nearest size to any size is one that would do', async () => {
		const isFine = property(anySize, (size) => {
			const nearest = nearestSize(size, limits.size);
			expectToDo(nearest, sizeProblems(nearest, limits.size));
			const isClearlyWide = size.width > 1.01 * size.height;
			if (isClearlyWide) expect(nearest.width).toBeGreaterThanOrEqual(nearest.height);
		});
		await check(isFine, { runs: 2000 });
	});

	it('the nearest size to one that would do is itself', async () => {
		const isFine = property(anySize, (size) => {
			const nearest = nearestSize(size, limits.size);
			expect(nearestSize(nearest, limits.size)).toEqual(nearest);
		});
		await check(isFine, { runs: 500 });
	});

	it('any shape and resolution that is said in pixels would do', async () => {
		const wish = fc.record({
			mode: fc.constant('ratio' as const),
			aspectRatio: fc.constantFrom(...ASPECT_RATIOS),
			resolution: fc.constantFrom(...RESOLUTIONS),
		});
		const isFine = property(wish, (size) => {
			const { size: wireSize } = resolveSize(
				size,
				{ name: provider.name, sizing: provider.sizingOf(id) },
				limits,
			);
			if (wireSize.kind === 'pixels') expectToDo(wireSize, sizeProblems(wireSize, limits.size));
		});
		await check(isFine, { runs: 200 });
	});
});
