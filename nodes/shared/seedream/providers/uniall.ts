import { MODEL_SPECS, type ModelFamily } from '../models';
import type { OwnSizes, Shape } from '../presets';
import { errorFromResponse } from './dialects/errorBody';
import { LATER } from './dialects/errorHints';
import { largestOf } from './dialects/imageCount';
import { newApiHint } from './dialects/newApiErrors';
import { parseSyncResponse } from './dialects/syncAnswer';
import type { ResolvedRequest, Provider, ProviderModel } from './provider';

/** docs.uniall.ai/models/image/seedream: sides up to 4096, 6 images, 10 references, no extras. */
function model(family: ModelFamily): ProviderModel {
	const spec = MODEL_SPECS[family];
	return {
		id: family,
		spec: {
			...spec,
			size: { ...spec.size, side: 4096 },
			maxImages: 6,
			references: { ...spec.references, count: 10 },
			promptPriorities: ['standard'],
			outputFormats: [],
			watermark: false,
			webSearch: false,
			stream: false,
		},
	};
}

function createBody(request: ResolvedRequest): Record<string, unknown> {
	const { prompt, numberOfImages = 1, modelId, references, size, options } = request;
	const { maxWaitSeconds } = options;
	return {
		model: modelId,
		prompt,
		...(numberOfImages > 1 && { n: numberOfImages }),
		...(size.kind === 'pixels' && { custom_size: { width: size.width, height: size.height } }),
		...(references.length > 0 && { image_urls: references }),
		...(maxWaitSeconds !== undefined && {
			timeout_seconds: Math.max(1, Math.round(maxWaitSeconds)),
		}),
	};
}

/** docs.uniall.ai/models/image/seedream, the sizes that it lists, and their shapes. */
const SHAPES: readonly Shape[] = ['1:1', '3:4', '4:3', '9:16', '16:9'];

const OWN_SIZES: OwnSizes = {
	'1K': { '16:9': { width: 1280, height: 720 }, '9:16': { width: 720, height: 1280 } },
	'2K': { '16:9': { width: 2560, height: 1440 }, '9:16': { width: 1440, height: 2560 } },
};

/** UniAll (docs.uniall.ai). Its host is not public; errors, watermark and link life are not documented. */
export const uniall: Provider = {
	id: 'uniall',
	name: 'UniAll',
	baseUrlDescription: 'Where the API is, as UniAll told you; its address is not public',
	testPath: '/v1/models',
	models: {
		'seedream-4.0': model('seedream-4.0'),
		'seedream-4.5': model('seedream-4.5'),
		'seedream-5.0-lite': model('seedream-5.0-lite'),
	},
	supportsUser: false,
	countIsLimit: false,
	sizingOf: () => ({ kind: 'pixels', shapes: SHAPES, tiers: [], ownSizes: OWN_SIZES }),
	referenceTransport: {
		kind: 'urlOnly',
		reason:
			'UniAll takes reference images by URL only. Put the file where UniAll can fetch it (a public bucket, for example), set Image Source to URLs and give its address, or use another provider.',
	},
	buildRequest: (request) => ({
		method: 'POST',
		path: request.references.length > 0 ? '/v1/images/edits' : '/v1/images/generations',
		body: createBody(request),
	}),
	maxImages: (body) => largestOf(body.n, body.num_images),
	parseResponse: (response) => parseSyncResponse(uniall, response),
	parseError: (response) => errorFromResponse(uniall, response, newApiHint),
	hintForTask: (code) => newApiHint(code) ?? LATER,
};
