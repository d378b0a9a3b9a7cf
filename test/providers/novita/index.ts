import type { ProviderFixture, RefusedOptions, ValidationRow } from '../fixture';
import { SET_FAMILIES } from '../shared/families';
import { OF_SET_MODELS, THREE_K, TWO_K, FOUR_K } from '../shared/pixels';
import { synchronous } from './answers';
import { wire } from './wire';

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '16:9 1K', 0, 1, 'accepted'],
	['4.0', 'auto 1K', 0, 15, 'accepted'],
	['4.0', '21:9 4K', 0, 1, 'accepted'],
	['4.0', '1024x1024', 0, 1, 'accepted'],
	['4.0', '1280x720', 0, 1, '1048576'],
	['4.0', '1:1 2K', 10, 5, 'accepted'],
	['4.0', '1:1 2K', 11, 1, '10'],
	['4.0', '1:1 2K', 10, 6, 'accepted'],
	['4.5', '3:2 4K', 14, 1, 'accepted'],
	['4.5', '1:1 1K', 0, 1, '2K, 4K'],
	['4.5', '2048x1024', 0, 1, '3686400'],
	['lite', '21:9 3K', 0, 1, 'accepted'],
	['lite', '1:1 4K', 0, 1, '2K, 3K'],
	['lite', '3225x3226', 0, 1, 'accepted'],
	['lite', '3226x3226', 0, 1, '10404496'],
	['lite', '1:1 2K', 15, 1, '14'],
	['pro', '1:1 2K', 0, 1, 'Seedream 5.0 Pro'],
	['5.5', '1:1 2K', 0, 1, 'Custom'],
	['flash', '1:1 2K', 0, 1, 'seedream-4.0, seedream-4.5, seedream-5.0-lite'],
];

const PNG = { options: { outputFormat: 'png' }, names: 'Output Format' };
const SEARCH = { options: { webSearch: true }, names: 'Web Search' };
const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	{ model: 'seedream-5.0-lite', ...PNG },
	{ model: 'seedream-5.0-lite', ...SEARCH },
	{ model: 'custom', modelId: 'seedream-5.0-lite', ...PNG },
	{ model: 'custom', modelId: 'seedream-5.0-lite', ...SEARCH },
];

/** What it documents itself (novita.ai/docs/api-reference, model-apis-seedream-4-0). */
const OWN_2K = { ...TWO_K, '16:9': '2560x1440', '9:16': '1440x2560', '21:9': '3024x1296' };

/** novita.ai/docs/api-reference, model-apis-seedream-4-0, -4.5 and -5.0-lite. */
export const novita: ProviderFixture = {
	id: 'novita',
	name: 'Novita AI',
	baseUrl: 'https://api.novita.ai',
	models: SET_FAMILIES,
	testPath: '/openapi/v1/billing/balance/detail',
	wrongKeyStatus: 403,
	tellsBalance: true,
	path: '/v3/seedream-4.0',
	takesFiles: true,
	answers: {
		accepted: { images: ['https://x.test/1.jpeg'] },
		finished: { images: ['https://x.test/1.jpeg'] },
		images: 1,
		refused: { code: 400, reason: 'INVALID_IMAGE_SIZE', message: 'too small', metadata: {} },
		reason: 'too small',
	},
	portable: {
		always: { size: '2560x1440', watermark: false },
		one: {},
		four: { sequential_image_generation: 'auto', max_images: 4 },
		references: (image) => ({ images: [image] }),
	},
	pixels: {
		'seedream-4.0': {
			// It takes 1048576 pixels at the least: what is below that is scaled up in its exact shape.
			'1K': {
				'1:1': '1024x1024',
				'2:3': '836x1255',
				'3:2': '1255x836',
				'3:4': '887x1183',
				'4:3': '1183x887',
				'4:5': '916x1145',
				'5:4': '1145x916',
				'9:16': '768x1366',
				'16:9': '1366x768',
				'9:21': '672x1568',
				'21:9': '1568x672',
			},
			'2K': OWN_2K,
			'4K': FOUR_K,
		},
		'seedream-4.5': { ...OF_SET_MODELS['seedream-4.5'], '2K': OWN_2K },
		'seedream-5.0-lite': { '2K': OWN_2K, '3K': THREE_K },
	},
	validation: VALIDATION,
	refusedOptions: REFUSED_OPTIONS,
	wire,
	takers: [
		{
			model: 'seedream-4.0',
			field: 'images',
			isLoneBare: false,
			takesWebp: false,
			plain: {},
		},
		{ model: 'seedream-4.5', field: 'image', isLoneBare: false, takesWebp: true, plain: {} },
		{ model: 'seedream-5.0-lite', field: 'image', isLoneBare: false, takesWebp: true, plain: {} },
	],
	refusedFiles: [
		{
			says: 'WebP, where JPEG and PNG are taken',
			model: 'seedream-4.0',
			file: { width: 40, height: 40, format: 'webp' },
			message: /WEBP.*JPEG, PNG/,
		},
		{
			says: 'a strip of 1:4, where 1:3 is the widest',
			model: 'seedream-4.0',
			file: { width: 160, height: 40 },
			message: /160x40.*1:4.*1:3/,
		},
	],
	synchronous,
};
