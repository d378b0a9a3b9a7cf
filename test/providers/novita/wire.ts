import type { Wire, WireRow } from '../fixture';
import {
	A,
	B,
	boats,
	editOf,
	leftOut,
	modelByExpression,
	OPTIONS_OF_THE_NODE,
	setOf,
	sizeWord,
	unchecked,
} from '../shared/wire';

const V45 = { model: 'seedream-4.5' };
const LITE = { model: 'seedream-5.0-lite' };
const PATH_4_5 = '/v3/seedream-4.5';
const PATH_LITE = '/v3/seedream-5.0-lite';

/** 4.0 has the number at the top, the later models have it among the options. */
function flatSetOf(count: number) {
	return { prompt: boats(count), sequential_image_generation: 'auto', max_images: count };
}

const MODELS: WireRow[] = [
	{ says: 'Seedream 4.0 in the path, not in the body', wire: {} },
	{ says: 'Seedream 4.5 likewise', parameters: V45, path: PATH_4_5, wire: {} },
	{ says: 'Seedream 5.0 Lite likewise', parameters: LITE, path: PATH_LITE, wire: {} },
	{
		says: 'a custom model in the path',
		parameters: { model: 'custom', modelId: ' seedream-4.5 ' },
		path: PATH_4_5,
		wire: {},
		warnings: [unchecked('seedream-4.5')],
	},
	{
		says: 'a set of 4 on 4.0, the number at the top',
		parameters: { numberOfImages: 4 },
		wire: flatSetOf(4),
	},
	{
		says: 'a set of 4 on 4.5, the number among the options',
		parameters: { ...V45, numberOfImages: 4 },
		path: PATH_4_5,
		wire: setOf(4),
	},
	{
		says: 'a set of 4 on Lite, the number among the options',
		parameters: { ...LITE, numberOfImages: 4 },
		path: PATH_LITE,
		wire: setOf(4),
	},
	{
		says: 'a set of 4 on 4.0 as a custom model, the number at the top',
		parameters: { model: 'custom', modelId: 'seedream-4.0', numberOfImages: 4 },
		wire: flatSetOf(4),
		warnings: [unchecked('seedream-4.0')],
	},
	{
		says: 'a set of 4 on 4.5 as a custom model, the number among the options',
		parameters: { model: 'custom', modelId: 'seedream-4.5', numberOfImages: 4 },
		path: PATH_4_5,
		wire: setOf(4),
		warnings: [unchecked('seedream-4.5')],
	},
	{
		says: 'a set from a reference on 4.0, both at the top',
		parameters: { ...editOf(A), numberOfImages: 3 },
		wire: { ...flatSetOf(3), size: '2048x2048', images: [A] },
	},
	{
		says: 'a set from references on Lite, the number among the options',
		parameters: { ...editOf(A, B), ...LITE, numberOfImages: 2 },
		path: PATH_LITE,
		wire: { ...setOf(2), size: '2048x2048', image: [A, B] },
	},
];

const OPTIONS: WireRow[] = [
	{
		says: 'exact pixels',
		parameters: { sizeMode: 'pixels', width: 1500, height: 1000 },
		wire: { size: '1500x1000' },
	},
	{
		says: 'no size where the provider is to decide',
		parameters: { sizeMode: 'default' },
		wire: { size: undefined },
	},
	{
		says: 'a tier alone when the shape is left to the model',
		parameters: { resolution: '1K' },
		wire: { size: '1K' },
	},
	{
		says: 'a tier alone on Lite',
		parameters: { ...LITE, resolution: '3K' },
		path: PATH_LITE,
		wire: { size: '3K' },
	},
	{ says: 'Watermark', options: { watermark: true }, wire: { watermark: true } },
	{
		says: 'no Watermark, which is said, as it is on by default there',
		options: { watermark: false },
		wire: {},
	},
	{
		says: 'the prompt as it is when the count is not to be stated',
		parameters: { numberOfImages: 4 },
		options: { stateCountInPrompt: false },
		wire: { ...flatSetOf(4), prompt: 'A boat' },
	},
	{
		says: "fields of the provider's own, over those that the panel gives",
		parameters: V45,
		path: PATH_4_5,
		options: {
			additionalFields: '{ "optimize_prompt_options": { "mode": "standard" }, "watermark": true }',
		},
		wire: { optimize_prompt_options: { mode: 'standard' }, watermark: true },
	},
	{
		says: 'nothing for what is at its default: JPEG, an opaque background, no search, standard priority',
		parameters: modelByExpression('seedream-5.0-lite'),
		path: PATH_LITE,
		options: {
			outputFormat: 'jpeg',
			background: 'opaque',
			webSearch: false,
			promptPriority: 'standard',
			stream: false,
		},
		wire: {},
	},
	{
		says: 'no Prompt Priority fast, no End User ID, no Seed, no Stream, and the user is told of each',
		options: { promptPriority: 'fast', user: 'customer-7', seed: 7, stream: true },
		wire: {},
		warnings: ['Prompt Priority', 'End User ID', 'Seed', 'Stream'].map((option) =>
			leftOut(option, 'Seedream 4.0 on Novita AI'),
		),
	},
	{
		says: 'nothing for options that are about waiting and output only',
		options: OPTIONS_OF_THE_NODE,
		wire: {},
	},
];

/** `POST /v3/{model}`. */
export const wire: Wire = {
	plain: { prompt: 'A boat', size: '2K', watermark: false },
	pixels: sizeWord,
	rows: [...MODELS, ...OPTIONS],
};
