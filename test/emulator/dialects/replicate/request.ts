import { z } from 'zod/v4';
import { badField, ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import { MEGABYTE } from '../../references';
import { isPrivateHost } from '../../urls';
import { MODELS } from './facts';
import type { Input, ReplicateModel } from './facts';
import { check } from './validation';
import type { Checked } from './validation';

/** What a webhook may be called for; without a filter: for all of it. */
const EVENTS = ['start', 'output', 'logs', 'completed'] as const;

/** A request to create a prediction (Replicate docs, HTTP API reference, models.predictions.create). */
export interface PredictionRequest {
	readonly input: Input;
	readonly webhook?: string;
	readonly webhook_events_filter?: ReadonlyArray<(typeof EVENTS)[number]>;
}

export function modelNamed(name: string): ReplicateModel {
	const facts = MODELS[name];
	if (facts === undefined) throw new ApiRefusal({ is: 'modelUnknown', model: name });
	return facts;
}

/**
 * That an unknown field is refused is known of the body. Within `input` it is so here, that none
 * gets lost.
 */
export function readRequest(
	facts: ReplicateModel,
	body: unknown,
	allowPrivateCallbacks: boolean,
): Checked<PredictionRequest> {
	const schema = z.strictObject({
		input: facts.input,
		webhook: z.url().optional(),
		webhook_events_filter: z.array(z.enum(EVENTS)).optional(),
	});
	const checked = check(schema, body);
	if ('value' in checked) checkWebhook(checked.value.webhook, allowPrivateCallbacks);
	return checked;
}

function checkWebhook(webhook: string | undefined, allowPrivate: boolean): void {
	if (webhook === undefined) return;
	const url = new URL(webhook);
	if (allowPrivate && isPrivateHost(url)) return;
	if (url.protocol !== 'https:') throw badField('webhook', 'Must be an HTTPS URL');
}

const Links = z.object({ input: z.object({ image_input: z.array(z.string()) }) });

/** Whether the body holds a file that is too large for it, which is seen before anything is read. */
export function isTooLarge(body: unknown): boolean {
	const links = Links.safeParse(body).data?.input.image_input ?? [];
	return links.some((link) => link.startsWith('data:') && link.length > MEGABYTE);
}

/**
 * What the webhook is called for. At the end, and, unless the filter leaves the rest out, while the
 * prediction is under way: here once.
 */
export function callsFor(events: PredictionRequest['webhook_events_filter'] = EVENTS): Effects {
	return {
		...(events.some((event) => event !== 'completed') && { earlyCallback: true }),
		...(!events.includes('completed') && { noCallback: true }),
	};
}

/** What may come at the most. */
export function limitOf({ layer_decomposition: layers, ...input }: Input): number {
	if (layers) return 1 + MOST_LAYERS;
	return input.sequential_image_generation === 'auto' ? (input.max_images ?? 1) : 1;
}

export const MOST_LAYERS = 16;
