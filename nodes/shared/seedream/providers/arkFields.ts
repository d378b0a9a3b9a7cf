import { promptOnTheWire } from '../request';
import { tierOrPixels } from '../wireSize';
import type { Order } from './provider';

/**
 * The fields that the models' maker and its relays share. Fields at their default are left out,
 * since some models refuse them even then (ModelArk docs 1541523); the watermark is on by
 * default, so it is always said.
 */
export function arkFields({ request, modelId, size, references }: Order): Record<string, unknown> {
	return {
		model: modelId,
		prompt: promptOnTheWire(request),
		...(references.length > 0 && { image: oneOrList(references) }),
		size: tierOrPixels(size),
		watermark: request.options.watermark,
		...imageSetFields(request.numberOfImages),
	};
}

/** Asks for a set; a single image needs no fields at all. */
export function imageSetFields(numberOfImages: number): Record<string, unknown> {
	if (numberOfImages === 1) return {};
	return {
		sequential_image_generation: 'auto',
		sequential_image_generation_options: { max_images: numberOfImages },
	};
}

function oneOrList(references: string[]): string | string[] {
	const [only] = references;
	return references.length === 1 && only !== undefined ? only : references;
}
