import { LAYER_SPECS } from '../../layers';
import { MODEL_SPECS, type LimitName, type ModelSpec } from '../../models';
import type { Shape } from '../../presets';
import type { Sizing } from '../../resolveSize';
import { NO_EXTRAS } from '../dialects/noExtras';
import type { LayerPlan, Provider } from '../provider';

/** Replicate says how many reference images there may be, and not what they must be. What is no image of the maker's formats fails only when it is perhaps billed. */
const NOT_DEMANDED: readonly LimitName[] = ['referenceFile'];

const FOUR_ID = 'bytedance/seedream-4';
const PRO_ID = 'bytedance/seedream-5-pro';

const PROMPT = { promptCharacters: { max: 4000 } } satisfies Partial<ModelSpec>;
const PNG_FIRST = { outputFormats: ['png', 'jpeg'] } satisfies Partial<ModelSpec>;

const FOUR = MODEL_SPECS['seedream-4.0'];

/**
 * replicate.com/bytedance/seedream-…/versions/…/api. Of 4.5 there are versions with exact pixels and
 * with longer prompts, and it is not said which one serves: this is what all of them take.
 */
export const MODELS: Provider['models'] = {
	'seedream-4.0': {
		id: FOUR_ID,
		spec: {
			...FOUR,
			...NO_EXTRAS,
			notDemanded: NOT_DEMANDED,
			size: { area: { min: 1024 ** 2, max: 4096 ** 2 }, ratio: 4, side: 4096, minSide: 1024 },
			references: { ...FOUR.references, count: 10 },
		},
	},
	'seedream-4.5': {
		id: 'bytedance/seedream-4.5',
		spec: { ...MODEL_SPECS['seedream-4.5'], ...NO_EXTRAS, ...PROMPT, notDemanded: NOT_DEMANDED },
	},
	'seedream-5.0-lite': {
		id: 'bytedance/seedream-5-lite',
		spec: {
			...MODEL_SPECS['seedream-5.0-lite'],
			...NO_EXTRAS,
			...PNG_FIRST,
			notDemanded: NOT_DEMANDED,
			resolutions: ['2K', '3K'],
		},
	},
	'seedream-5.0-pro': {
		id: PRO_ID,
		spec: {
			...MODEL_SPECS['seedream-5.0-pro'],
			...NO_EXTRAS,
			...PNG_FIRST,
			...PROMPT,
			notDemanded: NOT_DEMANDED,
			resolutions: ['1K', '2K'],
		},
	},
};

/** replicate.com/bytedance/seedream-5-pro, `layer_decomposition`. */
export const LAYERS: LayerPlan = {
	models: {
		'seedream-5.0-pro': {
			id: PRO_ID,
			spec: { ...LAYER_SPECS['seedream-5.0-pro'], ...NO_EXTRAS, ...PNG_FIRST, ...PROMPT },
		},
	},
	refusedFields: [],
	doubt: (modelId) =>
		modelId === PRO_ID
			? undefined
			: `Replicate takes images apart with ${PRO_ID}; ${modelId} may make a plain edit, which is paid for.`,
};

const SHAPES: readonly Shape[] = ['1:1', '2:3', '3:2', '3:4', '4:3', '9:16', '16:9', '21:9'];

const KNOWN_IDS = Object.values(MODELS).map(({ id }) => id);

/** Of the models that are known only 4.0 takes exact pixels in all versions. Of the list of 5.0 Pro only a part was seen. */
export function sizingOf(modelId: string): Sizing {
	return {
		kind: 'ratio',
		shapes: SHAPES,
		takesPixels: modelId === FOUR_ID || !KNOWN_IDS.includes(modelId),
		...(modelId === PRO_ID && { disputedShapes: ['21:9'] }),
	};
}
