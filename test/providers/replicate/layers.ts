import type { Fields, Layers, LayerRefusal, WireRow } from '../fixture';
import { FORMATS_OF_THE_MAKER, REFUSED_BY_ALL, resolutionRows } from '../shared/layers';
import { leftOut, OPTIONS_OF_THE_NODE } from '../shared/wire';
import { pathOf } from './wire';

const BOX = '1 parrot<bbox>330 274 641 991</bbox>';

const plain = (image: string): Fields => ({
	layer_decomposition: true,
	image_input: [image],
	size: 'auto',
});

const ROWS: readonly WireRow[] = [
	{ says: 'Seedream 5.0 Pro: no prompt, no shape, no count', wire: {} },
	{
		says: 'a model by its ID',
		parameters: { model: 'custom', modelId: 'bytedance/seedream-5-pro' },
		wire: {},
		warnings: [
			'The limits of the model bytedance/seedream-5-pro are not known here, so they were not checked.',
		],
	},
	{ says: 'a prompt, with its box', parameters: { prompt: BOX }, wire: { prompt: BOX } },
	...resolutionRows('size'),
	{ says: 'Output Format', options: { outputFormat: 'jpeg' }, wire: { output_format: 'jpeg' } },
	{ says: 'nothing for PNG', options: { outputFormat: 'png' }, wire: {} },
	{
		says: 'no Prompt Priority fast, which the user is told',
		options: { promptPriority: 'fast' },
		wire: {},
		warnings: [leftOut('Prompt Priority', 'Seedream 5.0 Pro on Replicate')],
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
		says: 'Seedream 5.0 Flash, which it does not sell',
		parameters: { model: 'seedream-5.0-flash' },
		names: 'Custom',
	},
	{
		says: 'Seedream 5.5, which it does not sell',
		parameters: { model: 'seedream-5.5' },
		names: 'Custom',
	},
	{
		says: 'a model that would make a plain edit of it',
		parameters: { model: 'custom', modelId: 'bytedance/seedream-5-lite' },
		names: 'bytedance/seedream-5-pro',
	},
	{
		says: 'a prompt of more than 4000 characters',
		parameters: { prompt: 'a'.repeat(4001) },
		names: '4000',
	},
	{ says: 'Watermark', options: { watermark: true }, names: 'Watermark' },
];

/** replicate.com/bytedance/seedream-5-pro, `layer_decomposition`; what is told of layers beside their links is not documented. */
export const layers: Layers = {
	path: pathOf('seedream-5-pro'),
	plain,
	imageFields: (image) => ({ image_input: [image] }),
	rows: ROWS,
	refused: REFUSED,
	most: [['seedream-5.0-pro', 17]],
	areUndescribed: true,
	formats: FORMATS_OF_THE_MAKER,
};
