import { z } from 'zod/v4';
import { readBody, text } from '../checks';
import type { Dialect } from '../dialect';
import { MODELS } from '../facts/novita';
import type { NovitaModel } from '../facts/novita';
import { json } from '../http';
import type { Call, Reply } from '../http';
import { countFor } from '../prompts';
import { checkReferences, openReferences } from '../references';
import { linksOf } from '../sets';
import { accept } from '../synchronous';
import { Refusal } from '../trouble';
import type { World } from '../world';
import { say } from './novitaVoice';
import { limitOf, setFields, sizeOf } from './seedreamFields';

/** Novita AI: the model is in the path, and the answer holds links and nothing else. */
export function novita(world: World): Dialect {
	return {
		provider: 'novita',
		prefix: '/novita',
		say,
		routes: [
			{
				method: 'POST',
				path: /^\/v3\/(seedream-[^/]+)$/,
				kind: 'create',
				handle: (call, match) => create(world, call, match[1] ?? ''),
			},
			{
				method: 'GET',
				path: /^\/openapi\/v1\/billing\/balance\/detail$/,
				kind: 'credits',
				handle: (call) => balance(world, call),
			},
		],
	};
}

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

async function create(world: World, call: Call, name: string): Promise<Reply> {
	const model = MODELS[name];
	if (model === undefined)
		throw new Refusal({ is: 'noRoute', method: call.method, path: call.path });
	const key = world.keyOf(call.headers);
	const request = readRequest(model, call.json);
	const { prompt, field } = request;
	// No rule about references and images together is stated, on any of the models.
	const limit = limitOf(request, 15);
	checkReferences(field, request.references, model.references);
	const size = sizeOf(request.size ?? '2048x2048', prompt, model);
	world.allow(key, model.line, name);
	const references = await openReferences(world, field, request.references, model.references);
	const count = countFor(prompt, limit);
	const members = await accept(world, call, key, {
		provider: 'novita',
		prompt,
		count,
		size,
		format: 'jpeg',
		references,
	});
	await world.sleep(world.settings.taskMs);
	return json(200, { images: linksOf(members) });
}

/** Novita docs, api-reference/basic-get-user-balance: numbers as text, in 1/10000 of a dollar. */
function balance(world: World, call: Call): Reply {
	const available = String(Math.round(world.accounts.balanceOf(world.keyOf(call.headers)).user));
	return json(200, {
		availableBalance: available,
		cashBalance: available,
		creditLimit: '0',
		pendingCharges: '0',
		outstandingInvoices: '0',
	});
}
