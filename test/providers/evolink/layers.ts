import type { Fields, Layers, LayerRefusal, WireRow } from '../fixture';
import { REFUSED_BY_ALL, refusedFields, resolutionRows } from '../shared/layers';
import { leftOut, OPTIONS_OF_THE_NODE, unchecked } from '../shared/wire';

const FLASH = 'doubao-seedream-5.0-flash-layerize';
const BOX = '1 parrot<bbox>330 274 641 991</bbox>';

const plain = (image: string): Fields => ({
	model: 'doubao-seedream-5.0-pro-layerize',
	image_urls: [image],
	quality: 'auto',
});

const ROWS: readonly WireRow[] = [
	{ says: 'Seedream 5.0 Pro: no prompt, no size, no count, no watermark', wire: {} },
	{
		says: 'Seedream 5.0 Flash',
		parameters: { model: 'seedream-5.0-flash' },
		wire: { model: FLASH },
	},
	{
		says: 'a model by its ID',
		parameters: { model: 'custom', modelId: FLASH },
		wire: { model: FLASH },
		warnings: [unchecked(FLASH)],
	},
	{ says: 'a prompt, with its box', parameters: { prompt: BOX }, wire: { prompt: BOX } },
	...resolutionRows('quality'),
	{ says: 'Output Format', options: { outputFormat: 'png' }, wire: { output_format: 'png' } },
	{ says: 'nothing for JPEG', options: { outputFormat: 'jpeg' }, wire: {} },
	{
		says: 'Prompt Priority fast on Pro',
		options: { promptPriority: 'fast' },
		wire: { prompt_priority: 'fast' },
	},
	{
		says: 'no Prompt Priority fast on Flash, which refuses it, which the user is told',
		parameters: { model: '={{ "seedream-5.0-flash" }}', modelId: 'unused' },
		options: { promptPriority: 'fast' },
		wire: { model: FLASH },
		warnings: [leftOut('Prompt Priority', 'Seedream 5.0 Flash on EvoLink')],
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
		says: 'Seedream 5.5, which it does not sell',
		parameters: { model: 'seedream-5.5' },
		names: 'Custom',
	},
	{
		says: 'a model that would make a plain edit of it',
		parameters: { model: 'custom', modelId: 'doubao-seedream-5.0-pro' },
		names: 'layerize',
	},
	{ says: 'Watermark', options: { watermark: true }, names: 'Watermark' },
	...refusedFields(
		'"size": "16:9"',
		'"n": 4',
		'"watermark": true',
		'"background": "transparent"',
		'"model_params": {}',
	),
];

const LAYER = {
	z_index: 1,
	name: 'parrot',
	description: 'a red parrot',
	bounding_box: { absolute: [225, 442, 796, 1414], normalized: [135, 177, 478, 567] },
};

/** EvoLink docs, image-series/seedream-5.0-pro-layerize and seedream-5.0-flash-layerize. */
export const evolinkLayers: Layers = {
	plain,
	imageFields: (image) => ({ image_urls: [image] }),
	rows: ROWS,
	refused: REFUSED,
	most: [
		['seedream-5.0-pro', 17],
		['seedream-5.0-flash', 17],
	],
	formats: {
		png: 'taken',
		jpeg: 'taken',
		webp: 'refused',
		gif: 'refused',
		tiff: 'refused',
		heic: 'refused',
	},
	answer: {
		created: 1756817821,
		id: 'task-unified-1757165031-layers',
		model: 'doubao-seedream-5.0-pro-layerize',
		object: 'image.generation.task',
		progress: 100,
		status: 'completed',
		type: 'image',
		results: ['https://x.test/0.jpg', 'https://x.test/1.png', 'https://x.test/2.png'],
		result_data: [
			{
				...LAYER,
				image_url: 'https://x.test/2.png',
				z_index: 2,
				name: 'title',
				text_lines: [{ text: 'SALE' }],
			},
			{ ...LAYER, image_url: 'https://x.test/1.png' },
			{ image_url: 'https://x.test/0.jpg', z_index: 0 },
		],
	},
};
