import type { ProviderFixture, RefusedOptions, ValidationRow } from '../fixture';
import { ALL_FAMILIES } from '../shared/families';
import { OF_ONE_IMAGE_MODELS, OF_SET_MODELS } from '../shared/pixels';
import { asynchronous } from './asynchronous';
import { falLayers } from './layers';
import { wire } from './wire';

const REQUEST_ID = '764cabcf-b745-4b3e-ae38-1200304cf45b';
const QUEUED = `https://queue.fal.run/fal-ai/bytedance/requests/${REQUEST_ID}`;

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '16:9 1K', 0, 1, 'accepted'],
	['4.0', '21:9 4K', 0, 6, 'accepted'],
	['4.0', '9:21 2K', 0, 1, 'accepted'],
	['4.0', 'auto 2K', 10, 1, 'accepted'],
	['4.0', '1:1 3K', 0, 1, '1K, 2K, 4K'],
	['4.0', '1280x720', 0, 1, 'accepted'],
	['4.0', '1279x720', 0, 1, '921600'],
	['4.0', '4096x4096', 0, 1, 'accepted'],
	['4.0', '4097x4096', 0, 1, '16777216'],
	['4.0', '1:1 2K', 0, 7, '6'],
	['4.0', '1:1 2K', 11, 1, '10'],
	['4.0', '1:1 2K', 10, 5, 'accepted'],
	['4.0', '1:1 2K', 10, 6, '15'],
	['4.5', '1:1 1K', 0, 1, '2K, 4K'],
	['4.5', '2560x1440', 0, 1, 'accepted'],
	['4.5', '2559x1440', 0, 1, '3686400'],
	['4.5', '1:1 2K', 10, 6, '15'],
	['lite', '9:21 3K', 0, 6, 'accepted'],
	['lite', '1:1 4K', 10, 6, 'accepted'],
	['lite', '1920x1919', 0, 1, '3686400'],
	['lite', '1:1 2K', 11, 1, '10'],
	['pro', '16:9 1.5K', 0, 6, 'accepted'],
	['pro', '1:1 4K', 0, 1, '1K, 1.5K, 2K'],
	['pro', '1024x1024', 0, 1, 'accepted'],
	['pro', '1024x1023', 0, 1, '1048576'],
	['pro', '2048x2048', 0, 1, 'accepted'],
	['pro', '2816x1584', 0, 1, '4194304'],
	['pro', '1:1 2K', 10, 6, 'accepted'],
	['pro', '1:1 2K', 0, 7, '6'],
	['flash', '9:16 1K', 0, 1, 'accepted'],
	['flash', '2848x1600', 0, 1, '4194304'],
	['5.5', '2848x1600', 0, 6, 'accepted'],
	['5.5', '2151x2150', 0, 1, '4624220'],
	['5.5', '1:1 2K', 11, 1, '10'],
	['bytedance/seedream/v5/lite/text-to-image', '1:1 2K', 0, 1, 'accepted'],
];

const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	...(['seedream-4.0', 'seedream-4.5', 'seedream-5.0-lite'] as const).map((model) => ({
		model,
		options: { outputFormat: 'png' },
		names: 'Output Format',
	})),
	{ model: 'seedream-5.0-lite', options: { webSearch: true }, names: 'Web Search' },
	{ model: 'seedream-4.0', options: { watermark: true }, names: 'Watermark' },
	{ model: 'seedream-5.5', options: { watermark: true }, names: 'Watermark' },
	{
		model: 'custom',
		modelId: 'bytedance/seedream/v5/pro/edit',
		options: { watermark: true },
		names: 'Watermark',
	},
	...(['seedream-5.0-pro', 'seedream-5.0-flash'] as const).map((model) => ({
		model,
		options: { background: 'transparent', outputFormat: 'png' },
		names: 'Background',
	})),
	{
		model: 'seedream-5.5',
		options: { background: 'transparent', outputFormat: 'jpeg' },
		names: 'PNG',
	},
];

/** From 1048576 to 4194304 pixels: what is beyond that is scaled in its exact shape. */
const SCALED = {
	'1K': {
		...OF_ONE_IMAGE_MODELS['1K'],
		'2:3': '836x1255',
		'3:2': '1255x836',
		'3:4': '887x1183',
		'4:3': '1183x887',
		'4:5': '916x1145',
		'5:4': '1145x916',
	},
	'1.5K': OF_ONE_IMAGE_MODELS['1.5K'],
	'2K': {
		...OF_ONE_IMAGE_MODELS['2K'],
		'3:4': '1774x2364',
		'4:3': '2364x1774',
		'9:16': '1536x2730',
		'16:9': '2730x1536',
		'9:21': '1341x3127',
		'21:9': '3127x1341',
	},
};

/** A queue (fal docs, Queue API, Webhooks and Model Errors), and the pages of the models on fal.ai. */
export const fal: ProviderFixture = {
	id: 'fal',
	name: 'fal',
	baseUrl: 'https://queue.fal.run',
	keyScheme: 'Key',
	models: ALL_FAMILIES,
	testPath: '/v1/models/pricing?endpoint_id=fal-ai/bytedance/seedream/v4/text-to-image',
	testBaseUrl: 'https://api.fal.ai',
	wrongKeyStatus: 401,
	path: '/fal-ai/bytedance/seedream/v4/text-to-image',
	takesFiles: true,
	answers: {
		accepted: {
			request_id: REQUEST_ID,
			response_url: QUEUED,
			status_url: `${QUEUED}/status`,
			cancel_url: `${QUEUED}/cancel`,
			queue_position: 0,
		},
		finished: {
			status: 'COMPLETED',
			request_id: REQUEST_ID,
			response_url: QUEUED,
			logs: null,
			metrics: { inference_time: 3.7 },
		},
		result: {
			images: [
				{ url: 'https://v3.fal.media/files/b/1.png' },
				{ url: 'https://v3.fal.media/2.png' },
			],
			seed: 746406749,
		},
		images: 2,
		taskId: `fal-ai.bytedance.${REQUEST_ID}`,
		refused: {
			detail: [
				{
					loc: ['body', 'prompt'],
					msg: 'The content could not be processed',
					type: 'content_policy_violation',
					url: 'https://docs.fal.ai/errors#content_policy_violation',
					input: 'A boat',
				},
			],
		},
		reason: 'The content could not be processed',
	},
	portable: {
		always: { image_size: { width: 2848, height: 1600 } },
		one: {},
		four: { num_images: 4 },
		isExactCount: true,
		references: (image) => ({ image_urls: [image] }),
	},
	pixels: {
		...OF_SET_MODELS,
		'seedream-5.0-pro': SCALED,
		'seedream-5.0-flash': SCALED,
		'seedream-5.5': OF_ONE_IMAGE_MODELS,
	},
	sizeWords: (_, resolution) => [`auto_${resolution}`],
	validation: VALIDATION,
	refusedOptions: REFUSED_OPTIONS,
	wire,
	layers: falLayers,
	asynchronous,
};
