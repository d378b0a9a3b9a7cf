import type { ProviderFixture, RefusedOptions, Shapes, ValidationRow } from '../fixture';
import { SET_FAMILIES } from '../shared/families';
import { ONE_K, THREE_K, TWO_K } from '../shared/pixels';
import { REFUSALS_OF_RELAYS } from '../shared/relay';
import { wire } from './wire';

const ANSWER = { created: 1778688000, data: [{ url: 'https://x.test/1.png' }] };

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '1280x720', 0, 6, 'accepted'],
	['4.0', '960x960', 0, 1, 'accepted'],
	['4.0', '4096x4096', 0, 1, 'accepted'],
	['4.0', '16:9 4K', 0, 1, 'accepted'],
	['4.0', '5504x3040', 0, 1, '4096'],
	['4.0', '1:1 2K', 0, 7, '6'],
	['4.0', '1:1 2K', 9, 6, 'accepted'],
	['4.0', '1:1 2K', 10, 5, 'accepted'],
	['4.0', '1:1 2K', 10, 6, '15'],
	['4.0', '1:1 2K', 11, 1, '10'],
	['4.5', '960x960', 0, 1, '3686400'],
	['4.5', '2560x1440', 5, 6, 'accepted'],
	['lite', '9:21 3K', 0, 1, 'accepted'],
	['lite', '1:1 1K', 0, 1, '2K, 3K, 4K'],
	['pro', '1:1 2K', 0, 1, 'Seedream 5.0 Pro'],
	['5.5', '1:1 2K', 0, 1, 'Custom'],
];

const WATERMARK = { options: { watermark: true }, names: 'Watermark' };
const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	{ model: 'seedream-5.0-lite', options: { outputFormat: 'png' }, names: 'Output Format' },
	{ model: 'seedream-5.0-lite', options: { webSearch: true }, names: 'Web Search' },
	{ model: 'seedream-4.0', ...WATERMARK },
	{ model: 'custom', modelId: 'seedream-4.0', ...WATERMARK },
];

/** What it lists itself. */
const OWN_2K: Shapes = { ...TWO_K, '16:9': '2560x1440', '9:16': '1440x2560' };

/** It takes sides of 4096 at the most: the longer ones are scaled down in their exact shape. */
const OWN_3K: Shapes = { ...THREE_K, '9:21': '1755x4096', '21:9': '4096x1755' };
const OWN_4K: Shapes = {
	'1:1': '4096x4096',
	'2:3': '2731x4096',
	'3:2': '4096x2731',
	'3:4': '3072x4096',
	'4:3': '4096x3072',
	'4:5': '3277x4096',
	'5:4': '4096x3277',
	'9:16': '2304x4096',
	'16:9': '4096x2304',
	'9:21': '1755x4096',
	'21:9': '4096x1755',
};

/** docs.uniall.ai/models/image/seedream: a count, a size as an object, and no more. */
export const uniall: ProviderFixture = {
	id: 'uniall',
	name: 'UniAll',
	withoutBaseUrl: 'Its documentation prints $BASE_URL and names no host.',
	models: SET_FAMILIES,
	testPath: '/v1/models',
	wrongKeyStatus: 401,
	path: '/v1/images/generations',
	takesFiles: false,
	answers: {
		accepted: ANSWER,
		finished: ANSWER,
		images: 1,
		refused: { error: { message: 'no such model', type: 'x', param: '', code: 'model_not_found' } },
		reason: 'no such model',
	},
	portable: {
		always: { model: 'seedream-4.0', custom_size: { width: 2560, height: 1440 } },
		one: {},
		four: { n: 4 },
		isExactCount: true,
		references: (image) => ({ image_urls: [image] }),
	},
	pixels: {
		'seedream-4.0': {
			'1K': { ...ONE_K, '16:9': '1280x720', '9:16': '720x1280' },
			'2K': OWN_2K,
			'4K': OWN_4K,
		},
		'seedream-4.5': { '2K': OWN_2K, '4K': OWN_4K },
		'seedream-5.0-lite': { '2K': OWN_2K, '3K': OWN_3K, '4K': OWN_4K },
	},
	validation: VALIDATION,
	refusedOptions: REFUSED_OPTIONS,
	wire,
	synchronous: {
		...REFUSALS_OF_RELAYS,
		item: { model: 'seedream-4.0', isDated: true },
		unstreamed: ['seedream-4.0'],
		fileType: 'png',
		takesBase64: false,
		links: (url) => [
			{ says: 'an object in a list', body: { created: 1, data: [{ url }] } },
			{ says: 'an object without created', body: { data: [{ url }] } },
		],
		embedded: (base64) => [
			{ says: 'b64_json', body: { created: 1, data: [{ b64_json: base64 }] } },
		],
	},
};
