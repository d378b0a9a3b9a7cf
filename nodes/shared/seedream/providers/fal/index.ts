import type { ResolvedSize } from '../../resolveSize';
import { largestOf } from '../dialects/imageCount';
import type { Provider, ResolvedRequest } from '../provider';
import { hintForTask, parseError } from './errors';
import { LAYERS, MODELS, sizingOf } from './models';
import { NAMES, parseQueued, TASKS } from './task';
import { falUpload } from './upload';

/** A side that is left out would be 512, so both are said, or none. */
function sizeFields(size: ResolvedSize): Record<string, unknown> {
	if (size.kind === 'none' || size.kind === 'ratio') return {};
	if (size.kind === 'pixels') return { image_size: { width: size.width, height: size.height } };
	const word = size.resolution === 'auto' ? 'auto' : `auto_${size.resolution}`;
	return { image_size: word };
}

function createBody(request: ResolvedRequest): Record<string, unknown> {
	const { operation, prompt, numberOfImages = 1, size, references, options } = request;
	const { promptPriority, seed, outputFormat, background } = options;
	const shown =
		operation === 'decompose' ? { image_url: references[0] } : { image_urls: references };
	return {
		...(prompt && { prompt }),
		...(references.length > 0 && shown),
		...sizeFields(size),
		...(numberOfImages > 1 && { num_images: numberOfImages }),
		...(promptPriority === 'fast' && { enhance_prompt_mode: 'fast' }),
		...(seed !== undefined && { seed }),
		...(outputFormat && { output_format: outputFormat }),
		...(background && { background }),
	};
}

/** The model is the path, and the callback URL a parameter of it. */
function pathOf({ modelId, callbackUrl }: ResolvedRequest): string {
	const model = modelId.split('/').map(encodeURIComponent).join('/');
	return `/${model}${callbackUrl ? `?fal_webhook=${encodeURIComponent(callbackUrl)}` : ''}`;
}

/** fal: a queue of requests. Facts: fal docs, Queue API and Webhooks, and the pages of the models on fal.ai. */
export const fal: Provider = {
	...NAMES,
	baseUrl: 'https://queue.fal.run',
	keyScheme: 'Key',
	testPath: '/v1/models/pricing?endpoint_id=fal-ai/bytedance/seedream/v4/text-to-image',
	testBaseUrl: 'https://api.fal.ai',
	models: MODELS,
	layers: LAYERS,
	sizingOf,
	referenceTransport: { kind: 'upload', upload: falUpload },
	tasks: TASKS,
	supportsUser: false,
	countIsLimit: false,
	buildRequest: (request) => ({ method: 'POST', path: pathOf(request), body: createBody(request) }),
	maxImages: (body) => largestOf(body.num_images) * largestOf(body.max_images),
	parseResponse: parseQueued,
	parseError: (response) => parseError(NAMES, response),
	hintForTask,
};
