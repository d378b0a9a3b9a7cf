import { z } from 'zod/v4';
import { ApiRefusal } from '../../apiError';
import { readBody, rejectUnsupportedFields } from '../../checks';
import type { Effects } from '../../faults';
import type { ImageInfo } from '../../imageInfo';
import { layersIn } from '../../layers';
import { makeLayerSet } from '../../layerSet';
import { isModeratedPrompt } from '../../prompts';
import { checkReferences, openReferences } from '../../references';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';
import { baseSizeOf } from '../shared/layerSizes';
import type { WavespeedJob } from './job';
import { format, optimization } from './request';

interface LayerModel {
	readonly line: string;
	/** Beside the base. */
	readonly most: number;
	readonly unsupportedFields: readonly string[];
}

/** The paths that take a picture apart. Of 5.5 no page is known, but that there is this path. */
export const LAYER_ENDPOINTS: Readonly<Record<string, LayerModel>> = {
	'bytedance/seedream-v5.0-pro/layer-decomposition': {
		line: '5.0-pro',
		most: 16,
		unsupportedFields: [],
	},
	'bytedance/seedream-v5.0-flash/layer-decomposition': {
		line: '5.0-flash',
		most: 16,
		unsupportedFields: ['prompt_optimization_mode'],
	},
	'bytedance/seedream-v5.5/layer-decomposition': {
		line: '5.5',
		most: 99,
		unsupportedFields: ['prompt_optimization_mode'],
	},
};

/** WaveSpeedAI, models/bytedance/seedream-v5.0-pro/layer-decomposition and -flash: all fields. */
const Body = z.strictObject({
	image: z.string(),
	prompt: z.string().optional(),
	resolution: z.enum(['1k', '1.5k', '2k']).optional(),
	output_format: format,
	prompt_optimization_mode: optimization,
});

type Body = z.infer<typeof Body>;

/** A run has one price, whatever comes of it; the number stands for a price in dollars. */
const PRICE = 17;

/** WaveSpeedAI docs, Seedream V5.0 Flash Layer Decomposition, `image`. */
const FORMATS = ['png', 'jpeg'];

export function layerJob(path: string, model: LayerModel, body: unknown): WavespeedJob {
	const fields = readBody(Body, body);
	rejectUnsupportedFields(fields, model.unsupportedFields, path);
	checkReferences('image', [fields.image], { maxCount: 1, dataUris: true });
	return {
		line: model.line,
		prompt: fields.prompt ?? '',
		price: PRICE,
		input: body,
		waits: false,
		asBase64: false,
		makeImages: (state, effects) => takeApart(state, model, fields, effects),
	};
}

/**
 * Links and nothing else: no page tells of more, nor of their order. In JPEG the layers are no
 * longer transparent.
 */
async function takeApart(
	state: EmulatorState,
	{ most }: LayerModel,
	{ image, prompt = '', resolution = '1k', output_format: format = 'jpeg' }: Body,
	effects: Effects,
): Promise<TaskImages> {
	const [picture] = await openReferences(state, 'image', [image]);
	checkFormat(picture);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const size = baseSizeOf(resolution.toUpperCase(), picture);
	const layers = layersIn(prompt, most, size);
	const look = { size, format, layerFormat: format, picture };
	const members = makeLayerSet(state, { provider: 'wavespeed', prompt, layers, ...look, effects });
	return { links: members.map(({ url }) => url) };
}

function checkFormat(picture: ImageInfo | undefined): void {
	if (picture === undefined || FORMATS.includes(picture.format)) return;
	const message = `only PNG and JPEG images are supported, got ${picture.format}`;
	throw new ApiRefusal({ is: 'badReference', field: 'image', what: 'format', message });
}
