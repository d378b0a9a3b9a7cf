import { MEGABYTE } from '../../references';
import type { ReferenceRule } from '../../references';
import type { RatioTable } from '../../sizes';
import { FOUR_K, THREE_K, TWO_K } from '../shared/ark/models';
import { PRO_SIZES } from '../shared/proSizes';

/** A field whose values are words. */
export interface Choice<T> {
	readonly field: string;
	readonly words: ReadonlyMap<string, T>;
	/** What it is when it is not there; where there is no such word, the field is required. */
	readonly byDefault?: string | undefined;
}

/** Kie.ai docs, market/seedream and market/bytedance: one page for each model, by what it is for. */
export interface KieModel {
	/** The model line of the vendor. */
	readonly line: string;
	/** In characters. */
	readonly prompt: { readonly min: number; readonly max: number };
	readonly ratio: Choice<string>;
	readonly tier: Choice<RatioTable>;
	/** What `max_images` may be; where it is 1, there is no such field. */
	readonly most: number;
	/** Whether there is an `output_format`; elsewhere the model decides. */
	readonly hasFormat: boolean;
	/** Of a model that edits: images are required there, and no field elsewhere. */
	readonly references?: ReferenceRule;
}

const RATIOS = ['1:1', '4:3', '3:4', '16:9', '9:16', '2:3', '3:2', '21:9'];
const ASPECT_RATIO: Choice<string> = {
	field: 'aspect_ratio',
	words: new Map(RATIOS.map((ratio) => [ratio, ratio])),
};

/** In what `square` differs from `square_hd` is not said. */
const IMAGE_SIZE: Choice<string> = {
	field: 'image_size',
	words: new Map([
		['square', '1:1'],
		['square_hd', '1:1'],
		['portrait_4_3', '3:4'],
		['portrait_3_2', '2:3'],
		['portrait_16_9', '9:16'],
		['landscape_4_3', '4:3'],
		['landscape_3_2', '3:2'],
		['landscape_16_9', '16:9'],
		['landscape_21_9', '21:9'],
	]),
	byDefault: 'square_hd',
};

/** 4:3 in 4K is 4096x3072 (market/bytedance/seedream-v4-text-to-image): the longer side is as the tier says. */
function byLongerSide(side: number): RatioTable {
	const sizes = RATIOS.map((ratio) => {
		const [width = 1, height = 1] = ratio.split(':').map(Number);
		const scale = side / Math.max(width, height);
		return [ratio, `${Math.round(width * scale)}x${Math.round(height * scale)}`] as const;
	});
	return Object.fromEntries(sizes);
}

function tier(
	field: string,
	sizes: Readonly<Record<string, RatioTable>>,
	byDefault?: string,
): Choice<RatioTable> {
	return { field, words: new Map(Object.entries(sizes)), byDefault };
}

const { '1K': ONE_K = {}, '1.5K': ONE_AND_A_HALF_K = {}, '2K': PRO_TWO_K = {} } = PRO_SIZES;

/** The pages say 10 MB or 30 MB. */
const REFERENCES: ReferenceRule = {
	maxCount: 10,
	formats: ['jpeg', 'png', 'webp'],
	maxBytes: 30 * MEGABYTE,
	maxRatio: 16,
	dataUris: false,
};

const FOUR: KieModel = {
	line: '4.0',
	prompt: { min: 1, max: 5000 },
	ratio: IMAGE_SIZE,
	tier: tier(
		'image_resolution',
		{ '1K': byLongerSide(1024), '2K': byLongerSide(2048), '4K': byLongerSide(4096) },
		'1K',
	),
	most: 6,
	hasFormat: false,
};
const FOUR_FIVE: KieModel = {
	line: '4.5',
	prompt: { min: 1, max: 3000 },
	ratio: ASPECT_RATIO,
	tier: tier('quality', { basic: TWO_K, high: FOUR_K }),
	most: 1,
	hasFormat: false,
};
const FIVE_LITE: KieModel = {
	...FOUR_FIVE,
	line: '5.0-lite',
	prompt: { min: 3, max: 3000 },
	tier: tier('quality', { basic: TWO_K, high: THREE_K, ultra: FOUR_K }),
	hasFormat: true,
};
const FIVE_PRO: KieModel = {
	...FIVE_LITE,
	line: '5.0-pro',
	prompt: { min: 3, max: 5000 },
	tier: tier('quality', { basic: ONE_K, high: PRO_TWO_K }),
};
const FIVE_FLASH: KieModel = {
	...FIVE_PRO,
	line: '5.0-flash',
	prompt: { min: 1, max: 5000 },
	tier: tier('size', { '1K': ONE_K, '1.5K': ONE_AND_A_HALF_K, '2K': PRO_TWO_K }, '1K'),
};

function editing(model: KieModel, maxCount: number): KieModel {
	return { ...model, references: { ...REFERENCES, maxCount } };
}

/** Seedream 3.0 is sold here too; of 5.5 only the taking apart is known. */
export const MODELS: ReadonlyMap<string, KieModel> = new Map([
	['bytedance/seedream-v4-text-to-image', FOUR],
	['bytedance/seedream-v4-edit', editing(FOUR, 10)],
	['seedream/4.5-text-to-image', FOUR_FIVE],
	['seedream/4.5-edit', editing(FOUR_FIVE, 14)],
	['seedream/5-lite-text-to-image', FIVE_LITE],
	['seedream/5-lite-image-to-image', editing(FIVE_LITE, 14)],
	['seedream/5-pro-text-to-image', FIVE_PRO],
	['seedream/5-pro-image-to-image', editing(FIVE_PRO, 10)],
	['seedream/5-flash-text-to-image', FIVE_FLASH],
	['seedream/5-flash-image-to-image', editing(FIVE_FLASH, 10)],
]);
