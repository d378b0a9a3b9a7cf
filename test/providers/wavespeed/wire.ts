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

const SQUARE = { aspectRatio: '1:1' };
const path = (model: string) => `/api/v3/bytedance/seedream-${model}`;
const NO_SIZE = { size: undefined };

/** What the later models are told in place of pixels. */
const square = (resolution: string) => ({ ...NO_SIZE, aspect_ratio: '1:1', resolution });

/** What is said whenever no ratio is chosen. */
const SIZE_LEFT =
	'Aspect Ratio is Auto, so no size is sent: WaveSpeedAI takes sizes in pixels only, and chooses shape and resolution itself. For 2K, choose an aspect ratio.';

const setOf = (count: number) => ({ prompt: boats(count), max_images: count });

/** The models of one image, and where a request for one goes. */
const LATER: ReadonlyArray<readonly [model: 'pro' | 'flash' | '5.5', path: string]> = [
	['pro', 'v5.0-pro'],
	['flash', 'v5.0-flash'],
	['5.5', 'v5.5'],
];

const familyOf = (model: 'pro' | 'flash' | '5.5') =>
	model === '5.5' ? 'seedream-5.5' : (`seedream-5.0-${model}` as const);

const MODELS: WireRow[] = [
	{
		says: 'Seedream 4.0 in the path, and no size where the shape is left to the model',
		wire: NO_SIZE,
		warnings: [SIZE_LEFT],
	},
	{ says: 'a square without a word where it is asked for', parameters: SQUARE, wire: {} },
	{
		says: 'Seedream 4.5',
		parameters: { ...SQUARE, model: 'seedream-4.5' },
		path: path('v4.5'),
		wire: {},
	},
	{
		says: 'Seedream 5.0 Lite',
		parameters: { ...SQUARE, model: 'seedream-5.0-lite', resolution: '3K' },
		path: path('v5.0-lite'),
		wire: { size: '3072*3072' },
	},
	...LATER.map(([model, place]): WireRow => ({
		says: `Seedream 5 ${model}: a shape and a resolution, in lower case`,
		parameters: { ...SQUARE, model: familyOf(model), resolution: '1.5K' },
		path: path(place),
		wire: square('1.5k'),
	})),
	...LATER.map(([model, place]): WireRow => ({
		says: `Seedream 5 ${model}: nothing where the provider is to decide`,
		parameters: { model: familyOf(model), sizeMode: 'default' },
		path: path(place),
		wire: NO_SIZE,
	})),
	{
		says: 'Seedream 5.5 at 3K',
		parameters: {
			...modelByExpression('seedream-5.5'),
			aspectRatio: '16:9',
			resolution: '={{ "3K" }}',
		},
		path: path('v5.5'),
		wire: { ...NO_SIZE, aspect_ratio: '16:9', resolution: '3k' },
	},
	{
		says: 'a custom model of the older ones, by its path as it is',
		parameters: { ...SQUARE, model: 'custom', modelId: ' bytedance/seedream-v4.5 ' },
		path: path('v4.5'),
		wire: {},
		warnings: [unchecked('bytedance/seedream-v4.5')],
	},
	{
		says: 'a custom model of the later ones, with a resolution alone where the shape is left to it',
		parameters: { model: 'custom', modelId: 'bytedance/seedream-v5.0-flash' },
		path: path('v5.0-flash'),
		wire: { ...NO_SIZE, resolution: '2k' },
		warnings: [unchecked('bytedance/seedream-v5.0-flash')],
	},
];

const EDITS_AND_SETS: WireRow[] = [
	{
		says: 'an edit to the path for edits, a single reference in a list too',
		parameters: editOf(A),
		path: path('v4/edit'),
		wire: { images: [A] },
	},
	{
		says: 'an edit with Lite without a size, which is then that of the reference',
		parameters: { ...editOf(B, A), model: 'seedream-5.0-lite', sizeMode: 'default' },
		path: path('v5.0-lite/edit'),
		wire: { ...NO_SIZE, images: [B, A] },
	},
	...LATER.map(([model, place]): WireRow => ({
		says: `an edit with Seedream 5 ${model}`,
		parameters: { ...editOf(B, A), model: familyOf(model) },
		path: path(`${place}/edit`),
		wire: { ...square('2k'), images: [B, A] },
	})),
	...['4.0', '4.5', '5.0-lite'].flatMap((model): WireRow[] => {
		const place = model === '4.0' ? 'v4' : `v${model}`;
		return [
			{
				says: `a set of 4 with ${model} to the path for sets`,
				parameters: { ...SQUARE, model: `seedream-${model}`, numberOfImages: 4 },
				path: path(`${place}/sequential`),
				wire: setOf(4),
			},
			{
				says: `a set of 3 from a reference with ${model} to the path for that`,
				parameters: { ...editOf(A), model: `seedream-${model}`, numberOfImages: 3 },
				path: path(`${place}/edit-sequential`),
				wire: { ...setOf(3), images: [A] },
			},
		];
	}),
	{
		says: 'a set with a custom model to its path as it is',
		parameters: {
			...SQUARE,
			model: 'custom',
			modelId: 'bytedance/seedream-v4/sequential',
			numberOfImages: 2,
		},
		path: path('v4/sequential'),
		wire: setOf(2),
		warnings: [unchecked('bytedance/seedream-v4/sequential')],
	},
	{
		says: 'the prompt as it is when the count is not to be stated',
		parameters: { ...SQUARE, numberOfImages: 4 },
		options: { stateCountInPrompt: false },
		path: path('v4/sequential'),
		wire: { max_images: 4 },
	},
];

