import { textOf } from '../body';
import type { ProviderFixture, RefusedOptions, ValidationRow } from '../fixture';
import { SET_FAMILIES } from '../shared/families';
import { answers, asynchronous } from './answers';
import { layers } from './layers';
import { sizeWords } from './sizes';
import { wire } from './wire';

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '16:9 1K', 0, 1, 'accepted'],
	['4.0', '21:9 4K', 0, 6, 'accepted'],
	['4.0', '1:1 2K', 0, 7, 'at most 6 images'],
	['4.0', '1:1 2K', 10, 6, 'accepted'],
	['4.0', '1:1 2K', 11, 1, '10'],
	['4.0', '1:1 3K', 0, 1, '1K, 2K, 4K'],
	['4.0', 'auto 2K', 0, 1, 'Choose one of these'],
	['4.0', '4:5 2K', 0, 1, 'The nearest is 3:4'],
	['4.0', '2048x2048', 0, 1, 'the nearest is 1:1 at 2K'],
	['4.5', '3:2 4K', 14, 1, 'accepted'],
	['4.5', '1:1 2K', 15, 1, '14'],
	['4.5', '1:1 1K', 0, 1, '2K, 4K'],
	['4.5', '9:21 2K', 0, 1, 'The nearest is 9:16'],
	['4.5', '1:1 2K', 0, 2, '1 image'],
	['lite', '2:3 2K', 14, 1, 'accepted'],
	['lite', '1:1 3K', 0, 1, 'accepted'],
	['lite', '21:9 4K', 0, 1, 'accepted'],
	['lite', '1:1 1K', 0, 1, '2K, 3K, 4K'],
	['pro', '9:16 1K', 10, 1, 'accepted'],
	['pro', '1:1 1.5K', 0, 1, '1K, 2K'],
	['pro', '5:4 2K', 0, 1, 'The nearest is 4:3'],
	['pro', '1:1 2K', 11, 1, '10'],
	['flash', '3:4 1.5K', 0, 1, 'accepted'],
	['flash', 'auto 2K', 0, 1, 'Choose one of these'],
	['flash', '1:1 4K', 0, 1, '1K, 1.5K, 2K'],
	['5.5', '1:1 2K', 0, 1, 'Custom'],
	['seedream/4.5-text-to-image', '1:1 2K', 0, 1, 'accepted'],
	['seedream/4.5-text-to-image', '1024x1024', 0, 1, 'takes a shape and a resolution only'],
];

const SETS = ['seedream-4.0', 'seedream-4.5'] as const;
const SINGLES = ['seedream-5.0-lite', 'seedream-5.0-pro', 'seedream-5.0-flash'] as const;

const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	...SETS.map((model) => ({ model, options: { outputFormat: 'png' }, names: 'Output Format' })),
	...[...SETS, ...SINGLES, 'custom' as const].flatMap((model) => [
		{ model, modelId: 'a/b', options: { watermark: true }, names: 'Watermark' },
		{ model, modelId: 'a/b', options: { webSearch: true }, names: 'Web Search' },
		{ model, modelId: 'a/b', options: { background: 'transparent' }, names: 'Background' },
	]),
];

/** Kie.ai docs, market/seedream, market/bytedance and market/common/get-task-detail. */
export const kie: ProviderFixture = {
	id: 'kie',
	name: 'Kie.ai',
	baseUrl: 'https://api.kie.ai',
	models: [...SET_FAMILIES, 'seedream-5.0-pro', 'seedream-5.0-flash'],
	testPath: '/api/v1/chat/credit',
	wrongKeyStatus: 200,
	tellsBalance: true,
	path: '/api/v1/jobs/createTask',
	inside: 'input',
	takesFiles: true,
	answers,
	portable: {
		beside: {
			generate: { model: 'bytedance/seedream-v4-text-to-image' },
			edit: { model: 'bytedance/seedream-v4-edit' },
		},
		always: { image_size: 'landscape_16_9', image_resolution: '2K' },
		one: {},
		four: { max_images: 4 },
		references: (image) => ({ image_urls: [image] }),
	},
	sizeWords,
	validation: VALIDATION,
	refusedOptions: REFUSED_OPTIONS,
	wire,
	layers,
	asynchronous: {
		...asynchronous,
		callbackUrlIn: ({ body }) => textOf(body, 'callBackUrl'),
	},
};
