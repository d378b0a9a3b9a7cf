import { MAX_LAYERS } from '../../layers';
import { asObject } from '../../objects';
import type { ResolvedSize } from '../../resolveSize';
import { maxOfSet } from '../dialects/imageCount';
import type { Provider, ResolvedRequest } from '../provider';
import { hintForTask, parseError, REPLICATE } from './errors';
import { LAYERS, MODELS, sizingOf } from './models';
import { parseReport, parseTask } from './task';
import { upload } from './upload';

/** What is asked of the model. */
function createInput(request: ResolvedRequest): Record<string, unknown> {
	const { operation, prompt, references, size, numberOfImages = 1, options } = request;
	const { outputFormat } = options;
	return {
		...(prompt && { prompt }),
		...(references.length > 0 && { image_input: references }),
		...(operation === 'decompose' && { layer_decomposition: true }),
		...sizeFields(size),
		...(numberOfImages > 1 && {
			sequential_image_generation: 'auto',
			max_images: numberOfImages,
		}),
		...(outputFormat && { output_format: outputFormat }),
	};
}

function sizeFields(size: ResolvedSize): Record<string, unknown> {
	if (size.kind === 'none') return {};
	if (size.kind === 'pixels') return { size: 'custom', width: size.width, height: size.height };
	return {
		size: size.resolution,
		...(size.kind === 'ratio' && { aspect_ratio: size.aspectRatio }),
	};
}

/** Replicate: predictions and webhooks (replicate.com/docs/reference/http). */
export const replicate: Provider = {
	...REPLICATE,
	baseUrl: 'https://api.replicate.com/v1',
	testPath: '/account',
	models: MODELS,
	layers: LAYERS,
	sizingOf,
	referenceTransport: { kind: 'upload', upload },
	supportsUser: false,
	countIsLimit: true,
	tasks: {
		idProblem: (taskId) =>
			/^[\w-]+$/.test(taskId)
				? undefined
				: `"${taskId}" is not a prediction ID of Replicate: they are letters and digits`,
		buildRequest: (taskId) => ({
			method: 'GET',
			path: `/predictions/${encodeURIComponent(taskId)}`,
		}),
		parseResponse: parseTask,
		callbackUrls: { isHttpsOnly: true },
		parseReport,
	},
	buildRequest: (request) => ({
		method: 'POST',
		path: `/models/${request.modelId.split('/').map(encodeURIComponent).join('/')}/predictions`,
		body: {
			input: createInput(request),
			...(request.callbackUrl && {
				webhook: request.callbackUrl,
				webhook_events_filter: ['completed'],
			}),
		},
	}),
	maxImages: (body) => {
		const input = asObject(body.input) ?? {};
		return input.layer_decomposition === true ? MAX_LAYERS : maxOfSet(input, input.max_images);
	},
	parseResponse: parseTask,
	parseError,
	hintForTask,
};
