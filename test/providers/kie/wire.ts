import { RESOLUTIONS } from '../../../nodes/shared/seedream/sizes';
import type { Wire, WireRow } from '../fixture';
import {
	A,
	B,
	boats,
	editOf,
	leftOut,
	modelByExpression,
	OPTIONS_OF_THE_NODE,
	unchecked,
} from '../shared/wire';
import { SHAPES } from './sizes';

/** A prompt and a size, where a model has `aspect_ratio`. */
function fields(aspectRatio: string, size: object) {
	return {
		image_size: undefined,
		image_resolution: undefined,
		aspect_ratio: aspectRatio,
		...size,
	};
}

const V4_EDIT = { model: 'bytedance/seedream-v4-edit' };
const V45 = { model: 'seedream/4.5-text-to-image' };

const MODELS: WireRow[] = [
	{ says: 'Seedream 4.0', wire: {} },
	{
		says: 'Seedream 4.5, with a word for the resolution',
		parameters: { model: 'seedream-4.5', aspectRatio: '21:9', resolution: '4K' },
		beside: V45,
		wire: fields('21:9', { quality: 'high' }),
	},
	{
		says: 'Seedream 5.0 Lite',
		parameters: { model: 'seedream-5.0-lite', resolution: '3K' },
		beside: { model: 'seedream/5-lite-text-to-image' },
		wire: fields('1:1', { quality: 'high' }),
	},
	{
		says: 'Seedream 5.0 Lite in 4K',
		parameters: { model: 'seedream-5.0-lite', resolution: '4K' },
		beside: { model: 'seedream/5-lite-text-to-image' },
		wire: fields('1:1', { quality: 'ultra' }),
	},
	{
		says: 'Seedream 5.0 Pro',
		parameters: { model: 'seedream-5.0-pro', aspectRatio: '9:16', resolution: '1K' },
		beside: { model: 'seedream/5-pro-text-to-image' },
		wire: fields('9:16', { quality: 'basic' }),
	},
	{
		says: 'Seedream 5.0 Flash',
		parameters: { model: 'seedream-5.0-flash', resolution: '1.5K' },
		beside: { model: 'seedream/5-flash-text-to-image' },
		wire: fields('1:1', { size: '1.5K' }),
	},
	{
		says: 'a model by its ID, with the words that it has in the list',
		parameters: { model: 'custom', modelId: ` ${V45.model} ` },
		beside: V45,
		wire: fields('1:1', { quality: 'basic' }),
		warnings: [unchecked(V45.model)],
	},
	{
		says: 'a set of 4',
		parameters: { numberOfImages: 4 },
		wire: { prompt: boats(4), max_images: 4 },
	},
];

const EDITS: WireRow[] = [
	{
		says: 'an edit under an ID of its own',
		parameters: editOf(A),
		beside: V4_EDIT,
		wire: { image_urls: [A] },
	},
	{
		says: 'a set from references',
		parameters: { ...editOf(A, B), numberOfImages: 2 },
		beside: V4_EDIT,
		wire: { prompt: boats(2), max_images: 2, image_urls: [A, B] },
	},
	...(
		[
			['seedream-4.5', 'seedream/4.5-edit', { quality: 'basic' }],
			['seedream-5.0-lite', 'seedream/5-lite-image-to-image', { quality: 'basic' }],
			['seedream-5.0-pro', 'seedream/5-pro-image-to-image', { quality: 'high' }],
			['seedream-5.0-flash', 'seedream/5-flash-image-to-image', { size: '2K' }],
		] as const
	).map(([model, id, size]) => ({
		says: `an edit with ${model}`,
		parameters: { ...editOf(A), model },
		beside: { model: id },
		wire: { ...fields('1:1', size), image_urls: [A] },
	})),
];

function demanded(resolution: string): string {
	return `Kie.ai demands a size, so its own is sent: 1:1 at ${resolution}.`;
}