const OPTIONS: WireRow[] = [
	{
		says: 'exact pixels, with an asterisk',
		parameters: { sizeMode: 'pixels', width: 1500, height: 1000 },
		wire: { size: '1500*1000' },
	},
	{
		says: 'pixels below what the model makes elsewhere, with a warning, as its pages differ',
		parameters: { sizeMode: 'pixels', width: 1080, height: 720 },
		wire: { size: '1080*720' },
		warnings: [notDemanded('1080x720 has 777600 pixels, and the least is 921600', '1176x784')],
	},
	{
		says: 'no size where the provider is to decide, without a word',
		parameters: { sizeMode: 'default' },
		wire: NO_SIZE,
	},
	{
		says: 'Output Format on Lite',
		parameters: { ...SQUARE, model: 'seedream-5.0-lite' },
		options: { outputFormat: 'png' },
		path: path('v5.0-lite'),
		wire: { output_format: 'png' },
	},
	{
		says: 'Output Format and Prompt Priority on Pro',
		parameters: { ...SQUARE, model: 'seedream-5.0-pro' },
		options: { outputFormat: 'png', promptPriority: 'fast' },
		path: path('v5.0-pro'),
		wire: { ...square('2k'), output_format: 'png', prompt_optimization_mode: 'fast' },
	},
	{
		says: 'a transparent background on 5.5, and the format that this needs',
		parameters: { ...SQUARE, model: 'seedream-5.5' },
		options: { background: 'transparent' },
		path: path('v5.5'),
		wire: { ...square('2k'), background: 'transparent', output_format: 'png' },
	},
	{
		says: 'JPEG and an opaque background on 5.5, which makes others by itself',
		parameters: { ...SQUARE, model: 'seedream-5.5' },
		options: { background: 'opaque', outputFormat: 'jpeg' },
		path: path('v5.5'),
		wire: { ...square('2k'), background: 'opaque', output_format: 'jpeg' },
	},
	{
		says: 'nothing for what is at its default: JPEG, an opaque background, no search, standard priority',
		parameters: { ...SQUARE, ...modelByExpression('seedream-5.0-pro') },
		path: path('v5.0-pro'),
		options: {
			outputFormat: 'jpeg',
			background: 'opaque',
			webSearch: false,
			promptPriority: 'standard',
			stream: false,
			watermark: false,
		},
		wire: square('2k'),
	},
	{
		says: 'no Prompt Priority fast, no End User ID, no Seed, no Stream, and the user is told of each',
		parameters: SQUARE,
		options: { promptPriority: 'fast', user: 'customer-7', seed: 7, stream: true },
		wire: {},
		warnings: ['Prompt Priority', 'End User ID', 'Seed', 'Stream'].map((option) =>
			leftOut(option, 'Seedream 4.0 on WaveSpeedAI'),
		),
	},
	{
		says: "fields of the provider's own, over those that the panel gives",
		parameters: SQUARE,
		options: { additionalFields: '{ "enable_sync_mode": false, "size": "1024*1024" }' },
		wire: { enable_sync_mode: false, size: '1024*1024' },
	},
	{
		says: 'nothing for options that are about waiting and output only',
		parameters: SQUARE,
		options: OPTIONS_OF_THE_NODE,
		wire: {},
	},
];

function notDemanded(what: string, nearest: string): string {
	return `WaveSpeedAI does not demand this, so it is no more than a warning: Size ${what} for Seedream 4.0. The nearest that would do is ${nearest}.`;
}

/** `POST /api/v3/{model}`. */
export const wire: Wire = {
	plain: { prompt: 'A boat', size: '2048*2048' },
	pixels: (width, height) => ({ size: `${width}*${height}` }),
	rows: [...MODELS, ...EDITS_AND_SETS, ...OPTIONS],
};
