import { failure, success } from '../outcome';
import { MODEL_LIMITS, type ModelFamily } from '../models';
import { promptOnTheWire } from '../request';
import { LATER, unreadable } from './advice';
import { refusal } from './errorBody';
import { newApiAdvice } from './newApiErrors';
import type { Order, Provider, ProviderModel } from './provider';
import { readSyncAnswer } from './syncAnswer';

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

function createBody({ request, modelId, references, size }: Order): Record<string, unknown> {
	const { maxWaitSeconds } = request.options;
	return {
		model: modelId,
		prompt: promptOnTheWire(request),
		...(request.numberOfImages > 1 && { n: request.numberOfImages }),
		...(size.kind === 'pixels' && { custom_size: { width: size.width, height: size.height } }),
		...(references.length > 0 && { image_urls: references }),
		...(maxWaitSeconds !== undefined && { timeout_seconds: Math.max(1, Math.round(maxWaitSeconds)) }),
	};
}

/** UniAll (docs.uniall.ai). Its host is not public; errors, watermark and link life are not documented. */
export const uniall: Provider = {
	id: 'uniall',
	name: 'UniAll',
	testPath: '/v1/models',
	models: {
		'seedream-4.0': model('seedream-4.0'),
		'seedream-4.5': model('seedream-4.5'),
		'seedream-5.0-lite': model('seedream-5.0-lite'),
	},
	takesUser: false,
	sizing: { kind: 'pixels', tiers: [] },
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
	readCreate: (answer) => {
		const task = readSyncAnswer('uniall', answer);
		return task ? success(task) : failure(unreadable('uniall', 'UniAll', answer));
	},
	readError: (answer) => refusal('uniall', 'UniAll', answer, newApiAdvice),
	adviceForTask: (code) => newApiAdvice(code) ?? LATER,
};
