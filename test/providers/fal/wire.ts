import type { Wire, WireRow } from '../fixture';
import {
	A,
	B,
	editOf,
	leftOut,
	modelByExpression,
	OPTIONS_OF_THE_NODE,
	unchecked,
} from '../shared/wire';

const OLD = '/fal-ai/bytedance/seedream';
const NEW = '/bytedance/seedream';
const V45 = { model: 'seedream-4.5' };
const LITE = { model: 'seedream-5.0-lite' };
const PRO = { model: 'seedream-5.0-pro' };
const FLASH = { model: 'seedream-5.0-flash' };
const V55 = { model: 'seedream-5.5' };

/** Where Lite was before, which still answers. */
const OTHER = 'fal-ai/bytedance/seedream/v5/lite/text-to-image';

const SQUARE = { image_size: { width: 2048, height: 2048 } };

function pathOf(model: string, operation = 'text-to-image'): string {
	return `${model}/${operation}`;
}

const MODELS: WireRow[] = [
	{ says: 'Seedream 4.0 in the path, with no field that is at its default', wire: {} },
	{ says: 'Seedream 4.5', parameters: V45, path: pathOf(`${OLD}/v4.5`), wire: {} },
	{ says: 'Seedream 5.0 Lite', parameters: LITE, path: pathOf(`${NEW}/v5/lite`), wire: {} },
	{ says: 'Seedream 5.0 Pro', parameters: PRO, path: pathOf(`${NEW}/v5/pro`), wire: {} },
	{ says: 'Seedream 5.0 Flash', parameters: FLASH, path: pathOf(`${NEW}/v5/flash`), wire: {} },
	{ says: 'Seedream 5.5', parameters: V55, path: pathOf(`${NEW}/v5.5`), wire: {} },
	{
		says: 'a model by its ID, whose words for sizes are not known',
		parameters: { model: 'custom', modelId: ` ${OTHER} ` },
		path: `/${OTHER}`,
		wire: { image_size: undefined },
		warnings: [
			'Aspect Ratio is Auto, so no size is sent: fal takes sizes in pixels only, and chooses shape and resolution itself. For 2K, choose an aspect ratio.',
			unchecked(OTHER),
		],
	},
	{
		says: 'one of its own models by its ID',
		parameters: { model: 'custom', modelId: 'bytedance/seedream/v5/pro/us/text-to-image' },
		path: pathOf(`${NEW}/v5/pro/us`),
		wire: {},
		warnings: [unchecked('bytedance/seedream/v5/pro/us/text-to-image')],
	},
];

const SETS: WireRow[] = [
	{
		says: 'four images as four runs, whose number the prompt need not say',
		parameters: { numberOfImages: 4 },
		wire: { num_images: 4 },
	},
	{
		says: 'several images of a model that makes one in a run',
		parameters: { ...modelByExpression('seedream-5.0-pro'), numberOfImages: 6 },
		path: pathOf(`${NEW}/v5/pro`),
		wire: { num_images: 6 },
	},
	{
		says: 'two images of a model by its ID',
		parameters: { model: 'custom', modelId: OTHER, numberOfImages: 2, aspectRatio: '1:1' },
		path: `/${OTHER}`,
		wire: { ...SQUARE, num_images: 2 },
		warnings: [unchecked(OTHER)],
	},
];

const EDITS: WireRow[] = [
	[`${OLD}/v4`, {}],
	[`${OLD}/v4.5`, V45],
	[`${NEW}/v5/lite`, LITE],
	[`${NEW}/v5/pro`, PRO],
	[`${NEW}/v5/flash`, FLASH],
	[`${NEW}/v5.5`, V55],
].map(([model, parameters]) => ({
	says: `an edit in its order, under a path of its own: ${String(model)}`,
	parameters: { ...editOf(A, B), ...Object(parameters) },
	path: pathOf(String(model), 'edit'),
	wire: { ...SQUARE, image_urls: [A, B] },
}));

