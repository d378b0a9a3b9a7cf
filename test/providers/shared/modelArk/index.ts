import type { ProviderFixture, RefusedFile, RefusedOptions, ValidationRow } from '../../fixture';
import { ALL_FAMILIES } from '../families';
import { OF_ONE_IMAGE_MODELS, OF_SET_MODELS } from '../pixels';
import { ARK_ANSWERS, arkSynchronous } from './answers';
import { arkLayers } from './layers';
import { arkPortable } from './portable';
import type { Seller } from './seller';
import { arkWire } from './wire';

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '1280x720', 0, 15, 'accepted'],
	['4.0', '16:9 1K', 11, 4, 'accepted'],
	['4.0', '3:4 4K', 0, 15, 'accepted'],
	['4.0', '1:1 2K', 12, 4, '15'],
	['4.5', '6240x2656', 0, 1, 'accepted'],
	['4.5', '7000x2656', 0, 1, '16777216'],
	['4.5', '1:1 3K', 0, 1, '2K, 4K'],
	['lite', '1:1 4K', 0, 1, 'accepted'],
	['lite', '5:4 3K', 13, 2, 'accepted'],
	['lite', '1:1 1K', 0, 1, '2K, 3K, 4K'],
	['pro', '16:9 2K', 0, 1, 'accepted'],
	['pro', 'auto 1K', 0, 1, 'accepted'],
	['pro', '1500x1000', 10, 1, 'accepted'],
	['pro', '1:1 3K', 0, 1, '1K, 1.5K, 2K'],
	['pro', '3072x3072', 0, 1, '4624220'],
	['pro', '1:1 2K', 0, 4, '1 image'],
	['flash', '1:1 2K', 0, 1, 'accepted'],
	['flash', '21:9 1.5K', 10, 1, 'accepted'],
	['flash', '1:1 4K', 0, 1, '1K, 1.5K, 2K'],
	['flash', '1:1 2K', 11, 1, '10'],
	['flash', '1:1 2K', 0, 2, '1 image'],
	['5.5', 'auto 1.5K', 0, 1, 'accepted'],
	['5.5', '9:16 1K', 10, 1, 'accepted'],
	['5.5', '1280x720', 0, 1, 'accepted'],
	['5.5', '1279x720', 0, 1, '921600'],
	['5.5', '2150x2150', 0, 1, 'accepted'],
	['5.5', '2151x2150', 0, 1, '4624220'],
	['5.5', '3843x240', 0, 1, '1:16'],
	['5.5', '1:1 3K', 0, 1, '1K, 1.5K, 2K'],
	['5.5', '1:1 4K', 0, 1, '1K, 1.5K, 2K'],
	['5.5', '1:1 2K', 11, 1, '10'],
	['5.5', '1:1 2K', 0, 2, '1 image'],
	['ep-20260102-abcde', '1:1 2K', 14, 1, 'accepted'],
];

const PNG = { outputFormat: 'png' };
const SEARCH = { options: { webSearch: true }, names: 'Web Search' };
const CLEAR = { background: 'transparent' };
const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	{ model: 'seedream-4.0', options: PNG, names: 'Output Format' },
	{ model: 'seedream-4.5', ...SEARCH },
	{ model: 'seedream-5.0-pro', ...SEARCH },
	{ model: 'seedream-5.0-lite', options: { ...CLEAR, ...PNG }, names: 'Background' },
	{ model: 'seedream-5.0-pro', options: CLEAR, names: 'PNG' },
	{ model: 'seedream-5.0-flash', options: { background: 'auto' }, names: 'opaque, transparent' },
	{ model: 'seedream-4.5', options: { background: 'auto' }, names: 'opaque images only' },
	{ model: 'seedream-5.5', ...SEARCH },
	{ model: 'seedream-5.5', options: { ...CLEAR, outputFormat: 'jpeg' }, names: 'PNG' },
];

const REFUSED_FILES: readonly RefusedFile[] = [
	{
		says: 'a strip of 1:17',
		model: 'seedream-4.0',
		file: { width: 340, height: 20 },
		message: /340x20.*1:17.*1:16/,
	},
	{
		says: 'a side of 14 pixels',
		model: 'seedream-4.5',
		file: { width: 40, height: 14 },
		message: /40x14.*at least 15/,
	},
	{
		says: 'what is no image',
		model: 'seedream-5.0-lite',
		file: 'hello, I am a text',
		message: /not an image/,
	},
	{
		says: 'more than 10 MB',
		model: 'seedream-4.5',
		file: { width: 40, height: 40, megabytes: 10 },
		message: /10\.\d* MB.*10 MB/,
	},
	{
		says: 'more than 30 MB',
		model: 'seedream-5.0-pro',
		file: { width: 40, height: 40, megabytes: 30 },
		message: /30\.\d* MB.*30 MB/,
	},
	{
		says: 'more than 30 MB',
		model: 'seedream-5.5',
		file: { width: 40, height: 40, megabytes: 30 },
		message: /30\.\d* MB.*30 MB/,
	},
];

/** One who has the whole API of the models' maker (ModelArk docs 1541523). */
export function modelArkFixture(seller: Seller): ProviderFixture {
	const { id, name, baseUrl, withoutBaseUrl, sameAs, ids } = seller;
	return {
		id,
		name,
		...(baseUrl !== undefined && { baseUrl }),
		...(withoutBaseUrl !== undefined && { withoutBaseUrl }),
		models: ALL_FAMILIES,
		testPath: '/models',
		wrongKeyStatus: 401,
		path: '/images/generations',
		takesFiles: true,
		answers: ARK_ANSWERS,
		portable: arkPortable(ids['seedream-4.0']),
		pixels: {
			...OF_SET_MODELS,
			'seedream-5.0-pro': OF_ONE_IMAGE_MODELS,
			'seedream-5.0-flash': OF_ONE_IMAGE_MODELS,
			'seedream-5.5': OF_ONE_IMAGE_MODELS,
		},
		wire: arkWire(seller),
		synchronous: arkSynchronous(seller),
		layers: arkLayers(seller),
		...(sameAs === undefined ? rowsOfTheDialect(seller) : { sameAs }),
	};
}

/** What is the same whoever sells the models, so that it is tested where it is not tested yet. */
function rowsOfTheDialect({ ids }: Seller): Partial<ProviderFixture> {
	const families = ['seedream-4.0', 'seedream-5.0-pro', 'seedream-5.5'] as const;
	return {
		validation: VALIDATION,
		refusedOptions: REFUSED_OPTIONS,
		takers: families.map((model) => ({
			model,
			field: 'image',
			isLoneBare: true,
			takesWebp: true,
			plain: { model: ids[model] },
		})),
		refusedFiles: REFUSED_FILES,
	};
}
