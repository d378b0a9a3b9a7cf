import type { HttpPlan } from '../../http';
import { asObject } from '../../objects';
import { largestOf } from '../dialects/imageCount';
import type { Balance, Provider, ResolvedRequest } from '../provider';
import { asMeant, hintForTask, parseRefusal } from './errors';
import { LAYERS } from './layers';
import { MODELS, sizeFields, sizingOf } from './models';
import { KIE, parseReport, parseTask } from './task';
import { kieUpload } from './upload';

/** Kie.ai docs, common-api/get-account-credits. */
const CREDITS_PATH = '/api/v1/chat/credit';

function buildRequest(request: ResolvedRequest): HttpPlan {
	const { modelId, callbackUrl } = request;
	return {
		method: 'POST',
		path: '/api/v1/jobs/createTask',
		body: {
			model: modelId,
			...(callbackUrl && { callBackUrl: callbackUrl }),
			input: inputOf(request),
		},
	};
}

function inputOf(request: ResolvedRequest): Record<string, unknown> {
	const { operation, prompt, numberOfImages = 1, references, options } = request;
	const { seed, outputFormat } = options;
	return {
		...(prompt && { prompt }),
		...(operation === 'edit' && { image_urls: references }),
		...(operation === 'decompose' && { image_url: references[0] }),
		...sizeFields(request),
		...(numberOfImages > 1 && { max_images: numberOfImages }),
		...(seed !== undefined && { seed }),
		...(outputFormat && { output_format: outputFormat }),
	};
}

function parseCredits(body: unknown): Balance | undefined {
	const details = asObject(body);
	if (typeof details?.data !== 'number') return undefined;
	return { amount: details.data, unit: 'credits', details };
}

/** Kie.ai: tasks and callbacks of its market API (Kie.ai docs, market and common-api). */
export const kie: Provider = {
	...KIE,
	baseUrl: 'https://api.kie.ai',
	testPath: CREDITS_PATH,
	refusalCodes: [401, 404, 422, 429, 433, 455, 500, 505],
	balance: { path: CREDITS_PATH, parse: parseCredits },
	models: MODELS,
	layers: LAYERS,
	sizingOf,
	referenceTransport: { kind: 'upload', upload: kieUpload },
	supportsUser: false,
	countIsLimit: true,
	tasks: {
		idProblem: () => undefined,
		buildRequest: (taskId) => ({
			method: 'GET',
			path: `/api/v1/jobs/recordInfo?taskId=${encodeURIComponent(taskId)}`,
		}),
		parseResponse: parseTask,
		appearsLate: true,
		callbackUrls: { isHttpsOnly: false },
		parseReport,
	},
	freshLink: {
		buildRequest: (url) => ({
			method: 'POST',
			path: '/api/v1/common/download-url',
			body: { url },
		}),
		parseResponse: ({ body }) => {
			const link = asObject(body)?.data;
			return typeof link === 'string' ? link : undefined;
		},
	},
	buildRequest,
	maxImages: ({ input }) => largestOf(asObject(input)?.max_images),
	asMeant,
	parseResponse: parseTask,
	parseError: (response) => parseRefusal(response),
	hintForTask,
};
