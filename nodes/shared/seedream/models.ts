import type { ImageFormat, ReferenceLimits } from './references';
import type { Resolution, SizeLimits } from './sizes';

export const MODEL_FAMILIES = [
	'seedream-4.0',
	'seedream-4.5',
	'seedream-5.0-lite',
	'seedream-5.0-pro',
	'seedream-5.0-flash',
	'seedream-5.5',
] as const;

export type ModelFamily = (typeof MODEL_FAMILIES)[number];

export type OutputFormat = 'jpeg' | 'png';

/** `auto`: the model decides by the prompt. */
export type Background = 'auto' | 'opaque' | 'transparent';

export type PromptPriority = 'standard' | 'fast';

/** What a limit is about. */
export type LimitName =
	| 'images'
	| 'prompt'
	| 'resolution'
	| 'size'
	| 'referenceCount'
	| 'imagesAndReferences'
	| 'referenceFormat'
	| 'referenceFile';

/** What a model takes: its limits, and which options it has a field for. */
export interface ModelSpec {
	resolutions: readonly Resolution[];
	/** Whether layers cannot be left as fine as the image itself. */
	demandsResolution?: boolean;
	size: SizeLimits;
	/** Which sizes a shape and a resolution stand for: those of the models that make sets, or of those that make one image. */
	presets: 'set' | 'single';
	/** Most images of one request. */
	maxImages: number;
	/** Reference images and images made, together. */
	imagesAndReferences: number;
	/** Absent where the provider states none. */
	promptTokens?: number;
	/** How many characters a prompt may have, where the provider counts those. */
	promptCharacters?: { min?: number; max: number };
	references: ReferenceLimits;
	promptPriorities: readonly PromptPriority[];
	/** What it can be asked for; the first is what it makes by itself. */
	outputFormats: readonly OutputFormat[];
	/** What it is asked for where the user chooses nothing, as nobody knows what it makes by itself. */
	saidFormat?: OutputFormat;
	watermark: boolean;
	/** What it can be asked for; the first is what it makes by itself. */
	backgrounds: readonly Background[];
	/** Whether a transparent background takes exactly one reference image; `unclear` where only another provider says so. */
	transparencyOfReference?: 'demanded' | 'unclear';
	webSearch: boolean;
	/** Whether the same number makes the same image again. */
	seed: boolean;
	/** Whether only the models' maker in China documents the search. */
	isSearchUndocumented?: boolean;
	stream: boolean;
	/** Limits that the provider does not state, or only recommends: beyond them is a warning. */
	notDemanded?: readonly LimitName[];
}

const MEGABYTE = 1024 * 1024;

const COMMON_FORMATS: readonly ImageFormat[] = ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'];

const REFERENCES: ReferenceLimits = {
	count: 14,
	bytes: 10 * MEGABYTE,
	formats: COMMON_FORMATS,
	ratio: 16,
	minSide: 15,
	maxArea: 6000 * 6000,
};

const SEEDREAM_4_0: ModelSpec = {
	resolutions: ['1K', '2K', '4K'],
	size: { area: { min: 921_600, max: 16_777_216 }, ratio: 16 },
	presets: 'set',
	maxImages: 15,
	imagesAndReferences: 15,
	references: REFERENCES,
	promptPriorities: ['standard', 'fast'],
	outputFormats: [],
	watermark: true,
	backgrounds: [],
	webSearch: false,
	seed: false,
	stream: true,
};

const SEEDREAM_4_5: ModelSpec = {
	...SEEDREAM_4_0,
	resolutions: ['2K', '4K'],
	size: { area: { min: 3_686_400, max: 16_777_216 }, ratio: 16 },
	promptPriorities: ['standard'],
};

const SEEDREAM_5_0_LITE: ModelSpec = {
	...SEEDREAM_4_5,
	resolutions: ['2K', '3K', '4K'],
	outputFormats: ['jpeg', 'png'],
	webSearch: true,
};

const ONE_IMAGE_MODEL: ModelSpec = {
	...SEEDREAM_4_0,
	resolutions: ['1K', '1.5K', '2K'],
	size: { area: { min: 921_600, max: 4_624_220 }, ratio: 16 },
	presets: 'single',
	maxImages: 1,
	references: {
		...REFERENCES,
		count: 10,
		bytes: 30 * MEGABYTE,
		formats: [...COMMON_FORMATS, 'heic', 'heif'],
	},
	outputFormats: ['jpeg', 'png'],
	backgrounds: ['opaque', 'transparent'],
	stream: false,
};

const SEEDREAM_5_0_PRO: ModelSpec = { ...ONE_IMAGE_MODEL, transparencyOfReference: 'unclear' };

const SEEDREAM_5_0_FLASH: ModelSpec = {
	...SEEDREAM_5_0_PRO,
	promptPriorities: ['standard'],
};

/**
 * What its sellers say of it (LaoZhang, APIYI and Comfy docs, November 2026): transparent without a reference image, the
 * rest as 5.0 Flash.
 */
const SEEDREAM_5_5: ModelSpec = {
	...ONE_IMAGE_MODEL,
	promptPriorities: ['standard'],
	outputFormats: ['png', 'jpeg'],
	backgrounds: ['auto', 'opaque', 'transparent'],
};

/**
 * The models as their maker describes them (ModelArk docs 1541523 and 1824121). A provider
 * that sells a model with less says so in its own file.
 */
export const MODEL_SPECS: Readonly<Record<ModelFamily, ModelSpec>> = {
	'seedream-4.0': SEEDREAM_4_0,
	'seedream-4.5': SEEDREAM_4_5,
	'seedream-5.0-lite': SEEDREAM_5_0_LITE,
	'seedream-5.0-pro': SEEDREAM_5_0_PRO,
	'seedream-5.0-flash': SEEDREAM_5_0_FLASH,
	'seedream-5.5': SEEDREAM_5_5,
};

/** The model's name as people write it: `Seedream 4.0`. */
export function modelName(family: ModelFamily): string {
	const words = family.split('-');
	return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
