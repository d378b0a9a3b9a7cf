import type { ModelSpec } from './models';
import {
	area,
	nearestSize,
	sizeProblems,
	type AspectRatio,
	type Resolution,
	type Size,
} from './sizes';

type Landscape = '1:1' | '5:4' | '4:3' | '3:2' | '16:9' | '21:9';

type Sides = readonly [width: number, height: number];

/** A model's own size for each shape; portrait is the same with the sides changed over. */
type Presets = Readonly<Record<Landscape, Sides>>;

/** A shape with its two sides given. */
export type Shape = Exclude<AspectRatio, 'auto'>;

const SHAPES: Readonly<Record<Shape, { landscape: Landscape; isTurned: boolean }>> = {
	'1:1': { landscape: '1:1', isTurned: false },
	'5:4': { landscape: '5:4', isTurned: false },
	'4:5': { landscape: '5:4', isTurned: true },
	'4:3': { landscape: '4:3', isTurned: false },
	'3:4': { landscape: '4:3', isTurned: true },
	'3:2': { landscape: '3:2', isTurned: false },
	'2:3': { landscape: '3:2', isTurned: true },
	'16:9': { landscape: '16:9', isTurned: false },
	'9:16': { landscape: '16:9', isTurned: true },
	'21:9': { landscape: '21:9', isTurned: false },
	'9:21': { landscape: '21:9', isTurned: true },
};

/** ModelArk docs 1541523; 5:4 is EvoLink's (EvoLink docs, image-series/seedream). */
const IMAGE_SET_PRESETS: Record<'1K' | '2K' | '3K' | '4K', Presets> = {
	'1K': {
		'1:1': [1024, 1024],
		'5:4': [1120, 896],
		'4:3': [1152, 864],
		'3:2': [1248, 832],
		'16:9': [1312, 736],
		'21:9': [1568, 672],
	},
	'2K': {
		'1:1': [2048, 2048],
		'5:4': [2240, 1792],
		'4:3': [2304, 1728],
		'3:2': [2496, 1664],
		'16:9': [2848, 1600],
		'21:9': [3136, 1344],
	},
	'3K': {
		'1:1': [3072, 3072],
		'5:4': [3360, 2688],
		'4:3': [3456, 2592],
		'3:2': [3744, 2496],
		'16:9': [4096, 2304],
		'21:9': [4704, 2016],
	},
	'4K': {
		'1:1': [4096, 4096],
		'5:4': [4480, 3584],
		'4:3': [4704, 3520],
		'3:2': [4992, 3328],
		'16:9': [5504, 3040],
		'21:9': [6240, 2656],
	},
};

/** EvoLink docs, image-series/seedream-5.0-pro. */
const ONE_IMAGE_PRESETS: Record<'1K' | '1.5K' | '2K', Presets> = {
	'1K': {
		'1:1': [1024, 1024],
		'5:4': [1120, 896],
		'4:3': [1152, 864],
		'3:2': [1248, 832],
		'16:9': [1424, 800],
		'21:9': [1568, 672],
	},
	'1.5K': {
		'1:1': [1536, 1536],
		'5:4': [1680, 1344],
		'4:3': [1792, 1344],
		'3:2': [1872, 1248],
		'16:9': [2048, 1152],
		'21:9': [2352, 1008],
	},
	'2K': {
		'1:1': [2048, 2048],
		'5:4': [2240, 1792],
		'4:3': [2368, 1776],
		'3:2': [2496, 1664],
		'16:9': [2816, 1584],
		'21:9': [3136, 1344],
	},
};

const IMAGE_SET_FIRST: Record<Resolution, Presets> = { ...ONE_IMAGE_PRESETS, ...IMAGE_SET_PRESETS };
const ONE_IMAGE_FIRST: Record<Resolution, Presets> = { ...IMAGE_SET_PRESETS, ...ONE_IMAGE_PRESETS };

/** The shapes that the models' maker documents sizes for (ModelArk docs 1541523). */
export const MAKER_SHAPES: readonly Shape[] = [
	'1:1',
	'2:3',
	'3:2',
	'3:4',
	'4:3',
	'9:16',
	'16:9',
	'21:9',
];

/** Sizes that a provider documents itself, by resolution and shape. */
export type OwnSizes = Readonly<Partial<Record<Resolution, Partial<Record<Shape, Size>>>>>;

/**
 * The pixels that a shape and a resolution stand for: the provider's own where it documents some,
 * else the model's, where they fit the limits; otherwise the nearest of exactly that shape. Without
 * limits (a custom model) the size of the models that make image sets is taken.
 */
export function presetSize(
	shape: Shape,
	resolution: Resolution,
	spec: ModelSpec | undefined,
	ownSizes: OwnSizes = {},
): Size {
	const modelSize = sizeOfModel(shape, resolution, spec?.presets === 'single');
	const preset = ownSizes[resolution]?.[shape] ?? modelSize;
	if (!spec || sizeProblems(preset, spec.size).length === 0) return preset;
	return nearestSize(exactShape(shape, area(modelSize)), spec.size);
}

function sizeOfModel(shape: Shape, resolution: Resolution, isSingle: boolean): Size {
	const presets = isSingle ? ONE_IMAGE_FIRST : IMAGE_SET_FIRST;
	const { landscape, isTurned } = SHAPES[shape];
	const [longer, shorter] = presets[resolution][landscape];
	return isTurned ? { width: shorter, height: longer } : { width: longer, height: shorter };
}

function exactShape(shape: Shape, pixels: number): Size {
	const [width = 1, height = 1] = shape.split(':').map(Number);
	const unit = Math.sqrt(pixels / (width * height));
	return { width: width * unit, height: height * unit };
}
