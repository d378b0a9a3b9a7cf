import type { Fields, Layers, LayerRefusal, WireRow } from '../fixture';
import { REFUSED_BY_ALL, refusedFields } from '../shared/layers';
import { leftOut, OPTIONS_OF_THE_NODE, unchecked } from '../shared/wire';

const path = (model: string) => `/api/v3/bytedance/seedream-${model}/layer-decomposition`;

const BOX = '1 parrot<bbox>330 274 641 991</bbox>';
const CUSTOM = 'bytedance/seedream-v5.0-flash/layer-decomposition';

const plain = (image: string): Fields => ({ image, resolution: '2k', output_format: 'png' });

const ROWS: readonly WireRow[] = [
	{ says: 'Seedream 5.0 Pro: a resolution, PNG, and no more', wire: {} },
	{
		says: 'Seedream 5.0 Flash',
		parameters: { model: 'seedream-5.0-flash' },
		path: path('v5.0-flash'),
		wire: {},
	},
	{
		says: 'Seedream 5.5',
		parameters: { model: 'seedream-5.5' },
		path: path('v5.5'),
		wire: {},
	},
	{
		says: 'a model by its ID, of which nobody knows whether it needs PNG',
		parameters: { model: 'custom', modelId: CUSTOM },
		path: `/api/v3/${CUSTOM}`,
		wire: { output_format: undefined },
		warnings: [unchecked(CUSTOM)],
	},
	{
		says: 'a model by its ID without a resolution, where it is to choose',
		parameters: { model: 'custom', modelId: CUSTOM, resolution: 'auto' },
		options: { outputFormat: 'png' },
		path: `/api/v3/${CUSTOM}`,
		wire: { resolution: undefined },
		warnings: [unchecked(CUSTOM)],
	},
	{ says: 'a prompt, with its box', parameters: { prompt: BOX }, wire: { prompt: BOX } },
	...['1K', '1.5K'].map((resolution) => ({
		says: `the resolution ${resolution}, in lower case`,
		parameters: { resolution },
		wire: { resolution: resolution.toLowerCase() },
	})),
	{ says: 'PNG once where it is asked for too', options: { outputFormat: 'png' }, wire: {} },
	{
		says: 'Prompt Priority fast on Pro',
		options: { promptPriority: 'fast' },
		wire: { prompt_optimization_mode: 'fast' },
	},
	{
		says: 'no Prompt Priority fast on Flash, which the user is told',
		parameters: { model: '={{ "seedream-5.0-flash" }}', modelId: 'unused' },
		options: { promptPriority: 'fast' },
		path: path('v5.0-flash'),
		wire: {},
		warnings: [leftOut('Prompt Priority', 'Seedream 5.0 Flash on WaveSpeedAI')],
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
		says: 'a resolution that is left to the image',
		parameters: { resolution: 'auto' },
		names: '1K, 1.5K, 2K',
	},
	{
		says: 'JPEG, as which layers are not transparent',
		options: { outputFormat: 'jpeg' },
		names: 'PNG only',
	},
	{
		says: 'a model that would make a plain edit of it',
		parameters: { model: 'custom', modelId: 'bytedance/seedream-v5.0-pro/edit' },
		names: 'layer-decomposition',
	},
	{ says: 'Watermark', options: { watermark: true }, names: 'Watermark' },
	...refusedFields(
		'"images": []',
		'"size": "2048*2048"',
		'"aspect_ratio": "1:1"',
		'"max_images": 4',
		'"background": "transparent"',
	),
];

/** WaveSpeedAI, models/bytedance/seedream-…/layer-decomposition: `llms.txt` and docs pages. */
export const wavespeedLayers: Layers = {
	path: path('v5.0-pro'),
	parameters: { resolution: '2K' },
	plain,
	imageFields: (image) => ({ image }),
	rows: ROWS,
	refused: REFUSED,
	most: [
		['seedream-5.0-pro', 17],
		['seedream-5.0-flash', 17],
		['seedream-5.5', 100],
	],
	areUndescribed: true,
	formats: {
		png: 'taken',
		jpeg: 'taken',
		webp: 'refused',
		gif: 'refused',
		tiff: 'refused',
		heic: 'refused',
	},
};
