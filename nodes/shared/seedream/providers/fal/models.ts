import { LAYER_FAMILIES, LAYER_SPECS } from '../../layers';
import { MODEL_FAMILIES, MODEL_SPECS, type ModelFamily, type ModelSpec } from '../../models';
import { ASPECT_RATIOS, type Resolution } from '../../sizes';
import type { Sizing } from '../../resolveSize';
import { doubtWithout } from '../dialects/layerModels';
import type { LayerPlan, Provider } from '../provider';

/** What fal has of its own about one model (the pages of the models on fal.ai). */
interface Sold {
	/** What its IDs begin with; the operation is their last part. */
	path: string;
	/** The resolutions that have a word, `auto_2K`. */
	tiers: readonly Resolution[];
	spec: Partial<ModelSpec>;
}

const NEW = 'bytedance/seedream/v5';
const OLD = 'fal-ai/bytedance/seedream/v4';

/** Of what is made and shown together; the others are silent on it. */
const TOGETHER = { imagesAndReferences: 15 };

/** fal scales sizes beyond it without a word. */
const SINGLE: Partial<ModelSpec> = {
	size: { area: { min: 1_048_576, max: 4_194_304 }, ratio: 16 },
	outputFormats: ['png', 'jpeg'],
	promptPriorities: ['standard'],
};

const SOLD: Readonly<Record<ModelFamily, Sold>> = {
	'seedream-4.0': { path: OLD, tiers: ['2K', '4K'], spec: { seed: true, ...TOGETHER } },
	'seedream-4.5': { path: `${OLD}.5`, tiers: ['2K', '4K'], spec: { seed: true, ...TOGETHER } },
	'seedream-5.0-lite': {
		path: `${NEW}/lite`,
		tiers: ['2K', '3K', '4K'],
		spec: { outputFormats: [], webSearch: false },
	},
	'seedream-5.0-pro': { path: `${NEW}/pro`, tiers: ['1K', '2K'], spec: SINGLE },
	'seedream-5.0-flash': { path: `${NEW}/flash`, tiers: ['1K', '2K'], spec: SINGLE },
	'seedream-5.5': {
		path: `${NEW}.5`,
		tiers: ['1K', '1.5K', '2K'],
		spec: { backgrounds: MODEL_SPECS['seedream-5.5'].backgrounds },
	},
};

/** What the models have no field for, and what fal makes of them: up to six runs of one image each. */
const OF_ALL: Partial<ModelSpec> = {
	maxImages: 6,
	imagesAndReferences: 16,
	watermark: false,
	backgrounds: [],
	stream: false,
};

/** Of more input images fal takes the last ones without a word. */
const MOST_REFERENCES = 10;

function specOf(family: ModelFamily): ModelSpec {
	const spec = MODEL_SPECS[family];
	return {
		...spec,
		...OF_ALL,
		references: { ...spec.references, count: MOST_REFERENCES },
		notDemanded: ['referenceFile'],
		...SOLD[family].spec,
	};
}

export const MODELS: Provider['models'] = Object.fromEntries(
	MODEL_FAMILIES.map((family) => {
		const { path } = SOLD[family];
		const ids = { edit: `${path}/edit` };
		return [family, { id: `${path}/text-to-image`, ids, spec: specOf(family) }];
	}),
);

/** The last part of the model's ID is the switch. */
export const LAYERS: LayerPlan = {
	models: Object.fromEntries(
		LAYER_FAMILIES.map((family) => {
			const fields = { promptPriorities: ['standard'], outputFormats: [], saidFormat: undefined };
			const spec = { ...LAYER_SPECS[family], ...fields, watermark: false };
			return [family, { id: `${SOLD[family].path}/layerize`, spec }];
		}),
	),
	refusedFields: [],
	doubt: doubtWithout('layerize', 'fal'),
};

/** Any pixels are taken, so each shape is; `auto` in words, where the model has one for the resolution. */
export function sizingOf(modelId: string): Sizing {
	const sold = Object.values(SOLD).find(({ path }) => modelId.startsWith(`${path}/`));
	const shapes = ASPECT_RATIOS.filter((shape) => shape !== 'auto');
	return { kind: 'pixels', shapes, tiers: sold?.tiers ?? [] };
}
