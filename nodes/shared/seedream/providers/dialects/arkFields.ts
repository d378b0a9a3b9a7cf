import type { SentReference } from '../../encodedFile';
import { sizeField } from '../../resolveSize';
import type { ResolvedRequest } from '../provider';

/**
 * The fields that the models' maker and its relays share. Fields at their default are left out,
 * since some models refuse them even then (ModelArk docs 1541523); the watermark is on by
 * default, so it is always said.
 */
export function arkFields(request: ResolvedRequest): Record<string, unknown> {
	const { operation, prompt, modelId, size, references, options } = request;
	const { watermark, stream } = options;
	return {
		model: modelId,
		...(prompt && { prompt }),
		...(references.length > 0 && { image: oneOrList(references) }),
		...(operation === 'decompose' && { layer_decomposition: true }),
		...sizeField(size),
		watermark,
		...imageSetFields(request.numberOfImages),
		...(stream && { stream: true }),
	};
}

/** The fields that a request for layers must not have, by those who have them all (Comfy docs, Seedream 5.0 Flash and 5.5). */
export const REFUSED_WITH_LAYERS = [
	'sequential_image_generation',
	'sequential_image_generation_options',
	'tools',
	'stream',
	'background',
	'size',
] as const;

/** Asks for a set; a single image needs no fields at all. */
export function imageSetFields(numberOfImages = 1): Record<string, unknown> {
	if (numberOfImages === 1) return {};
	return {
		sequential_image_generation: 'auto',
		sequential_image_generation_options: { max_images: numberOfImages },
	};
}

function oneOrList(references: readonly SentReference[]): SentReference | readonly SentReference[] {
	const [only] = references;
	return references.length === 1 && only !== undefined ? only : references;
}