const SIZES: WireRow[] = [
	{
		says: 'exact pixels, both sides',
		parameters: { sizeMode: 'pixels', width: 1500, height: 1000 },
		wire: { image_size: { width: 1500, height: 1000 } },
	},
	{
		says: 'no size where the provider is to decide',
		parameters: { sizeMode: 'default' },
		wire: { image_size: undefined },
	},
	{
		says: 'a resolution alone where the shape is left to the model',
		parameters: { resolution: '4K' },
		wire: { image_size: 'auto_4K' },
	},
	{
		says: '3K alone on Lite',
		parameters: { ...LITE, resolution: '3K' },
		path: pathOf(`${NEW}/v5/lite`),
		wire: { image_size: 'auto_3K' },
	},
	{
		says: '1.5K alone on 5.5',
		parameters: { ...V55, resolution: '1.5K' },
		path: pathOf(`${NEW}/v5.5`),
		wire: { image_size: 'auto_1.5K' },
	},
	{
		says: 'a square where 4.0 has no word for the resolution, which the user is told',
		parameters: { resolution: '1K' },
		wire: { image_size: { width: 1024, height: 1024 } },
		warnings: [asSquare('1024x1024', '1K')],
	},
	{
		says: 'a square where Pro has no word for the resolution, which the user is told',
		parameters: { ...PRO, resolution: '1.5K' },
		path: pathOf(`${NEW}/v5/pro`),
		wire: { image_size: { width: 1536, height: 1536 } },
		warnings: [asSquare('1536x1536', '1.5K')],
	},
];

function asSquare(size: string, resolution: string): string {
	return `Aspect Ratio Auto is sent as ${size}: fal takes ${resolution} in pixels only. Choose an aspect ratio if a square is not wanted.`;
}

const OPTIONS: WireRow[] = [
	{ says: 'Seed', options: { seed: 7 }, wire: { seed: 7 } },
	{
		says: 'Seed on 4.5',
		parameters: V45,
		path: pathOf(`${OLD}/v4.5`),
		options: { seed: 0 },
		wire: { seed: 0 },
	},
	{
		says: 'no Seed on Lite, which the user is told',
		parameters: LITE,
		path: pathOf(`${NEW}/v5/lite`),
		options: { seed: 7 },
		wire: {},
		warnings: [leftOut('Seed', 'Seedream 5.0 Lite on fal')],
	},
	{
		says: 'Prompt Priority fast',
		options: { promptPriority: 'fast' },
		wire: { enhance_prompt_mode: 'fast' },
	},
	{
		says: 'no Prompt Priority fast on Pro, which the user is told',
		parameters: PRO,
		path: pathOf(`${NEW}/v5/pro`),
		options: { promptPriority: 'fast' },
		wire: {},
		warnings: [leftOut('Prompt Priority', 'Seedream 5.0 Pro on fal')],
	},
	{
		says: 'JPEG on Pro, which makes PNG by itself',
		parameters: PRO,
		path: pathOf(`${NEW}/v5/pro`),
		options: { outputFormat: 'jpeg' },
		wire: { output_format: 'jpeg' },
	},
	{
		says: 'a transparent background by 5.5, with the format in any case',
		parameters: V55,
		path: pathOf(`${NEW}/v5.5`),
		options: { background: 'transparent' },
		wire: { background: 'transparent', output_format: 'png' },
	},
	{
		says: 'an opaque background by 5.5, which does not make it by itself',
		parameters: V55,
		path: pathOf(`${NEW}/v5.5`),
		options: { background: 'opaque' },
		wire: { background: 'opaque' },
	},
	{
		says: 'nothing for what is at its default: PNG, an opaque background, no search, no watermark',
		parameters: modelByExpression('seedream-5.0-flash'),
		path: pathOf(`${NEW}/v5/flash`),
		options: { outputFormat: 'png', background: 'opaque', webSearch: false, watermark: false },
		wire: {},
	},
	{
		says: 'no End User ID and no Stream, which the user is told',
		options: { user: 'customer-7', stream: true },
		wire: {},
		warnings: ['End User ID', 'Stream'].map((option) => leftOut(option, 'Seedream 4.0 on fal')),
	},
	{
		says: "fields of the provider's own, over those that the panel gives",
		parameters: { numberOfImages: 2 },
		options: { additionalFields: '{ "max_images": 3, "num_images": 1 }' },
		wire: { max_images: 3, num_images: 1 },
	},
	{
		says: 'nothing for options that are about waiting and output only',
		options: OPTIONS_OF_THE_NODE,
		wire: {},
	},
];

/** The pages of the models on fal.ai; the model stands in the path. */
export const wire: Wire = {
	plain: { prompt: 'A boat', image_size: 'auto_2K' },
	pixels: (width, height) => ({ image_size: { width, height } }),
	rows: [...MODELS, ...SETS, ...EDITS, ...SIZES, ...OPTIONS],
};
