import type { Connection } from './connection';
import { createRequest } from './createTask';
import { MAX_LAYERS, MAX_LAYERS_OF_5_5 } from './layers';
import type { ResolvedRequest } from './providers/provider';

/** The most images that a request may order, by the body that goes out, additional fields included. */
export function maxImagesOf(
	connection: Pick<Connection, 'provider' | 'baseUrl'>,
	request: ResolvedRequest<unknown>,
): number {
	const { modelId, references } = request;
	const { body = {} } = createRequest(connection, {
		...request,
		references: references.map(() => ''),
	});
	return Math.max(
		request.numberOfImages ?? 1,
		connection.provider.maxImages(body, modelId),
		maxLayers(request, body),
	);
}

/** Additional fields and IDs of the provider's own may ask for layers too. */
function maxLayers(
	{ operation, spec, modelId }: ResolvedRequest<unknown>,
	body: Record<string, unknown>,
): number {
	if (operation === 'decompose' && spec) return spec.maxImages;
	const id = typeof body.model === 'string' ? body.model : modelId;
	const isTakenApart = body.layer_decomposition === true || /layerize|layer-decomposition/.test(id);
	if (!isTakenApart) return 0;
	return /5[.-]5/.test(id) ? MAX_LAYERS_OF_5_5 : MAX_LAYERS;
}
