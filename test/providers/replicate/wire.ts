import type { INodeParameters } from 'n8n-workflow';
import type { AspectRatio, Resolution } from '../../../nodes/shared/seedream/sizes';
import type { Fields, Wire, WireRow } from '../fixture';
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

export const SQUARE: INodeParameters = { aspectRatio: '1:1' };
export const V45 = { ...SQUARE, model: 'seedream-4.5' };
export const LITE = { ...SQUARE, model: 'seedream-5.0-lite' };
export const PRO = { ...SQUARE, model: 'seedream-5.0-pro' };

export const pathOf = (name: string) => `/models/bytedance/${name}/predictions`;
const PATH_4_5 = pathOf('seedream-4.5');
const PATH_LITE = pathOf('seedream-5-lite');
const PATH_PRO = pathOf('seedream-5-pro');

const setOf = (count: number): Fields => ({
	prompt: boats(count),
	sequential_image_generation: 'auto',
	max_images: count,
});

const MODELS: WireRow[] = [
	{ says: 'Seedream 4.0 in the path, not in the body', parameters: SQUARE, wire: {} },
	{ says: 'Seedream 4.5 likewise', parameters: V45, path: PATH_4_5, wire: {} },
	{ says: 'Seedream 5.0 Lite likewise', parameters: LITE, path: PATH_LITE, wire: {} },
	{ says: 'Seedream 5.0 Pro likewise', parameters: PRO, path: PATH_PRO, wire: {} },
	{
		says: 'a custom model in the path',
		parameters: { ...SQUARE, model: 'custom', modelId: ' bytedance/seedream-4.5 ' },
		path: PATH_4_5,
		wire: {},
		warnings: [unchecked('bytedance/seedream-4.5')],
	},
	{
		says: 'a set of 4 by two fields, and by the prompt, as it is a limit only',
		parameters: { ...SQUARE, numberOfImages: 4 },
		wire: setOf(4),
	},
	{
		says: 'a set of 15 on Lite',
		parameters: { ...LITE, numberOfImages: 15 },
		path: PATH_LITE,
		wire: setOf(15),
	},
	{
		says: 'the prompt as it is when the count is not to be stated',
		parameters: { ...SQUARE, numberOfImages: 4 },
		options: { stateCountInPrompt: false },
		wire: { ...setOf(4), prompt: 'A boat' },
	},
	{
		says: 'a single reference in a list, to the same path',
		parameters: editOf(A),
		wire: { image_input: [A] },
	},
	{
		says: 'several references in their order, and a set made from them',
		parameters: { ...editOf(B, A), numberOfImages: 3 },
		wire: { ...setOf(3), image_input: [B, A] },
	},
	{
		says: 'references to 5.0 Pro',
		parameters: { ...editOf(A, B), model: 'seedream-5.0-pro' },
		path: PATH_PRO,
		wire: { image_input: [A, B] },
	},
];

const SIZES: WireRow[] = [
	{
		says: 'exact pixels on 4.0 as a size of one’s own',
		parameters: { sizeMode: 'pixels', width: 1500, height: 1100 },
		wire: { size: 'custom', width: 1500, height: 1100, aspect_ratio: undefined },
	},
	{
		says: 'no size where the provider is to decide',
		parameters: { sizeMode: 'default' },
		wire: { size: undefined, aspect_ratio: undefined },
	},
	{
		says: 'a shape and a resolution on 4.5',
		parameters: { ...V45, aspectRatio: '3:2', resolution: '4K' },
		path: PATH_4_5,
		wire: { size: '4K', aspect_ratio: '3:2' },
	},
	{
		says: 'a shape and a resolution on Lite',
		parameters: { ...LITE, aspectRatio: '9:16', resolution: '3K' },
		path: PATH_LITE,
		wire: { size: '3K', aspect_ratio: '9:16' },
	},
	{
		says: 'a shape and a resolution on Pro',
		parameters: { ...PRO, aspectRatio: '4:3', resolution: '1K' },
		path: PATH_PRO,
		wire: { size: '1K', aspect_ratio: '4:3' },
	},
	{
		says: '21:9 on Pro with a word, as not all of its list was seen',
		parameters: { ...PRO, aspectRatio: '21:9' },
		path: PATH_PRO,
		wire: { aspect_ratio: '21:9' },
		warnings: ["Replicate's pages differ on whether the aspect ratio 21:9 is taken."],
	},
];

const OPTIONS: WireRow[] = [
	{
		says: 'Output Format JPEG on Lite, which makes PNG by itself',
		parameters: LITE,
		path: PATH_LITE,
		options: { outputFormat: 'jpeg' },
		wire: { output_format: 'jpeg' },
	},
	{
		says: 'Output Format JPEG on Pro, which makes PNG by itself',
		parameters: PRO,
		path: PATH_PRO,
		options: { outputFormat: 'jpeg' },
		wire: { output_format: 'jpeg' },
	},
	{
		says: 'nothing for what is at its default: PNG, an opaque background, no search, standard priority',
		parameters: { ...SQUARE, ...modelByExpression('seedream-5.0-pro') },
		path: PATH_PRO,
		options: {
			outputFormat: 'png',
			background: 'opaque',
			webSearch: false,
			promptPriority: 'standard',
			stream: false,
		},
		wire: {},
	},
	{
		says: 'no Watermark without a word, as there is no such field',
		parameters: SQUARE,
		options: { watermark: false },
		wire: {},
	},
	{
		says: 'no Prompt Priority fast, no End User ID, no Seed, no Stream, and the user is told of each',
		parameters: SQUARE,
		options: { promptPriority: 'fast', user: 'customer-7', seed: 7, stream: true },
		wire: {},
		warnings: ['Prompt Priority', 'End User ID', 'Seed', 'Stream'].map((option) =>
			leftOut(option, 'Seedream 4.0 on Replicate'),
		),
	},
	{
		says: "fields of the provider's own, over those that the panel gives",
		parameters: SQUARE,
		options: { additionalFields: '{ "input": { "enhance_prompt": false, "size": "1K" } }' },
		wire: { enhance_prompt: false, size: '1K' },
	},
	{
		says: 'nothing for options that are about waiting and output only',
		parameters: SQUARE,
		options: OPTIONS_OF_THE_NODE,
		wire: {},
	},
];

const SHAPES: readonly AspectRatio[] = ['1:1', '2:3', '3:2', '3:4', '4:3', '9:16', '16:9', '21:9'];
const RESOLUTIONS: readonly Resolution[] = ['1K', '2K', '4K'];

/** `POST /models/bytedance/{name}/predictions`, all of it inside `input` (replicate.com/bytedance/seedream-4). */
export const wire: Wire = {
	plain: { prompt: 'A boat', size: '2K', aspect_ratio: '1:1' },
	words: RESOLUTIONS.flatMap((size) =>
		SHAPES.map((shape) => [shape, size, { size, aspect_ratio: shape }] as const),
	),
	rows: [...MODELS, ...SIZES, ...OPTIONS],
};
