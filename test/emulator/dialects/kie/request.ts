import { z } from 'zod/v4';
import { ApiRefusal, badField } from '../../apiError';
import { readBody, text } from '../../checks';
import { parseHttpUrl } from '../../urls';
import { MODELS } from './facts';
import { imageJob } from './images';
import type { Input } from './input';
import type { KieJob } from './job';
import { LAYER_MODELS, layerJob } from './layers';

/** What nobody knows is dropped: that it would be refused is not said anywhere. */
const Envelope = z.object({
	model: text,
	callBackUrl: z.string().optional(),
	input: z.record(z.string(), z.unknown()),
});

export interface KieRequest {
	readonly model: string;
	readonly callbackUrl: string | undefined;
	readonly job: KieJob;
}

/** The body of createTask (Kie.ai docs, market/seedream). */
export function readRequest(body: unknown): KieRequest {
	const { model, callBackUrl: callbackUrl, input } = readBody(Envelope, body);
	if (callbackUrl !== undefined && parseHttpUrl(callbackUrl) === undefined)
		throw badField('callBackUrl', 'callBackUrl is not a valid URL');
	return { model, callbackUrl, job: jobFor(model, input) };
}

function jobFor(model: string, input: Input): KieJob {
	const images = MODELS.get(model);
	if (images !== undefined) return imageJob(images, input);
	const layers = LAYER_MODELS.get(model);
	if (layers !== undefined) return layerJob(layers, input);
	throw new ApiRefusal({ is: 'modelUnknown', model });
}
