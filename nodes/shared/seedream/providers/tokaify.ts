import { MODEL_SPECS, type LimitName, type ModelFamily, type ModelSpec } from '../models';
import { MAKER_SHAPES } from '../presets';
import { success } from '../result';
import { arkFields } from './dialects/arkFields';
import { errorFromResponse } from './dialects/errorBody';
import { LATER } from './dialects/errorHints';
import { maxOfNestedSet } from './dialects/imageCount';
import { arkLayers, IDS_IN_CHINA, RELAYED_LAYERS } from './dialects/modelArk';
import { newApiHint } from './dialects/newApiErrors';
import { parseSyncResponse } from './dialects/syncAnswer';
import type { Provider, ProviderModel } from './provider';

/** Its pages recommend these, or leave them to the models' maker. */
const NOT_DEMANDED: readonly LimitName[] = [
	'size',
	'referenceCount',
	'imagesAndReferences',
	'referenceFormat',
	'referenceFile',
];

/** doc.tokaify.com, images/doubao: no field for format, search or priority is documented. */
const LACKING: Partial<ModelSpec> = {
	promptPriorities: ['standard'],
	outputFormats: [],
	saidFormat: undefined,
};

function model(family: ModelFamily, id: string): ProviderModel {
	return {
		id,
		spec: {
			...MODEL_SPECS[family],
			...LACKING,
			notDemanded: NOT_DEMANDED,
			webSearch: false,
		},
	};
}

/** Its pages name none of these models, which relays have under the IDs of their maker in China. */
const LAYERS = arkLayers(IDS_IN_CHINA, RELAYED_LAYERS, LACKING);

const SET_LOST =
	'Tokaify seems to have dropped the request for several images on its way to the model. Use one request for each image there.';

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
	layers: LAYERS,
	supportsUser: true,
	countIsLimit: true,
	sizingOf: () => ({ kind: 'pixels', shapes: MAKER_SHAPES, tiers: ['1K', '2K', '4K'] }),
	referenceTransport: { kind: 'dataUri' },
	buildRequest: (request) => {
		const { user, stream } = request.options;
		return {
			method: 'POST',
			path: '/v1/images/generations',
			body: { ...arkFields(request), ...(user && { user }) },
			...(stream && { isStream: true }),
		};
	},
	maxImages: maxOfNestedSet,
	parseResponse: (response, { numberOfImages = 1, options }) => {
		const read = parseSyncResponse(tokaify, response);
		if (!read.ok) return read;
		const task = read.value;
		const isSetAsked = numberOfImages > 1 && options.stateCountInPrompt;
		const isSetLost = isSetAsked && task.images.length === 1 && task.warnings === undefined;
		return success(isSetLost ? { ...task, warnings: [SET_LOST] } : task);
	},
	parseError: (response) => errorFromResponse(tokaify, response, newApiHint),
	hintForTask: (code) => newApiHint(code) ?? LATER,
};
