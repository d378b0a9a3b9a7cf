import type { Fields, Layers, LayerRefusal, WireRow } from '../fixture';
import { FORMATS_OF_THE_MAKER, REFUSED_BY_ALL } from '../shared/layers';
import { leftOut, modelByExpression, OPTIONS_OF_THE_NODE, unchecked } from '../shared/wire';

const PRO = 'bytedance/seedream/v5/pro/layerize';
const FLASH = 'bytedance/seedream/v5/flash/layerize';
const BOX = '1 parrot<bbox>330 274 641 991</bbox>';

const ROWS: readonly WireRow[] = [
	{ says: 'Seedream 5.0 Pro in the path: no prompt, no count, no format', wire: {} },
	{
		says: 'Seedream 5.0 Flash in the path',
		parameters: { model: 'seedream-5.0-flash' },
		path: `/${FLASH}`,
		wire: {},
	},
	{
		says: 'Seedream 5.5 in the path',
		parameters: { model: 'seedream-5.5' },
		path: '/bytedance/seedream/v5.5/layerize',
		wire: {},
	},
	{
		says: 'a model by its ID in the path',
		parameters: { model: 'custom', modelId: FLASH },
		path: `/${FLASH}`,
		wire: {},
		warnings: [unchecked(FLASH)],
	},
	{ says: 'a prompt, with its box', parameters: { prompt: BOX }, wire: { prompt: BOX } },
	...['1K', '1.5K', '2K'].map((resolution) => ({
		says: `the resolution ${resolution}`,
		parameters: { resolution },
		wire: { image_size: `auto_${resolution}` },
	})),
	{ says: 'nothing for JPEG', options: { outputFormat: 'jpeg' }, wire: {} },
	{
		says: 'no Prompt Priority fast, which the user is told',
		parameters: modelByExpression('seedream-5.0-pro'),
		options: { promptPriority: 'fast' },
		wire: {},
		warnings: [leftOut('Prompt Priority', 'Seedream 5.0 Pro on fal')],
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
		says: 'a model that would make a plain edit of it',
		parameters: { model: 'custom', modelId: 'bytedance/seedream/v5/pro/edit' },
		names: 'layerize',
	},
	{ says: 'Watermark', options: { watermark: true }, names: 'Watermark' },
	{ says: 'Output Format PNG', options: { outputFormat: 'png' }, names: 'Output Format' },
];

const plain = (image: string): Fields => ({ image_url: image, image_size: 'auto' });

/** The pages of the layerize models on fal.ai. */
export const falLayers: Layers = {
	path: `/${PRO}`,
	plain,
	imageFields: (image) => ({ image_url: image }),
	rows: ROWS,
	refused: REFUSED,
	most: [
		['seedream-5.0-pro', 17],
		['seedream-5.0-flash', 17],
		['seedream-5.5', 100],
	],
	formats: FORMATS_OF_THE_MAKER,
	answer: {
		images: [0, 1, 2].map((index) => ({ url: `https://x.test/${index}.png` })),
		layers: [
			{
				image: { url: 'https://x.test/2.png' },
				z_index: 2,
				name: 'title',
				description: 'white letters',
				bounding_box: { absolute: [10, 10, 200, 90], normalized: [8, 6, 160, 55] },
				text_lines: [{ text: 'SALE' }],
			},
			{
				image: { url: 'https://x.test/1.png' },
				z_index: 1,
				name: 'parrot',
				description: 'a red parrot',
				bounding_box: { absolute: [225, 442, 796, 1414], normalized: [135, 177, 478, 567] },
			},
			{ image: { url: 'https://x.test/0.png' }, z_index: 0 },
		],
	},
};