const OPTIONS: WireRow[] = [
	{
		says: 'no size on 4.0 where the provider is to decide',
		parameters: { sizeMode: 'default' },
		wire: { image_size: undefined, image_resolution: undefined },
	},
	...(
		[
			['seedream-4.5', V45.model, { quality: 'basic' }, '2K'],
			['seedream-5.0-pro', 'seedream/5-pro-text-to-image', { quality: 'basic' }, '1K'],
			['seedream-5.0-flash', 'seedream/5-flash-text-to-image', { size: '1K' }, '1K'],
		] as const
	).map(([model, id, size, resolution]) => ({
		says: `the size that ${model} makes by itself, as it demands one`,
		parameters: { model, sizeMode: 'default' },
		beside: { model: id },
		wire: fields('1:1', size),
		warnings: [demanded(resolution)],
	})),
	{ says: 'Seed on 4.0', options: { seed: 7 }, wire: { seed: 7 } },
	...(
		[
			['seedream-5.0-lite', 'seedream/5-lite-text-to-image', { quality: 'basic' }],
			['seedream-5.0-pro', 'seedream/5-pro-text-to-image', { quality: 'high' }],
			['seedream-5.0-flash', 'seedream/5-flash-text-to-image', { size: '2K' }],
		] as const
	).map(([model, id, size]) => ({
		says: `JPEG on ${model}, which makes PNG by itself`,
		parameters: { model },
		options: { outputFormat: 'jpeg' },
		beside: { model: id },
		wire: { ...fields('1:1', size), output_format: 'jpeg' },
	})),
	{
		says: 'nothing for what is at its default: PNG, an opaque background, no search, standard priority',
		parameters: modelByExpression('seedream-5.0-pro'),
		options: {
			outputFormat: 'png',
			background: 'opaque',
			webSearch: false,
			watermark: false,
			promptPriority: 'standard',
			stream: false,
		},
		beside: { model: 'seedream/5-pro-text-to-image' },
		wire: fields('1:1', { quality: 'high' }),
	},
	{
		says: 'no Prompt Priority fast, no End User ID, no Seed, no Stream, and the user is told of each',
		parameters: modelByExpression('seedream-4.5'),
		options: { promptPriority: 'fast', user: 'customer-7', seed: 7, stream: true },
		beside: V45,
		wire: fields('1:1', { quality: 'basic' }),
		warnings: ['Prompt Priority', 'End User ID', 'Seed', 'Stream'].map((option) =>
			leftOut(option, 'Seedream 4.5 on Kie.ai'),
		),
	},
	{
		says: 'the prompt as it is when the count is not to be stated',
		parameters: { numberOfImages: 4 },
		options: { stateCountInPrompt: false },
		wire: { max_images: 4 },
	},
	{
		says: "fields of the provider's own among the others, and over them",
		options: {
			additionalFields:
				'{ "input": { "nsfw_checker": true, "image_resolution": "1K" }, "extra": 1 }',
		},
		beside: { extra: 1 },
		wire: { nsfw_checker: true, image_resolution: '1K' },
	},
	{
		says: 'nothing for options that are about waiting and output only',
		options: OPTIONS_OF_THE_NODE,
		wire: {},
	},
];

/** No model chooses a shape by itself. */
const square = (row: WireRow): WireRow => ({
	...row,
	parameters: { aspectRatio: '1:1', ...row.parameters },
});

/** `{ model, callBackUrl, input }`. */
export const wire: Wire = {
	plain: { prompt: 'A boat', image_size: 'square_hd', image_resolution: '2K' },
	beside: { model: 'bytedance/seedream-v4-text-to-image' },
	words: RESOLUTIONS.filter((resolution) => ['1K', '2K', '4K'].includes(resolution)).flatMap(
		(resolution) =>
			SHAPES.map(
				([shape, word]) =>
					[shape, resolution, { image_size: word, image_resolution: resolution }] as const,
			),
	),
	rows: [...MODELS, ...EDITS, ...OPTIONS].map(square),
};
