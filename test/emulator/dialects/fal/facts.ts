import { MEGABYTE } from '../../references';
import type { ReferenceRule } from '../../references';
import type { Size } from '../../sizes';

/** The pages of the models on fal.ai (`llms.txt`), and the endpoint types of fal's own client. */
export interface FalModel {
	/** The model line of the vendor. */
	readonly line: string;
	/** Everything that is read of a body; nobody says that more is refused. */
	readonly fields: readonly string[];
	/** Names that `image_size` takes besides those that all models take. */
	readonly autoSizes: readonly string[];
	readonly defaultSize: string | Size;
	/** What is outside of it is scaled without a word. */
	readonly range: SizeRange;
	readonly references: ReferenceRule;
	/** Whether the answer tells the seed. */
	readonly tellsSeed: boolean;
	/** Input images and made ones together, where a limit is documented. */
	readonly mostTogether?: number;
}

export interface SizeRange {
	readonly minArea: number;
	readonly maxArea: number;
}

/** What `image_size` takes on every model, and the ratio that it stands for. */
export const PRESETS: Readonly<Record<string, Size>> = {
	square_hd: { width: 1, height: 1 },
	square: { width: 1, height: 1 },
	portrait_4_3: { width: 3, height: 4 },
	portrait_16_9: { width: 9, height: 16 },
	landscape_4_3: { width: 4, height: 3 },
	landscape_16_9: { width: 16, height: 9 },
};

/** So many input images are used: the last, where there are more. */
export const MOST_REFERENCES = 10;

const FORMATS = ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'];

/** Not documented for these: what the models take at their maker. */
const REFERENCES: ReferenceRule = {
	maxCount: MOST_REFERENCES,
	formats: FORMATS,
	maxBytes: 10 * MEGABYTE,
	maxRatio: 16,
	dataUris: true,
};
const PRO_REFERENCES: ReferenceRule = {
	...REFERENCES,
	formats: [...FORMATS, 'heic', 'heif'],
	maxBytes: 30 * MEGABYTE,
};

const FIELDS = ['prompt', 'image_size', 'num_images', 'sync_mode'];
const MAX_AREA = 16_777_216;
const SQUARE: Size = { width: 2048, height: 2048 };

const FOUR: FalModel = {
	line: '4.0',
	fields: [...FIELDS, 'max_images', 'seed'],
	autoSizes: ['auto', 'auto_2K', 'auto_4K'],
	defaultSize: SQUARE,
	range: { minArea: 921_600, maxArea: MAX_AREA },
	references: REFERENCES,
	tellsSeed: true,
};

const FOUR_FIVE: FalModel = {
	...FOUR,
	line: '4.5',
	autoSizes: ['auto_2K', 'auto_4K'],
	// Or both sides from 1920 to 4096, which is within it.
	range: { minArea: 3_686_400, maxArea: MAX_AREA },
};

const FIVE_LITE: FalModel = {
	...FOUR,
	line: '5.0-lite',
	fields: [...FIELDS, 'max_images'],
	autoSizes: ['auto_2K', 'auto_3K', 'auto_4K'],
	defaultSize: 'auto_2K',
	range: { minArea: 3_686_400, maxArea: MAX_AREA },
};

const FIVE_PRO: FalModel = {
	line: '5.0-pro',
	fields: [...FIELDS, 'output_format'],
	autoSizes: ['auto_1K', 'auto_2K'],
	defaultSize: 'auto_2K',
	range: { minArea: 1_048_576, maxArea: 4_194_304 },
	references: PRO_REFERENCES,
	tellsSeed: false,
};

const FIVE_FLASH: FalModel = { ...FIVE_PRO, line: '5.0-flash' };

/** Its range is not printed: that of the model at its maker. */
const FIVE_FIVE: FalModel = {
	...FIVE_PRO,
	line: '5.5',
	fields: [...FIVE_PRO.fields, 'background'],
	autoSizes: ['auto_1K', 'auto_1.5K', 'auto_2K'],
	range: { minArea: 921_600, maxArea: 4_624_220 },
};

const TOGETHER = { mostTogether: 15 };

/** Without `edit` at the end: from a prompt alone. */
export const MODELS: Readonly<Record<string, FalModel>> = {
	'fal-ai/bytedance/seedream/v4/text-to-image': FOUR,
	'fal-ai/bytedance/seedream/v4/edit': { ...FOUR, ...TOGETHER },
	'fal-ai/bytedance/seedream/v4.5/text-to-image': FOUR_FIVE,
	'fal-ai/bytedance/seedream/v4.5/edit': { ...FOUR_FIVE, ...TOGETHER, tellsSeed: false },
	'bytedance/seedream/v5/lite/text-to-image': FIVE_LITE,
	'bytedance/seedream/v5/lite/edit': FIVE_LITE,
	'fal-ai/bytedance/seedream/v5/lite/text-to-image': FIVE_LITE,
	'fal-ai/bytedance/seedream/v5/lite/edit': FIVE_LITE,
	'bytedance/seedream/v5/pro/text-to-image': FIVE_PRO,
	'bytedance/seedream/v5/pro/us/text-to-image': {
		...FIVE_PRO,
		range: { minArea: 921_600, maxArea: 4_624_220 },
	},
	'bytedance/seedream/v5/pro/edit': FIVE_PRO,
	'bytedance/seedream/v5/flash/text-to-image': FIVE_FLASH,
	'bytedance/seedream/v5/flash/edit': FIVE_FLASH,
	'bytedance/seedream/v5.5/text-to-image': FIVE_FIVE,
	'bytedance/seedream/v5.5/edit': FIVE_FIVE,
};

export interface FalLayerModel {
	readonly line: string;
	/** Beside the base. */
	readonly most: number;
}

/** The one picture that is taken apart. */
export const PICTURE: ReferenceRule = { ...REFERENCES, maxBytes: 30 * MEGABYTE, minArea: 262_144 };

/** The models that take a picture apart. */
export const LAYER_MODELS: Readonly<Record<string, FalLayerModel>> = {
	'bytedance/seedream/v5/pro/layerize': { line: '5.0-pro', most: 16 },
	'bytedance/seedream/v5/flash/layerize': { line: '5.0-flash', most: 16 },
	'bytedance/seedream/v5.5/layerize': { line: '5.5', most: 99 },
};

/** What a status and a result are asked for under: the first two parts of the model's ID. */
export function appOf(modelId: string): string {
	return modelId.split('/').slice(0, 2).join('/');
}
