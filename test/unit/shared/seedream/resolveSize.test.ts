import { describe, expect, it } from 'vitest';
import { MODEL_SPECS } from '../../../../nodes/shared/seedream/models';
import type { SizeChoice } from '../../../../nodes/shared/seedream/request';
import { resolveSize, sizeField, type Sizing } from '../../../../nodes/shared/seedream/resolveSize';
import type { AspectRatio, Resolution } from '../../../../nodes/shared/seedream/sizes';

const IN_RATIOS: Sizing = { kind: 'ratio', disputedShapes: ['9:21'], takesPixels: true };
const IN_PIXELS: Sizing = { kind: 'pixels', shapes: ['1:1', '16:9'], tiers: ['2K'] };
const PIXELS_ALONE: Sizing = { ...IN_PIXELS, tiers: [] };

const resolve = (choice: SizeChoice, sizing: Sizing) =>
	resolveSize(choice, { name: 'P', sizing }, MODEL_SPECS['seedream-4.0']);

const shaped = (aspectRatio: AspectRatio, resolution: Resolution = '2K'): SizeChoice => ({
	mode: 'ratio',
	aspectRatio,
	resolution,
});

describe('the size as a provider is told it', () => {
	it.each([IN_RATIOS, IN_PIXELS])('is as it was wished, in pixels or not at all', (sizing) => {
		const pixels: SizeChoice = { mode: 'pixels', width: 2000, height: 1000 };
		expect(resolve(pixels, sizing).size).toEqual({ kind: 'pixels', width: 2000, height: 1000 });
		expect(resolve({ mode: 'default' }, sizing).size).toEqual({ kind: 'none' });
	});

	it('is nothing where exact pixels are wished of who takes words alone', () => {
		const pixels: SizeChoice = { mode: 'pixels', width: 2000, height: 1000 };
		const inWords: Sizing = { kind: 'ratio', takesPixels: false };
		expect(resolve(pixels, inWords)).toEqual({ size: { kind: 'none' }, warnings: [] });
	});

	it.each<[string, SizeChoice, Sizing, object]>([
		[
			'in words',
			shaped('16:9'),
			IN_RATIOS,
			{ kind: 'ratio', aspectRatio: '16:9', resolution: '2K' },
		],
		['with `auto` as a word', shaped('auto'), IN_RATIOS, { kind: 'ratio', aspectRatio: 'auto' }],
		['in pixels', shaped('16:9'), IN_PIXELS, { kind: 'pixels', width: 2848, height: 1600 }],
		['as a resolution alone', shaped('auto'), IN_PIXELS, { kind: 'tier', resolution: '2K' }],
	])(
		'is the shape and resolution %s, and nothing is to be said of that',
		(_, choice, sizing, size) => {
			expect(resolve(choice, sizing)).toMatchObject({ size, warnings: [] });
		},
	);

	it.each<[string, SizeChoice, Sizing, object, RegExp]>([
		[
			'a shape that its pages differ on',
			shaped('9:21'),
			IN_RATIOS,
			{ kind: 'ratio' },
			/differ on.*9:21/,
		],
		[
			'a shape that it does not document',
			shaped('3:2'),
			IN_PIXELS,
			{ kind: 'pixels' },
			/3:2 is not among.*2496x1664/,
		],
		[
			'a square in place of a free shape',
			shaped('auto', '4K'),
			IN_PIXELS,
			{ kind: 'pixels', width: 4096, height: 4096 },
			/Auto is sent as 4096x4096/,
		],
		[
			'no size where no shape is given',
			shaped('auto', '4K'),
			PIXELS_ALONE,
			{ kind: 'none' },
			/no size is sent.*For 4K, choose/,
		],
	])('is told to the user where it is not what was wished: %s', (_, choice, sizing, size, said) => {
		expect(resolve(choice, sizing)).toMatchObject({
			size,
			warnings: [expect.stringMatching(said)],
		});
	});
});

describe('the field `size`', () => {
	it('is a resolution or pixels, and is left out for no size', () => {
		expect(sizeField({ kind: 'tier', resolution: '2K' })).toEqual({ size: '2K' });
		expect(sizeField({ kind: 'pixels', width: 20, height: 10 })).toEqual({ size: '20x10' });
		expect(sizeField({ kind: 'none' })).toEqual({});
	});
});
