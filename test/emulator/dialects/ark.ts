import { z } from 'zod/v4';
import { mustBeOneOf, readBody, refuseFields, text } from '../checks';
import type { Dialect } from '../dialect';
import { BYTEPLUS_MODELS, FOUR, VOLCENGINE_MODELS } from '../facts/ark';
import type { ArkModel } from '../facts/ark';
import { json } from '../http';
import type { Call, Reply } from '../http';
import { countFor } from '../prompts';
import { checkReferences, checkTogether, MOST_TOGETHER, openReferences } from '../references';
import type { Size } from '../sizes';
import { accept } from '../synchronous';
import { badField, Refusal } from '../trouble';
import type { World } from '../world';
import { answerOf, eventsOf } from './arkAnswer';
import { say } from './arkVoice';
import { imageField, limitOf, listOf, responseFormat, setFields, sizeOf } from './seedreamFields';

/** The origin. Its two houses, BytePlus ModelArk and Volcengine Ark, differ in the names of the models only. */
export function ark(world: World): readonly Dialect[] {
	return [house(world, 'byteplus', BYTEPLUS_MODELS), house(world, 'volcengine', VOLCENGINE_MODELS)];
}

type Models = Readonly<Record<string, ArkModel>>;

function house(world: World, provider: string, models: Models): Dialect {
	return {
		provider,
		prefix: `/${provider}/api/v3`,
		say,
		routes: [
			{
				method: 'POST',
				path: /^\/images\/generations$/,
				kind: 'create',
				handle: (call) => create(world, provider, models, call),
			},
			{
				method: 'GET',
				path: /^\/models$/,
				kind: 'models',
				handle: (call) => list(world, models, call),
			},
		],
	};
}

const format = z.enum(['png', 'jpeg']).optional();

/** ModelArk docs 1541523. `n` is ignored upstream, not refused (vercel/ai issue 17121). */
const Body = z.strictObject({
	model: text,
	prompt: text,
	image: imageField,
	size: z.string().optional(),
	response_format: responseFormat,
	watermark: z.boolean().optional(),
	...setFields,
	stream: z.boolean().optional(),
	optimize_prompt_options: z
		.strictObject({ mode: z.string().optional(), thinking: z.string().optional() })
		.optional(),
	output_format: format,
	tools: z.array(z.strictObject({ type: z.literal('web_search') })).optional(),
	background: z.enum(['opaque', 'transparent']).optional(),
	n: z.unknown().optional(),
});

export interface ArkRequest {
	readonly model: string;
	readonly facts: ArkModel;
	readonly prompt: string;
	readonly references: readonly string[];
	readonly limit: number;
	readonly size: Size;
	readonly format: 'png' | 'jpeg';
	readonly transparent: boolean;
	readonly asBase64: boolean;
	readonly stream: boolean;
	readonly searches: boolean;
}

async function create(world: World, provider: string, models: Models, call: Call): Promise<Reply> {
	const key = world.keyOf(call.headers);
	const request = readRequest(call.json, models);
	world.allow(key, request.facts.line, request.model);
	const { prompt, limit, size, format, transparent } = request;
	const references = await openReferences(
		world,
		'image',
		request.references,
		request.facts.references,
	);
	const count = countFor(prompt, limit);
	const members = await accept(world, call, key, {
		provider,
		prompt,
		count,
		size,
		format,
		transparent,
		references,
	});
	if (request.stream)
		return { is: 'events', status: 200, parts: eventsOf(world, request, members) };
	await world.sleep(world.settings.taskMs);
	return json(200, await answerOf(world, request, members));
}

function readRequest(json: unknown, models: Models): ArkRequest {
	const body = readBody(Body, json);
	const { model, prompt } = body;
	// An endpoint id (`ep-…`) stands for a model that its owner chose; here it stands for 4.0.
	const facts = models[model] ?? (model.startsWith('ep-') ? FOUR : undefined);
	if (facts === undefined) throw new Refusal({ is: 'modelUnknown', model });
	refuseFields(body, facts.absent, model);
	mustBeOneOf(
		'optimize_prompt_options.mode',
		body.optimize_prompt_options?.mode,
		facts.fastPrompts ? ['standard', 'fast'] : ['standard'],
	);
	const references = listOf(body.image);
	const limit = limitOf(body, MOST_TOGETHER - references.length);
	checkReferences('image', references, facts.references);
	checkTogether('sequential_image_generation_options.max_images', references.length, limit);
	const transparent = body.background === 'transparent';
	// Nothing says that the origin asks for an input image, as EvoLink does.
	if (transparent && body.output_format === 'jpeg')
		throw badField('output_format', 'a transparent background needs png');
	return {
		model,
		facts,
		prompt,
		references,
		limit,
		size: sizeOf(body.size ?? '2048x2048', prompt, facts),
		format: transparent ? 'png' : (body.output_format ?? 'jpeg'),
		transparent,
		asBase64: body.response_format === 'b64_json',
		stream: body.stream ?? false,
		searches: (body.tools ?? []).length > 0,
	};
}

function list(world: World, models: Models, call: Call): Reply {
	world.keyOf(call.headers);
	return json(200, {
		object: 'list',
		data: Object.keys(models).map((id) => ({ id, object: 'model' })),
	});
}
