import { MODEL_LIMITS, type ModelFamily } from '../models';
import { failure, success } from '../outcome';
import { LATER, unreadable } from './advice';
import { arkFields } from './arkFields';
import { refusal } from './errorBody';
import { newApiAdvice } from './newApiErrors';
import type { Provider, ProviderModel } from './provider';
import { readSyncAnswer } from './syncAnswer';

/** doc.tokaify.com, images/doubao. No field for format, search or priority is documented. */
function model(family: ModelFamily, id: string): ProviderModel {
	return {
		id,
		limits: {
			...MODEL_LIMITS[family],
			promptPriorities: ['standard'],
			outputFormats: [],
			webSearch: false,
			// Documented without the form of its events, and relays are known to bill streams twice.
			stream: false,
		},
	};
}

/** Tokaify, a relay with the fields of the models' maker. Its errors are not documented. */
export const tokaify: Provider = {
	id: 'tokaify',
	name: 'Tokaify',
	baseUrl: 'https://api.tokaify.com',
	testPath: '/v1/models',
	models: {
		'seedream-4.0': model('seedream-4.0', 'doubao-seedream-4-0-250828'),
		'seedream-4.5': model('seedream-4.5', 'doubao-seedream-4-5-251128'),
		'seedream-5.0-lite': model('seedream-5.0-lite', 'doubao-seedream-5-0-lite-260128'),
	},
	takesUser: true,
	sizing: { kind: 'pixels', tiers: ['1K', '2K', '4K'] },
	referenceTransport: { kind: 'dataUri' },
	planCreate: (order) => ({
		method: 'POST',
		path: '/v1/images/generations',
		body: {
			...arkFields(order),
			...(order.request.options.user && { user: order.request.options.user }),
		},
	}),
	readCreate: (answer, { request }) => {
		const task = readSyncAnswer('tokaify', answer);
		if (!task) return failure(unreadable('tokaify', 'Tokaify', answer));
		const isSetLost = request.numberOfImages > 1 && task.images.length === 1;
		return success(isSetLost ? { ...task, remarks: [SET_LOST] } : task);
	},
	readError: (answer) => refusal('tokaify', 'Tokaify', answer, newApiAdvice),
	adviceForTask: (code) => newApiAdvice(code) ?? LATER,
};

const SET_LOST =
	'Tokaify seems to have dropped the request for several images on its way to the model. Use one request for each image there.';
