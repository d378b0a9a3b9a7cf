import { badField } from '../../apiError';
import type { Size } from '../../sizes';

/**
 * WaveSpeedAI, models/bytedance/*: `llms.txt`, one page for each path. The path is the model, and
 * says also what is wanted of it.
 */
export interface ImageModel {
	readonly line: string;
	/** The fields that the prompt may come with, whatever is wanted. */
	readonly fields: readonly string[];
	/** Empty where the size is in pixels. */
	readonly resolutions: readonly string[];
	readonly defaultFormat: 'jpeg' | 'png';
	/** Whether a size that is left out is taken from the picture that is edited. */
	readonly followsPicture: boolean;
}

/** What a path leads to. */
export interface Endpoint {
	readonly model: ImageModel;
	/** Needs pictures. */
	readonly edits: boolean;
	/** May make several images. */
	readonly sets: boolean;
}

const SWITCHES = ['enable_sync_mode', 'enable_base64_output'];

const FOUR: ImageModel = {
	line: '4.0',
	fields: ['size', ...SWITCHES],
	resolutions: [],
	defaultFormat: 'jpeg',
	followsPicture: false,
};

const LITE: ImageModel = {
	...FOUR,
	line: '5.0-lite',
	fields: [...FOUR.fields, 'output_format'],
	followsPicture: true,
};

const FLASH: ImageModel = {
	line: '5.0-flash',
	fields: ['aspect_ratio', 'resolution', 'output_format', ...SWITCHES],
	resolutions: ['1k', '1.5k', '2k'],
	defaultFormat: 'jpeg',
	followsPicture: false,
};

const PRO: ImageModel = {
	...FLASH,
	line: '5.0-pro',
	fields: [...FLASH.fields, 'prompt_optimization_mode'],
};

const FIVE_FIVE: ImageModel = {
	...FLASH,
	line: '5.5',
	fields: [...FLASH.fields, 'background'],
	resolutions: [...FLASH.resolutions, '3k'],
	defaultFormat: 'png',
};

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
	...withSets('bytedance/seedream-v4', FOUR),
	...withSets('bytedance/seedream-v4.5', { ...FOUR, line: '4.5' }),
	...withSets('bytedance/seedream-v5.0-lite', LITE),
	...single('bytedance/seedream-v5.0-pro', PRO),
	...single('bytedance/seedream-v5.0-flash', FLASH),
	...single('bytedance/seedream-v5.5', FIVE_FIVE),
};

function single(path: string, model: ImageModel): Record<string, Endpoint> {
	return {
		[path]: { model, edits: false, sets: false },
		[`${path}/edit`]: { model, edits: true, sets: false },
	};
}

function withSets(path: string, model: ImageModel): Record<string, Endpoint> {
	return {
		...single(path, model),
		[`${path}/sequential`]: { model, edits: false, sets: true },
		[`${path}/edit-sequential`]: { model, edits: true, sets: true },
	};
}

export const RATIOS = [
	'1:1',
	'1:2',
	'2:1',
	'1:3',
	'3:1',
	'2:3',
	'3:2',
	'3:4',
	'4:3',
	'4:5',
	'5:4',
	'9:16',
	'16:9',
	'9:21',
	'21:9',
];

/** The page of 5.5 says that 3k is 3840x2160 at 16:9. */
const AREAS: Readonly<Record<string, number>> = {
	'1k': 1024 * 1024,
	'1.5k': 1536 * 1536,
	'2k': 2048 * 2048,
	'3k': 3840 * 2160,
};

/** No page prints the pixels: about as many as the resolution has, in sides that 16 divides. */
export function sizeOfRatio(ratio: string, resolution: string): Size {
	const [across = 1, down = 1] = ratio.split(':').map(Number);
	const unit = Math.sqrt((AREAS[resolution] ?? 0) / (across * down));
	const side = (part: number) => Math.round((part * unit) / 16) * 16;
	return { width: side(across), height: side(down) };
}

/**
 * The newest pages say 64 to 16384 for each side, and for 5.0-lite 16777216 pixels in all; older
 * ones have other numbers.
 */
const [MIN_SIDE, MAX_SIDE, MAX_AREA] = [64, 16_384, 16_777_216];

/** `2048*1024`: with an asterisk. */
export function sizeInPixels(text: string): Size {
	const [, width, height] = /^(\d{1,6})\*(\d{1,6})$/.exec(text) ?? [];
	if (width === undefined || height === undefined)
		throw badField('size', 'size must be in the format width*height');
	const size = { width: Number(width), height: Number(height) };
	for (const side of Object.values(size)) {
		if (side < MIN_SIDE || side > MAX_SIDE)
			throw badField('size', `width and height must be from ${MIN_SIDE} to ${MAX_SIDE}`);
	}
	if (size.width * size.height > MAX_AREA)
		throw badField('size', `size must have at most ${MAX_AREA} pixels in total`);
	return size;
}
