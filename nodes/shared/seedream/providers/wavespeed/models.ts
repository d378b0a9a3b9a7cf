import { LAYER_SPECS, type LayerFamily } from '../../layers';
import { MODEL_SPECS, type LimitName, type ModelFamily, type ModelSpec } from '../../models';
import { MAKER_SHAPES } from '../../presets';
import type { Sizing } from '../../resolveSize';
import { ASPECT_RATIOS } from '../../sizes';
import { doubtWithout } from '../dialects/layerModels';
import type { LayerPlan, ProviderModel } from '../provider';
import { NAMES } from './errors';

/** It has no field for these, on any model. */
const WITHOUT = { watermark: false, webSearch: false, stream: false } as const;

/** Its pages contradict each other on sizes, and say nothing of the others: the limits are those of the models' maker. */
const NOT_DEMANDED: readonly LimitName[] = ['size', 'imagesAndReferences', 'referenceFile'];

/** The word that makes an ID one for layers. */
const LAYERS_WORD = 'layer-decomposition';

/** WaveSpeedAI, models/bytedance/…/llms.txt: the path is the model, and says also what is wanted of it. */
function model(
	family: ModelFamily,
	path: string,
	own: Partial<ModelSpec> = {},
): ProviderModel & { spec: ModelSpec } {
	const id = `bytedance/seedream-${path}`;
	const spec = MODEL_SPECS[family];
	const edit = `${id}/edit`;
	return {
		id,
		ids:
			spec.maxImages > 1
				? { edit, set: `${id}/sequential`, editSet: `${id}/edit-sequential` }
				: { edit },
		spec: {
			...spec,
			...WITHOUT,
			notDemanded: NOT_DEMANDED,
			references: { ...spec.references, count: 10 },
			...own,
		},
	};
}

export const MODELS: Partial<Record<ModelFamily, ProviderModel>> = {
	'seedream-4.0': model('seedream-4.0', 'v4', { promptPriorities: ['standard'] }),
	'seedream-4.5': model('seedream-4.5', 'v4.5'),
	'seedream-5.0-lite': model('seedream-5.0-lite', 'v5.0-lite'),
	'seedream-5.0-pro': model('seedream-5.0-pro', 'v5.0-pro', { backgrounds: [] }),
	'seedream-5.0-flash': model('seedream-5.0-flash', 'v5.0-flash', { backgrounds: [] }),
	'seedream-5.5': model('seedream-5.5', 'v5.5', { resolutions: ['1K', '1.5K', '2K', '3K'] }),
};

/** Its pages: no resolution of the image's own, PNG and JPEG only. As JPEG, layers lose their transparency, users say. */
function layerModel(family: LayerFamily, path: string): ProviderModel {
	const spec = LAYER_SPECS[family];
	return {
		id: `bytedance/seedream-${path}/${LAYERS_WORD}`,
		spec: {
			...spec,
			...WITHOUT,
			demandsResolution: true,
			outputFormats: ['png'],
			saidFormat: 'png',
			references: { ...spec.references, formats: ['jpeg', 'png'], disputedFormats: [] },
		},
	};
}

export const LAYERS: LayerPlan = {
	models: {
		'seedream-5.0-pro': layerModel('seedream-5.0-pro', 'v5.0-pro'),
		'seedream-5.0-flash': layerModel('seedream-5.0-flash', 'v5.0-flash'),
		'seedream-5.5': layerModel('seedream-5.5', 'v5.5'),
	},
	refusedFields: ['images', 'size', 'aspect_ratio', 'max_images', 'background'],
	doubt: doubtWithout(LAYERS_WORD, NAMES.name),
};

/** 4.0, 4.5 and 5.0 Lite take pixels; all later ones, and so a model that is not known, a shape and a resolution. */
export function sizingOf(modelId: string): Sizing {
	return /seedream-v[1-4]|lite/.test(modelId)
		? { kind: 'pixels', shapes: MAKER_SHAPES, tiers: [] }
		: {
				kind: 'ratio',
				shapes: ASPECT_RATIOS.filter((ratio) => ratio !== 'auto'),
				takesPixels: false,
			};
}
