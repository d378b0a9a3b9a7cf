import type { HttpPlan } from '../../http';
import type { ResolvedSize } from '../../resolveSize';
import type { ResolvedRequest } from '../provider';

/** WaveSpeedAI docs, REST API: the model is the path, and who is to be called stands in the query. */
export function buildRequest(request: ResolvedRequest): HttpPlan {
	const { modelId, callbackUrl } = request;
	const path = `/api/v3/${modelId.split('/').map(encodeURIComponent).join('/')}`;
	const query = callbackUrl === undefined ? '' : `?webhook=${encodeURIComponent(callbackUrl)}`;
	return { method: 'POST', path: path + query, body: createBody(request) };
}

function createBody(request: ResolvedRequest): Record<string, unknown> {
	const { operation, prompt, references, numberOfImages = 1, size, options } = request;
	const { outputFormat, promptPriority, background } = options;
	const images = operation === 'decompose' ? { image: references[0] } : { images: references };
	return {
		...(prompt && { prompt }),
		...(references.length > 0 && images),
		...sizeFields(size),
		...(numberOfImages > 1 && { max_images: numberOfImages }),
		...(outputFormat && { output_format: outputFormat }),
		...(promptPriority === 'fast' && { prompt_optimization_mode: 'fast' }),
		...(background && { background }),
	};
}

function sizeFields(size: ResolvedSize): Record<string, unknown> {
	if (size.kind === 'none') return {};
	if (size.kind === 'pixels') return { size: `${size.width}*${size.height}` };
	const isShaped = size.kind === 'ratio' && size.aspectRatio !== 'auto';
	return {
		...(isShaped && { aspect_ratio: size.aspectRatio }),
		...(size.resolution !== 'auto' && { resolution: size.resolution.toLowerCase() }),
	};
}
