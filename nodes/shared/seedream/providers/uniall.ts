import { MODEL_LIMITS, type ModelFamily } from '../models';
import type { OwnSizes, Shape } from '../presets';
import { LATER } from './dialects/errorHints';
import { refusal } from './dialects/errorBody';
import { largestOf } from './dialects/imageCount';
import { newApiAdvice } from './dialects/newApiErrors';
import type { Order, Provider, ProviderModel } from './provider';
import { readSyncAnswer, type Seller } from './dialects/syncAnswer';

/** docs.uniall.ai/models/image/seedream: sides up to 4096, 6 images, 10 references, no extras. */
function model(family: ModelFamily): ProviderModel {
	const limits = MODEL_LIMITS[family];
	return {
		id: family,
		limits: {
			...limits,
			size: { ...limits.size, side: 4096 },
			images: 6,
			references: { ...limits.references, count: 10 },
			promptPriorities: ['standard'],
			outputFormats: [],
			watermark: false,
			webSearch: false,
			stream: false,
		},
	};
}

function createBody({ request, prompt, modelId, references, size }: Order): Record<string, unknown> {
	const { maxWaitSeconds } = request.options;
	return {
		model: modelId,
		prompt,
		...(request.numberOfImages > 1 && { n: request.numberOfImages }),
		...(size.kind === 'pixels' && { custom_size: { width: size.width, height: size.height } }),
		...(references.length > 0 && { image_urls: references }),
		...(maxWaitSeconds !== undefined && { timeout_seconds: Math.max(1, Math.round(maxWaitSeconds)) }),
	};
}

/** docs.uniall.ai/models/image/seedream, the sizes that it lists, and their shapes. */
const SHAPES: readonly Shape[] = ['1:1', '3:4', '4:3', '9:16', '16:9'];

const OWN_SIZES: OwnSizes = {
	'1K': { '16:9': { width: 1280, height: 720 }, '9:16': { width: 720, height: 1280 } },
	'2K': { '16:9': { width: 2560, height: 1440 }, '9:16': { width: 1440, height: 2560 } },
};

const SELLER: Seller = {
	id: 'uniall',
	name: 'UniAll',
	errorsAreFree: false,
	readError: (answer) => refusal('uniall', 'UniAll', answer, newApiAdvice),
};

/** UniAll (docs.uniall.ai). Its host is not public; errors, watermark and link life are not documented. */
export const uniall: Provider = {
	id: SELLER.id,
	name: SELLER.name,
	testPath: '/v1/models',
	models: {
		'seedream-4.0': model('seedream-4.0'),
		'seedream-4.5': model('seedream-4.5'),
		'seedream-5.0-lite': model('seedream-5.0-lite'),
	},
	takesUser: false,
	countIsLimit: false,
	sizing: { kind: 'pixels', shapes: SHAPES, tiers: [], ownSizes: OWN_SIZES },
	referenceTransport: {
		kind: 'urlOnly',
		reason:
			'UniAll takes reference images by URL only. Put the file where UniAll can fetch it (a public bucket, for example), set Image Source to URLs and give its address, or use another provider.',
	},
	planCreate: (order) => ({
		method: 'POST',
		path: order.references.length > 0 ? '/v1/images/edits' : '/v1/images/generations',
		body: createBody(order),
	}),
	mostImages: (body) => largestOf(body.n, body.num_images),
	readCreate: (answer) => readSyncAnswer(SELLER, answer),
	readError: (answer) => SELLER.readError(answer),
	adviceForTask: (code) => newApiAdvice(code) ?? LATER,
};
