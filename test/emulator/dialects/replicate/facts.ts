import { z } from 'zod/v4';
import type { ReferenceRule } from '../../references';
import type { RatioTable } from '../../sizes';
import { FIVE_LITE, FIVE_PRO, FOUR, FOUR_FIVE } from '../shared/ark/models';
import type { ArkModel } from '../shared/ark/models';

/** Everything that the models' `input` may hold; each has some of it. */
export interface Input {
	readonly prompt?: string;
	readonly image_input?: readonly string[];
	readonly size?: string;
	readonly width?: number;
	readonly height?: number;
	readonly aspect_ratio?: string;
	readonly sequential_image_generation?: 'disabled' | 'auto';
	readonly max_images?: number;
	readonly output_format?: 'png' | 'jpeg';
	readonly layer_decomposition?: boolean;
}

/** A model by Replicate's pages bytedance/seedream-…/versions/…/api. */
export interface ReplicateModel {
	readonly line: string;
	/** What is checked when a prediction is created; the rest comes to light when it runs. */
	readonly input: z.ZodType<Input>;
	/** What comes out of each tier; Replicate prints no pixels, so they are the maker's. */
	readonly tiers: Readonly<Record<string, RatioTable>>;
	readonly defaultFormat: 'jpeg' | 'png';
	/** Replicate prints no rule for pictures either. */
	readonly references: ReferenceRule;
}

const RATIOS = ['match_input_image', '1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'];

const side = z.int().min(1024).max(4096).optional();
const format = z.enum(['png', 'jpeg']).optional();

/** Characters of which some are two units of JavaScript's. */
const shortPrompt = z.string().check(({ value, issues }) => {
	if (Array.from(value).length > 4000)
		issues.push({ code: 'too_big', origin: 'string', maximum: 4000, input: value });
});

const fieldsOfAll = (mostPictures: number, sizes: readonly string[]) => ({
	prompt: z.string(),
	image_input: z.array(z.url()).max(mostPictures).optional(),
	size: z.enum(sizes).optional(),
	aspect_ratio: z.enum(RATIOS).optional(),
});

const setFields = {
	sequential_image_generation: z.enum(['disabled', 'auto']).optional(),
	max_images: z.int().min(1).max(15).optional(),
};

function make(
	maker: ArkModel,
	defaultFormat: 'jpeg' | 'png',
	tiers: readonly string[],
	input: ReplicateModel['input'],
): ReplicateModel {
	const { line, references } = maker;
	const tables = Object.entries(maker.tiers).filter(([tier]) => tiers.includes(tier));
	return { line, input, tiers: Object.fromEntries(tables), defaultFormat, references };
}

/**
 * Of seedream-4.5 there are versions with sizes of one's own and longer prompts; which one serves
 * is not said, so here it is the one that takes least.
 */
export const MODELS: Readonly<Record<string, ReplicateModel>> = {
	'bytedance/seedream-4': make(
		FOUR,
		'jpeg',
		['1K', '2K', '4K'],
		z.strictObject({
			...fieldsOfAll(10, ['1K', '2K', '4K', 'custom']),
			width: side,
			height: side,
			...setFields,
			enhance_prompt: z.boolean().optional(),
		}),
	),
	'bytedance/seedream-4.5': make(
		FOUR_FIVE,
		'jpeg',
		['2K', '4K'],
		z.strictObject({
			...fieldsOfAll(14, ['2K', '4K']),
			prompt: shortPrompt,
			...setFields,
			disable_safety_checker: z.boolean().optional(),
		}),
	),
	'bytedance/seedream-5-lite': make(
		FIVE_LITE,
		'png',
		['2K', '3K'],
		z.strictObject({
			...fieldsOfAll(14, ['2K', '3K']),
			...setFields,
			output_format: format,
		}),
	),
	'bytedance/seedream-5-pro': make(
		FIVE_PRO,
		'png',
		['1K', '2K'],
		z.strictObject({
			...fieldsOfAll(10, ['1K', '1.5K', '2K', 'auto']),
			prompt: shortPrompt.optional(),
			output_format: format,
			layer_decomposition: z.boolean().optional(),
		}),
	),
};
