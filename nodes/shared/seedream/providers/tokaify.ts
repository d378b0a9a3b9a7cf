import { MODEL_LIMITS, type LimitName, type ModelFamily } from '../models';
import { success } from '../result';
import { MAKER_SHAPES } from '../presets';
import { LATER } from './dialects/errorHints';
import { arkFields } from './dialects/arkFields';
import { refusal } from './dialects/errorBody';
import { mostOfNestedSet } from './dialects/imageCount';
import { newApiAdvice } from './dialects/newApiErrors';
import type { Provider, ProviderModel } from './provider';
import { readSyncAnswer, type Seller } from './dialects/syncAnswer';

/** Its pages recommend these, or leave them to the models' maker. */
const NOT_DEMANDED: readonly LimitName[] = [
	'size',
	'referenceCount',
	'imagesAndReferences',
	'referenceFormat',
	'referenceFile',
];

/** doc.tokaify.com, images/doubao. No field for format, search or priority is documented. */
function model(family: ModelFamily, id: string): ProviderModel {
	return {
		id,
		limits: {
			...MODEL_LIMITS[family],
			notDemanded: NOT_DEMANDED,
			promptPriorities: ['standard'],
			outputFormats: [],
			webSearch: false,
		},
	};
}

const SET_LOST =
	'Tokaify seems to have dropped the request for several images on its way to the model. Use one request for each image there.';

const SELLER: Seller = {
	id: 'tokaify',
	name: 'Tokaify',
	errorsAreFree: false,
	readError: (answer) => refusal('tokaify', 'Tokaify', answer, newApiAdvice),
};

/** Tokaify, a relay with the fields of the models' maker. Its errors are not documented. */
export const tokaify: Provider = {
	id: SELLER.id,
	name: SELLER.name,
	baseUrl: 'https://api.tokaify.com',
	testPath: '/v1/models',
	models: {
		'seedream-4.0': model('seedream-4.0', 'doubao-seedream-4-0-250828'),
		'seedream-4.5': model('seedream-4.5', 'doubao-seedream-4-5-251128'),
		'seedream-5.0-lite': model('seedream-5.0-lite', 'doubao-seedream-5-0-lite-260128'),
	},
	takesUser: true,
	countIsLimit: true,
	sizing: { kind: 'pixels', shapes: MAKER_SHAPES, tiers: ['1K', '2K', '4K'] },
	referenceTransport: { kind: 'dataUri' },
	planCreate: (order) => {
		const { user, stream } = order.request.options;
		return {
			method: 'POST',
			path: '/v1/images/generations',
			body: { ...arkFields(order), ...(user && { user }) },
			...(stream && { isStream: true }),
		};
	},
	mostImages: mostOfNestedSet,
	readCreate: (answer, { request }) => {
		const read = readSyncAnswer(SELLER, answer);
		if (!read.ok) return read;
		const task = read.value;
		const { numberOfImages, options } = request;
		const isSetAsked = numberOfImages > 1 && options.stateCountInPrompt;
		const isSetLost = isSetAsked && task.images.length === 1 && task.remarks === undefined;
		return success(isSetLost ? { ...task, remarks: [SET_LOST] } : task);
	},
	readError: (answer) => SELLER.readError(answer),
	adviceForTask: (code) => newApiAdvice(code) ?? LATER,
};
