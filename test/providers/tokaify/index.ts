import type { ProviderFixture, RefusedOptions, ValidationRow } from '../fixture';
import { SET_FAMILIES } from '../shared/families';
import { arkDetails } from '../shared/modelArk/answers';
import { arkPortable } from '../shared/modelArk/portable';
import { OF_SET_MODELS } from '../shared/pixels';
import { REFUSALS_OF_RELAYS } from '../shared/relay';
import { layers } from './layers';
import { wire } from './wire';

const MODEL = 'doubao-seedream-4-0-250828';

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '9:16 1K', 0, 15, 'accepted'],
	['4.0', 'auto 4K', 14, 1, 'accepted'],
	['4.0', '1:1 2K', 14, 2, 'accepted'],
	['4.0', '1:1 2K', 15, 1, 'accepted'],
	['4.0', '1280x719', 0, 1, 'accepted'],
	['4.0', '1:1 2K', 0, 16, '15'],
	['4.5', '4:5 4K', 0, 4, 'accepted'],
	['4.5', '1:1 1K', 0, 1, '2K, 4K'],
	['lite', 'auto 3K', 0, 1, 'accepted'],
	['lite', '16:1.5 2K', 0, 1, '16:1.5'],
	['flash', '1:1 2K', 0, 1, 'Seedream 5.0 Flash'],
	['5.5', '1:1 2K', 0, 1, 'Custom'],
	['doubao-seedream-5-0-260128', '1:1 2K', 0, 2, 'accepted'],
];

const SEARCH = { options: { webSearch: true }, names: 'Web Search' };
const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	{ model: 'seedream-5.0-lite', options: { outputFormat: 'png' }, names: 'Output Format' },
	{ model: 'seedream-5.0-lite', ...SEARCH },
	{ model: 'custom', modelId: 'doubao-seedream-5-0-260128', ...SEARCH },
];

/** doc.tokaify.com, images/doubao: the fields of the models' maker, and `user`. */
export const tokaify: ProviderFixture = {
	id: 'tokaify',
	name: 'Tokaify',
	baseUrl: 'https://api.tokaify.com',
	models: SET_FAMILIES,
	testPath: '/v1/models',
	wrongKeyStatus: 401,
	path: '/v1/images/generations',
	takesFiles: true,
	answers: {
		accepted: { created: 1777432320, data: [{ url: 'https://x.test/1.png', b64_json: null }] },
		finished: { created: 1777432320, data: { url: 'https://x.test/1.png', b64_json: null } },
		images: 1,
		refused: { error: { message: 'quota is used up (request id: 1)', type: 'new_api_error' } },
		reason: 'quota is used up',
	},
	portable: arkPortable(MODEL),
	pixels: OF_SET_MODELS,
	validation: VALIDATION,
	refusedOptions: REFUSED_OPTIONS,
	wire,
	layers,
	takers: [
		{
			model: 'seedream-4.0',
			field: 'image',
			isLoneBare: true,
			takesWebp: true,
			plain: { model: MODEL },
		},
	],
	synchronous: {
		...REFUSALS_OF_RELAYS,
		item: { model: MODEL, isDated: true, rest: () => ({ revisedPrompt: 'A boat' }) },
		// Its pages name the field and not the events, so they are those of the models' maker.
		streamed: { model: MODEL, isDated: true, rest: arkDetails },
		unstreamed: [],
		fileType: 'jpeg',
		takesBase64: true,
		links: (url) => [
			{ says: 'an object in a list', body: { created: 1, data: [{ url, b64_json: null }] } },
			{ says: 'an object without a list', body: { created: 1, data: { url, b64_json: null } } },
		],
		embedded: (base64) => [
			{
				says: 'b64_json beside an empty url',
				body: { created: 1, data: [{ url: null, b64_json: base64 }] },
			},
			{
				says: 'b64_json in an object without a list',
				body: { created: 1, data: { b64_json: base64 } },
			},
		],
	},
};
