import { MODEL_SPECS, type ModelSpec } from './models';
import type { ImageFormat, ReferenceLimits } from './references';
import type { Resolution } from './sizes';

/** The models that take an image apart into its layers (ModelArk docs 1541523, `layer_decomposition`). */
export const LAYER_FAMILIES = ['seedream-5.0-pro', 'seedream-5.0-flash', 'seedream-5.5'] as const;

export type LayerFamily = (typeof LAYER_FAMILIES)[number];

/** How fine layers may be; `auto` keeps the size of the image as far as the model makes that. */
export const LAYER_RESOLUTIONS = ['auto', '1K', '1.5K', '2K'] as const;

export type LayerResolution = 'auto' | Resolution;

/** The most layers that an image may be taken apart into, its base included: with 5.0, and with 5.5. */
export const MAX_LAYERS = 17;
export const MAX_LAYERS_OF_5_5 = 100;

/** Taken by what its resellers say, and not named by the models' maker (Comfy docs, Kie docs). */
const DISPUTED_FORMATS: readonly ImageFormat[] = ['webp', 'bmp', 'tiff', 'gif'];

/** A model as it takes an image apart: one image, and nothing that is about making new ones. */
function layerSpec(family: LayerFamily, maxImages: number): ModelSpec {
	const spec = MODEL_SPECS[family];
	return {
		...spec,
		resolutions: ['1K', '1.5K', '2K'],
		maxImages,
		references: layerReferences(spec.references),
		backgrounds: [],
	};
}

function layerReferences(limits: ReferenceLimits): ReferenceLimits {
	return {
		...limits,
		count: 1,
		minArea: 262_144,
		formats: ['jpeg', 'png', ...DISPUTED_FORMATS],
		disputedFormats: DISPUTED_FORMATS,
	};
}

/** The models as their maker takes images apart with them; what one who sells them does not take stands in its own file. */
export const LAYER_SPECS: Readonly<Record<LayerFamily, ModelSpec>> = {
	'seedream-5.0-pro': layerSpec('seedream-5.0-pro', MAX_LAYERS),
	'seedream-5.0-flash': layerSpec('seedream-5.0-flash', MAX_LAYERS),
	'seedream-5.5': { ...layerSpec('seedream-5.5', MAX_LAYERS_OF_5_5), saidFormat: 'png' },
};

/** One layer of an image that was taken apart, as the provider describes it. */
export interface Layer {
	/** Its place in the stack; the base, which has no box, is 0. */
	zIndex: number;
	name?: string;
	description?: string;
	/** Where it belongs: `absolute` in pixels of the base, `normalized` in thousandths of it, each `[left, top, right, bottom]`. */
	boundingBox?: unknown;
	/** What else the provider says of it. */
	[key: string]: unknown;
}
