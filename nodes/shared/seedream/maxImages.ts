import { createRequest, type Connection } from './client';
import type { CheckedRequest } from './validation/validate';

/** Layers that an image may be taken apart into, its base included (ModelArk docs 1541523, `layer_decomposition`). */
const MOST_LAYERS = 17;
const MOST_LAYERS_OF_5_5 = 100;

/** The most images that a request may order, by the body that goes out, additional fields included. */
export function mostImages(
	connection: Pick<Connection, 'provider' | 'baseUrl'>,
	checked: CheckedRequest,
): number {
	const { request, modelId } = checked;
	const references = request.references.map(() => '');
	const { body = {} } = createRequest(connection, { ...checked, references, idempotencyKey: '' });
	return Math.max(
		request.numberOfImages,
		connection.provider.mostImages(body, modelId),
		mostLayers(body, modelId),
	);
}

function mostLayers(body: Record<string, unknown>, modelId: string): number {
	const isTakenApart = body.layer_decomposition === true || modelId.includes('layerize');
	if (!isTakenApart) return 0;
	return /5[.-]5/.test(modelId) ? MOST_LAYERS_OF_5_5 : MOST_LAYERS;
}
