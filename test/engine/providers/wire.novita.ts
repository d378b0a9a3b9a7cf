import {
	boats,
	leftOut,
	modelByExpression,
	unchecked,
	type WireRow,
	type WireTable,
} from './wire.row';

const V45 = { model: 'seedream-4.5' };
const LITE = { model: 'seedream-5.0-lite' };
const PATH_4_5 = '/v3/seedream-4.5';
const PATH_LITE = '/v3/seedream-5.0-lite';

/** 4.0 has the number at the top, the later models have it among the options. */
const FLAT_SET = { prompt: boats(4), sequential_image_generation: 'auto', max_images: 4 };
const NESTED_SET = {
	prompt: boats(4),
	sequential_image_generation: 'auto',
	sequential_image_generation_options: { max_images: 4 },
};

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
		wire: FLAT_SET,
	},
	{
		says: 'a set of 4 on 4.5, the number among the options',
		parameters: { ...V45, numberOfImages: 4 },
		path: PATH_4_5,
		wire: NESTED_SET,
	},
	{
		says: 'a set of 4 on Lite, the number among the options',
		parameters: { ...LITE, numberOfImages: 4 },
		path: PATH_LITE,
		wire: NESTED_SET,
	},
	{
		says: 'a set of 4 on 4.0 as a custom model, the number at the top',
		parameters: { model: 'custom', modelId: 'seedream-4.0', numberOfImages: 4 },
		wire: FLAT_SET,
		warnings: [unchecked('seedream-4.0')],
	},
	{
		says: 'a set of 4 on 4.5 as a custom model, the number among the options',
		parameters: { model: 'custom', modelId: 'seedream-4.5', numberOfImages: 4 },
		path: PATH_4_5,
		wire: NESTED_SET,
		warnings: [unchecked('seedream-4.5')],
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
		wire: { ...FLAT_SET, prompt: 'A boat' },
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
		options: {
			concurrency: 2,
			maxWaitSeconds: 5,
			outputBinaryProperty: 'image',
			outputMode: 'task',
			skipValidation: true,
		},
		wire: {},
	},
];

/** novita.ai/docs/api-reference, model-apis-seedream-*: `POST /v3/{model}`. */
export const NOVITA_TABLE: WireTable = {
	provider: 'novita',
	path: '/v3/seedream-4.0',
	plain: { prompt: 'A boat', size: '2K', watermark: false },
	rows: [...MODELS, ...OPTIONS],
};
