import type { Layer } from '../../../layers';
import { MEGABYTE } from '../../../references';
import type { ReferenceRule } from '../../../references';
import type { RatioTable, SizeRule } from '../../../sizes';
import { PRO_SIZES } from '../proSizes';

/**
 * One model line of the origin (ModelArk docs 1541523 and 1824121; Volcengine docs 82379/1541523).
 */
export interface ArkModel {
	readonly line: string;
	readonly size: SizeRule;
	/** The tiers that `size` takes, and the vendor's pixels for them. */
	readonly tiers: Readonly<Record<string, RatioTable>>;
	readonly references: ReferenceRule;
	readonly fastPrompts: boolean;
	readonly defaultFormat: 'jpeg' | 'png';
	/** What `background` may be; the first is its default. */
	readonly backgrounds: readonly string[];
	/** Fields of an answer that only newer models fill. */
	readonly tells: readonly Detail[];
	/** Where the model takes pictures apart. */
	readonly layers?: LayerFacts;
	/**
	 * Fields that other models have. The model refuses them whatever their value, even at their
	 * default.
	 */
	readonly unsupportedFields: readonly string[];
}

export type Detail = 'output_format' | 'input_images' | 'background';

export interface LayerFacts {
	/** Beside the base. */
	readonly most: number;
	/**
	 * What the model tells of a layer under keys that no documentation names. That there are such is
	 * known of 5.5 (LaoZhang docs); their names here are made up.
	 */
	undocumented(layer: Layer): Readonly<Record<string, unknown>>;
}

const ONE_K: RatioTable = {
	'1:1': '1024x1024',
	'4:3': '1152x864',
	'3:4': '864x1152',
	'16:9': '1312x736',
	'9:16': '736x1312',
	'3:2': '1248x832',
	'2:3': '832x1248',
	'21:9': '1568x672',
};
export const TWO_K: RatioTable = {
	'1:1': '2048x2048',
	'4:3': '2304x1728',
	'3:4': '1728x2304',
	'16:9': '2848x1600',
	'9:16': '1600x2848',
	'3:2': '2496x1664',
	'2:3': '1664x2496',
	'21:9': '3136x1344',
};
export const THREE_K: RatioTable = {
	'1:1': '3072x3072',
	'4:3': '3456x2592',
	'3:4': '2592x3456',
	'16:9': '4096x2304',
	'9:16': '2304x4096',
	'3:2': '3744x2496',
	'2:3': '2496x3744',
	'21:9': '4704x2016',
};
export const FOUR_K: RatioTable = {
	'1:1': '4096x4096',
	'4:3': '4704x3520',
	'3:4': '3520x4704',
	'16:9': '5504x3040',
	'9:16': '3040x5504',
	'3:2': '4992x3328',
	'2:3': '3328x4992',
	'21:9': '6240x2656',
};

const FORMATS = ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'];
export const REFERENCES: ReferenceRule = {
	maxCount: 14,
	formats: FORMATS,
	maxBytes: 10 * MEGABYTE,
	maxRatio: 16,
	dataUris: true,
};

const PRO_FIELDS = ['background', 'layer_decomposition'];
const SET_FIELDS = ['sequential_image_generation', 'sequential_image_generation_options'];
const MAX_AREA = 16_777_216;

export const FOUR: ArkModel = {
	line: '4.0',
	size: { minArea: 921_600, maxArea: MAX_AREA },
	tiers: { '1K': ONE_K, '2K': TWO_K, '4K': FOUR_K },
	references: REFERENCES,
	fastPrompts: true,
	defaultFormat: 'jpeg',
	backgrounds: ['opaque'],
	tells: [],
	unsupportedFields: ['output_format', 'tools', ...PRO_FIELDS],
};

export const FOUR_FIVE: ArkModel = {
	...FOUR,
	line: '4.5',
	size: { minArea: 3_686_400, maxArea: MAX_AREA },
	tiers: { '2K': TWO_K, '4K': FOUR_K },
	fastPrompts: false,
};

export const FIVE_LITE: ArkModel = {
	...FOUR_FIVE,
	line: '5.0-lite',
	tiers: { '2K': TWO_K, '3K': THREE_K, '4K': FOUR_K },
	unsupportedFields: PRO_FIELDS,
};

export const FIVE_PRO: ArkModel = {
	line: '5.0-pro',
	size: { minArea: 921_600, maxArea: 4_624_220 },
	tiers: PRO_SIZES,
	references: {
		...REFERENCES,
		maxCount: 10,
		formats: [...FORMATS, 'heic', 'heif'],
		maxBytes: 30 * MEGABYTE,
	},
	fastPrompts: true,
	defaultFormat: 'jpeg',
	backgrounds: ['opaque', 'transparent'],
	tells: ['output_format', 'input_images'],
	layers: { most: 16, undocumented: () => ({ blend_mode: 'normal' }) },
	unsupportedFields: [...SET_FIELDS, 'stream', 'tools'],
};

export const FIVE_FLASH: ArkModel = { ...FIVE_PRO, line: '5.0-flash', fastPrompts: false };

/** LaoZhang docs, Seedream 5.5; Comfy docs, byteplus/seedream-5-5-261028. */
export const FIVE_FIVE: ArkModel = {
	...FIVE_FLASH,
	line: '5.5',
	defaultFormat: 'png',
	backgrounds: ['auto', 'opaque', 'transparent'],
	tells: [...FIVE_FLASH.tells, 'background'],
	layers: {
		most: 99,
		undocumented: ({ name, box }) => ({ text_lines: [{ text: name, box: box.absolute }] }),
	},
};

/** As the origin in China sells them (docs 82379/1541523), and who relays from there. */
export const MODELS_IN_CHINA = {
	'doubao-seedream-4-0-250828': FOUR,
	'doubao-seedream-4-5-251128': FOUR_FIVE,
	'doubao-seedream-5-0-260128': FIVE_LITE,
	'doubao-seedream-5-0-lite-260128': FIVE_LITE,
	'doubao-seedream-5-0-pro-260628': FIVE_PRO,
	'doubao-seedream-5-0-flash-260915': FIVE_FLASH,
	'doubao-seedream-5-5-261028': FIVE_FIVE,
};
