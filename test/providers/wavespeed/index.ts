import type { ProviderFixture, RefusedOptions, ValidationRow } from '../fixture';
import { ALL_FAMILIES } from '../shared/families';
import { OF_SET_MODELS } from '../shared/pixels';
import { asynchronous, predictionOf, TASK_ID } from './answers';
import { wavespeedLayers } from './layers';
import { wire } from './wire';

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '16:9 1K', 0, 1, 'accepted'],
	['4.0', 'auto 2K', 0, 15, 'accepted'],
	['4.0', '1:1 3K', 0, 1, '1K, 2K, 4K'],
	['4.0', '1:1 2K', 0, 16, '15'],
	['4.0', '1:1 2K', 10, 1, 'accepted'],
	['4.0', '1:1 2K', 11, 1, '10'],
	// Its pages contradict each other on sizes, and are silent on references and images together.
	['4.0', '64x64', 0, 1, 'accepted'],
	['4.0', '16384x1024', 0, 1, 'accepted'],
	['4.5', '1080x1920', 1, 1, 'accepted'],
	['4.0', '1:1 2K', 10, 6, 'accepted'],
	['4.5', '21:9 4K', 0, 4, 'accepted'],
	['4.5', '1:1 1K', 0, 1, '2K, 4K'],
	['lite', '9:21 3K', 2, 2, 'accepted'],
	['lite', '1:1 1.5K', 0, 1, '2K, 3K, 4K'],
	['pro', '9:21 1.5K', 0, 1, 'accepted'],
	['pro', 'auto 2K', 0, 1, 'Auto'],
	['pro', '1:1 4K', 0, 1, '1K, 1.5K, 2K'],
	['pro', '4:5 2K', 10, 1, 'accepted'],
	['pro', '1:1 2K', 11, 1, '10'],
	['pro', '1:1 2K', 0, 2, '1 image'],
	['flash', '16:9 1K', 1, 1, 'accepted'],
	['flash', '1:1 3K', 0, 1, '1K, 1.5K, 2K'],
	['5.5', '16:9 3K', 0, 1, 'accepted'],
	['5.5', '1:1 4K', 0, 1, '1K, 1.5K, 2K, 3K'],
	['5.5', '3:2 1.5K', 10, 1, 'accepted'],
	['bytedance/seedream-v4.5', '1:1 2K', 0, 1, 'accepted'],
	['bytedance/seedream-v5.0-pro/edit', '1:1 2K', 1, 1, 'accepted'],
	['bytedance/seedream-v5.5', 'auto 3K', 0, 1, 'accepted'],
];

const WATERMARK = { options: { watermark: true }, names: 'Watermark' };
const SEARCH = { options: { webSearch: true }, names: 'Web Search' };
const CLEAR = {
	options: { background: 'transparent', outputFormat: 'png' },
	names: 'makes opaque images only',
};

const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	{ model: 'seedream-4.0', options: { outputFormat: 'png' }, names: 'Output Format' },
	{ model: 'seedream-4.5', ...WATERMARK },
	{ model: 'seedream-5.0-lite', ...SEARCH },
	{ model: 'seedream-5.0-pro', ...CLEAR },
	{ model: 'seedream-5.0-flash', ...CLEAR },
	{ model: 'seedream-5.0-flash', ...WATERMARK },
	{
		model: 'seedream-5.5',
		options: { background: 'transparent', outputFormat: 'jpeg' },
		names: 'PNG',
	},
	{ model: 'custom', modelId: 'bytedance/seedream-v4', ...WATERMARK },
	{ model: 'custom', modelId: 'bytedance/seedream-v5.0-lite', ...SEARCH },
];

/** Predictions and callbacks; the path is the model (wavespeed.ai/docs and models/bytedance/…/llms.txt). */
export const wavespeed: ProviderFixture = {
	id: 'wavespeed',
	name: 'WaveSpeedAI',
	baseUrl: 'https://api.wavespeed.ai',
	models: ALL_FAMILIES,
	testPath: '/api/v3/balance',
	wrongKeyStatus: 401,
	tellsBalance: true,
	path: '/api/v3/bytedance/seedream-v4',
	takesFiles: true,
	answers: {
		accepted: { code: 200, message: 'success', data: predictionOf({ status: 'created' }) },
		finished: {
			code: 200,
			message: 'success',
			data: predictionOf({
				status: 'completed',
				outputs: ['https://x.test/1.jpeg', 'https://x.test/2.jpeg'],
				has_nsfw_contents: [false, false],
				executionTime: 6710,
			}),
		},
		images: 2,
		taskId: TASK_ID,
		refused: { code: 400, message: 'size is not valid' },
		reason: 'size is not valid',
	},
	portable: {
		always: { size: '2848*1600' },
		one: {},
		four: { max_images: 4 },
		references: (image) => ({ images: [image] }),
	},
	pixels: OF_SET_MODELS,
	sizeWords: (shape, resolution) => [shape, resolution.toLowerCase()],
	validation: VALIDATION,
	refusedOptions: REFUSED_OPTIONS,
	refusedFiles: [
		{
			says: 'what is no picture',
			model: 'seedream-4.0',
			file: 'no picture',
			message: /not an image/,
		},
	],
	wire,
	asynchronous,
	layers: wavespeedLayers,
};
