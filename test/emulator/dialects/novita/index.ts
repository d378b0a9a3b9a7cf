import { z } from 'zod/v4';
import { ApiRefusal } from '../../apiError';
import { readBody, text } from '../../checks';
import type { Dialect } from '../../dialect';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import { linksOf } from '../../imageSet';
import { countFor } from '../../prompts';
import { checkReferences, openReferences } from '../../references';
import type { EmulatorState } from '../../state';
import { createImages } from '../../synchronous';
import { limitOf, setFields, sizeOf } from '../shared/seedreamFields';
import { formatError } from './errors';
import { MODELS } from './facts';
import type { NovitaModel } from './facts';

/** Novita AI: the model is in the path, and the answer holds links and nothing else. */
export const novita: Dialect = {
	provider: 'novita',
	basePath: '/novita',
	formatError,
	routes: [
		{
			method: 'POST',
			path: /^\/v3\/(seedream-[^/]+)$/,
			kind: 'create',
			handle: create,
		},
		{
			method: 'GET',
			path: /^\/openapi\/v1\/billing\/balance\/detail$/,
			kind: 'credits',
			handle: balance,
		},
	],
};

const common = {
	prompt: text,
	size: z.string().optional(),
	sequential_image_generation: setFields.sequential_image_generation,
	watermark: z.boolean().optional(),
};

const FlatBody = z.strictObject({
	...common,
	images: z.array(z.string()).optional(),
	max_images: z.int().min(1).max(15).optional(),
});

const NestedBody = z.strictObject({
	...common,
	...setFields,
	image: z.array(z.string()).min(1).optional(),
	optimize_prompt_options: z.strictObject({ mode: z.literal('standard') }).optional(),
});

/** Both bodies as one; `field` is the name that the references go by. */
function readRequest(model: NovitaModel, body: unknown) {
	if (!model.flat) {
		const { image, ...rest } = readBody(NestedBody, body);
		return { ...rest, field: 'image', references: image ?? [] };
	}
	const { images, max_images, ...rest } = readBody(FlatBody, body);
	return {
		...rest,
		field: 'images',
		references: images ?? [],
		sequential_image_generation_options: { max_images },
	};
}

async function create(state: EmulatorState, call: Call, match: RegExpMatchArray): Promise<Reply> {
	const name = match[1] ?? '';
	const model = MODELS[name];
	if (model === undefined)
		throw new ApiRefusal({ is: 'noRoute', method: call.method, path: call.path });
	const key = state.accounts.authenticate(call.headers);
	const request = readRequest(model, call.json);
	const { prompt, field } = request;
	// No rule about references and images together is stated, on any of the models.
	const limit = limitOf(request, 15);
	checkReferences(field, request.references, model.references);
	const size = sizeOf(request.size ?? '2048x2048', prompt, model);
	state.accounts.authorize(key, model.line, name);
	const references = await openReferences(state, field, request.references, model.references);
	const count = countFor(prompt, limit);
	const members = await createImages(state, call, key, {
		provider: 'novita',
		prompt,
		count,
		size,
		format: 'jpeg',
		references,
	});
	await state.scheduler.sleep(state.settings.taskMs);
	return json(200, { images: linksOf(members) });
}

/** Novita docs, api-reference/basic-get-user-balance: numbers as text, in 1/10000 of a dollar. */
function balance(state: EmulatorState, call: Call): Reply {
	const available = String(
		Math.round(state.accounts.balanceOf(state.accounts.authenticate(call.headers)).user),
	);
	return json(200, {
		availableBalance: available,
		cashBalance: available,
		creditLimit: '0',
		pendingCharges: '0',
		outstandingInvoices: '0',
	});
}
