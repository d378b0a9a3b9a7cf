import { describe, expect, it } from 'vitest';
import { MODEL_SPECS } from '../../../../../nodes/shared/seedream/models';
import type { SizeChoice } from '../../../../../nodes/shared/seedream/request';
import type { Sizing } from '../../../../../nodes/shared/seedream/resolveSize';
import { sizeWordProblems } from '../../../../../nodes/shared/seedream/validation/sizeWords';

const SHAPES = ['1:1', '3:4', '4:3', '9:16', '16:9'] as const;
const FEW: Sizing = { kind: 'ratio', shapes: SHAPES, takesPixels: false };
const SPEC = MODEL_SPECS['seedream-4.0'];

const problemsOf = (size: SizeChoice, sizing = FEW, spec: typeof SPEC | undefined = SPEC) =>
	sizeWordProblems(size, sizing, spec, 'M');
const shaped = (aspectRatio: '4:5' | '9:21' | '21:9' | 'auto' | '3:4'): SizeChoice => ({
	mode: 'ratio',
	aspectRatio,
	resolution: '2K',
});
const pixels = (width: number, height: number): SizeChoice => ({ mode: 'pixels', width, height });

describe('a size for which a provider has no word', () => {
	it.each([
		['4:5', '3:4'],
		['9:21', '9:16'],
		['21:9', '16:9'],
	] as const)('is refused with the nearest shape: %s, %s', (shape, nearest) => {
		const [problem, ...more] = problemsOf(shaped(shape));
		expect(more).toEqual([]);
		expect(problem).toMatchObject({ kind: 'limit' });
		expect(problem?.text).toBe(
			`Aspect Ratio is ${shape}, and M takes 1:1, 3:4, 4:3, 9:16, 16:9. The nearest is ${nearest}.`,
		);
	});

	it('is refused with all shapes where it leaves the choice to the model', () => {
		expect(problemsOf(shaped('auto'))[0]?.text).toMatch(/Auto, and M takes 1:1.*Choose one/);
	});

	it.each([
		[2048, 2048, '1:1 at 2K'],
		[1080, 1920, '9:16 at 1K'],
		[4096, 3072, '4:3 at 4K'],
	])('is refused in pixels with the nearest shape and resolution: %dx%d, %s', (x, y, nearest) => {
		const [problem] = problemsOf(pixels(x, y));
		expect(problem).toMatchObject({ kind: 'syntax' });
		expect(problem?.text).toContain(`${x}x${y}`);
		expect(problem?.text).toContain(`the nearest is ${nearest}.`);
	});

	it('is none of the shapes that it takes, nor of any where it says nothing of them', () => {
		expect(problemsOf(shaped('3:4'))).toEqual([]);
		expect(problemsOf(shaped('4:5'), { kind: 'ratio', takesPixels: true })).toEqual([]);
		expect(problemsOf(pixels(1, 1), { kind: 'ratio', takesPixels: true })).toEqual([]);
		expect(problemsOf({ mode: 'default' })).toEqual([]);
	});

	it('is not known of a custom model, which may take other shapes', () => {
		expect(sizeWordProblems(shaped('4:5'), FEW, undefined, 'M')).toEqual([]);
		expect(sizeWordProblems(pixels(10, 10), FEW, undefined, 'M')).toHaveLength(1);
	});
});
