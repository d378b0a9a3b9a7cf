import type { Fields, Layers, LayerRefusal, WireRow } from '../fixture';
import { REFUSED_BY_ALL, resolutionRows } from '../shared/layers';
import { leftOut, OPTIONS_OF_THE_NODE, unchecked } from '../shared/wire';

const PRO = { model: 'seedream/5-pro-layer-decomposition' };
const FLASH = { model: 'seedream/5-flash-layer-decomposition' };
const FIVE_FIVE = { model: 'seedream/5-5-layer-decomposition' };
const BOX = 'Separate the parrot<bbox>330 274 641 991</bbox>';

/** It was seen to answer with links alone (ComfyUI-Kie-API, the page of its node). */
const TOLD_NOTHING =
	'No layers came: nothing says which layer each of the 4 images is. The provider made a plain edit, or left out what the model said of the layers. Either is billed.';

const plain = (image: string): Fields => ({ image_url: image, size: 'auto' });

const ROWS: readonly WireRow[] = [
	{ says: 'Seedream 5.0 Pro: no prompt, no format, no count', wire: {} },
	{
		says: 'Seedream 5.0 Flash, which says nothing of the layers',
		parameters: { model: 'seedream-5.0-flash' },
		beside: FLASH,
		wire: {},
		warnings: [TOLD_NOTHING],
	},
	{
		says: 'Seedream 5.5, of which nobody knows in what format it makes the base by itself',
		parameters: { model: 'seedream-5.5' },
		beside: FIVE_FIVE,
		wire: { output_format: 'png' },
	},
	{
		says: 'a model by its ID',
		parameters: { model: 'custom', modelId: PRO.model },
		wire: {},
		warnings: [unchecked(PRO.model)],
	},
	{ says: 'a prompt, with its box', parameters: { prompt: BOX }, wire: { prompt: BOX } },
	...resolutionRows('size'),
	{ says: 'Output Format', options: { outputFormat: 'png' }, wire: { output_format: 'png' } },
	{ says: 'nothing for JPEG', options: { outputFormat: 'jpeg' }, wire: {} },
	{
		says: 'no Prompt Priority fast, which the user is told',
		options: { promptPriority: 'fast' },
		wire: {},
		warnings: [leftOut('Prompt Priority', 'Seedream 5.0 Pro on Kie.ai')],
	},
	{
		says: "fields of the provider's own",
		options: { additionalFields: '{ "input": { "nsfw_checker": true } }' },
		wire: { nsfw_checker: true },
	},
	{
		says: 'nothing for options that are about waiting and output only',
		options: OPTIONS_OF_THE_NODE,
		wire: {},
	},
];

const REFUSED: readonly LayerRefusal[] = [
	...REFUSED_BY_ALL,
	{
		says: 'a model that would make a plain image',
		parameters: { model: 'custom', modelId: 'seedream/5-pro-text-to-image' },
		names: 'layer-decomposition',
	},
	{ says: 'Watermark', options: { watermark: true }, names: 'Watermark' },
	{
		says: 'a prompt of more than 5000 characters',
		parameters: { prompt: 'a'.repeat(5001) },
		names: '5001 characters',
	},
];

/** Kie.ai docs, market/seedream/5-pro-layer-decomposition, in another order. */
const RESULT = {
	resultObject: {
		layers_data: [
			{
				z_index: 2,
				size: '1179x245',
				output_format: 'png',
				bounding_box: { absolute: [202, 63, 872, 202], normalized: [187, 58, 806, 186] },
				name: 'title',
				description: 'the yellow title',
				text_lines: [{ text: 'SALE' }],
				url: 'https://x.test/2.png',
			},
			{
				z_index: 1,
				size: '1040x1770',
				output_format: 'png',
				bounding_box: { absolute: [225, 442, 796, 1014], normalized: [208, 409, 737, 939] },
				name: 'parrot',
				description: 'a red parrot',
				url: 'https://x.test/1.png',
			},
			{ z_index: 0, size: '1080x1080', output_format: 'jpeg', url: 'https://x.test/0.jpeg' },
		],
	},
	resultUrls: ['https://x.test/0.jpeg', 'https://x.test/1.png', 'https://x.test/2.png'],
};

export const layers: Layers = {
	plain,
	beside: PRO,
	imageFields: (image) => ({ image_url: image }),
	rows: ROWS,
	refused: REFUSED,
	most: [
		['seedream-5.0-pro', 17],
		['seedream-5.0-flash', 17],
		['seedream-5.5', 100],
	],
	formats: {
		png: 'taken',
		jpeg: 'taken',
		webp: 'taken',
		gif: 'taken',
		tiff: 'taken',
		heic: 'refused',
	},
	answer: {
		code: 200,
		msg: 'success',
		data: {
			taskId: 'task_seedream_1765166238717',
			...PRO,
			state: 'success',
			param: '{}',
			resultJson: JSON.stringify(RESULT),
			failCode: '',
			failMsg: '',
			createTime: 1698765400000,
			creditsConsumed: 21,
		},
	},
};
