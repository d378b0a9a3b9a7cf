import { MODEL_SPECS, type ModelFamily, type ModelSpec } from '../../models';
import type { Sizing } from '../../resolveSize';
import { RESOLUTIONS, type AspectRatio, type Resolution } from '../../sizes';
import { NO_EXTRAS } from '../dialects/noExtras';
import type { Provider, ProviderModel, ResolvedRequest } from '../provider';

/** Kie.ai docs, market/seedream and market/bytedance: one page for each model. */
interface Sold {
	family: ModelFamily;
	/** Of images from a prompt, and of an edit. */
	ids: readonly [string, string];
	/** The field for the resolution, and its words there. */
	field: string;
	words: Partial<Record<Resolution, string>>;
	/** The most reference images. */
	references: number;
	/** What else differs from the model as its maker describes it. */
	own: Partial<ModelSpec>;
}

const FLASH: Sold = {
	family: 'seedream-5.0-flash',
	ids: ['seedream/5-flash-text-to-image', 'seedream/5-flash-image-to-image'],
	field: 'size',
	words: { '1K': '1K', '1.5K': '1.5K', '2K': '2K' },
	references: 10,
	own: { promptCharacters: { max: 5000 }, outputFormats: ['png', 'jpeg'] },
};

const SOLD: readonly Sold[] = [
	{
		family: 'seedream-4.0',
		ids: ['bytedance/seedream-v4-text-to-image', 'bytedance/seedream-v4-edit'],
		field: 'image_resolution',
		words: { '1K': '1K', '2K': '2K', '4K': '4K' },
		references: 10,
		own: { maxImages: 6, seed: true, promptCharacters: { max: 5000 } },
	},
	{
		family: 'seedream-4.5',
		ids: ['seedream/4.5-text-to-image', 'seedream/4.5-edit'],
		field: 'quality',
		words: { '2K': 'basic', '4K': 'high' },
		references: 14,
		own: { promptCharacters: { max: 3000 } },
	},
	{
		family: 'seedream-5.0-lite',
		ids: ['seedream/5-lite-text-to-image', 'seedream/5-lite-image-to-image'],
		field: 'quality',
		words: { '2K': 'basic', '3K': 'high', '4K': 'ultra' },
		references: 14,
		own: { promptCharacters: { min: 3, max: 3000 }, outputFormats: ['png', 'jpeg'] },
	},
	{
		family: 'seedream-5.0-pro',
		ids: ['seedream/5-pro-text-to-image', 'seedream/5-pro-image-to-image'],
		field: 'quality',
		words: { '1K': 'basic', '2K': 'high' },
		references: 10,
		own: { promptCharacters: { min: 3, max: 5000 }, outputFormats: ['png', 'jpeg'] },
	},
	FLASH,
];

/** What the models' maker states and Kie.ai does not. */
const NOT_DEMANDED: ModelSpec['notDemanded'] = ['imagesAndReferences', 'referenceFile'];

function modelOf({ family, ids: [id, edit], words, references, own }: Sold): ProviderModel {
	const spec = MODEL_SPECS[family];
	return {
		id,
		ids: { edit },
		spec: {
			...spec,
			...NO_EXTRAS,
			maxImages: 1,
			references: {
				...spec.references,
				count: references,
				formats: ['jpeg', 'png', 'webp'],
			},
			outputFormats: [],
			...own,
			resolutions: spec.resolutions.filter((resolution) => resolution in words),
			notDemanded: NOT_DEMANDED,
		},
	};
}

/** The models that it sells. */
export const MODELS: Provider['models'] = Object.fromEntries(
	SOLD.map((sold) => [sold.family, modelOf(sold)]),
);

/** The shapes that all models take (Kie.ai docs, `aspect_ratio`), with their words on 4.0 (`image_size`). */
const SHAPES: ReadonlyMap<AspectRatio, string> = new Map([
	['1:1', 'square_hd'],
	['4:3', 'landscape_4_3'],
	['3:4', 'portrait_4_3'],
	['16:9', 'landscape_16_9'],
	['9:16', 'portrait_16_9'],
	['2:3', 'portrait_3_2'],
	['3:2', 'landscape_3_2'],
	['21:9', 'landscape_21_9'],
]);

/** A model that is not known here is taken to be like the newest that is. */
function soldAs(modelId: string): Sold {
	return SOLD.find(({ ids }) => ids.includes(modelId)) ?? FLASH;
}

/** All but 4.0 demand a size. */
export function sizingOf(modelId: string): Sizing {
	const { family, words } = soldAs(modelId);
	const resolution = RESOLUTIONS.find((one) => words[one]) ?? '2K';
	return {
		kind: 'ratio',
		shapes: [...SHAPES.keys()],
		takesPixels: false,
		...(family !== 'seedream-4.0' && { demanded: { aspectRatio: '1:1', resolution } }),
	};
}

/** The size in the words of the model; of layers, how fine they are to be. */
export function sizeFields({ modelId, size }: ResolvedRequest): Record<string, unknown> {
	if (size.kind === 'tier') return { size: size.resolution };
	if (size.kind !== 'ratio') return {};
	const { aspectRatio, resolution } = size;
	const { family, field, words } = soldAs(modelId);
	return {
		...(family === 'seedream-4.0'
			? { image_size: SHAPES.get(aspectRatio) ?? aspectRatio }
			: { aspect_ratio: aspectRatio }),
		[field]: words[resolution] ?? resolution,
	};
}
