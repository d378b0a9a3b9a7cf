import { z } from 'zod/v4';
import { readBody, text } from '../checks';
import type { Dialect } from '../dialect';
import { MODELS, REFERENCES, SIZES } from '../facts/tokaify';
import { json } from '../http';
import type { Call, Reply } from '../http';
import { countFor } from '../prompts';
import { checkReferences, openReferences } from '../references';
import { accept } from '../synchronous';
import type { Member } from '../sets';
import type { Size } from '../sizes';
import { Refusal } from '../trouble';
import type { World } from '../world';
import { eventsOf } from './arkAnswer';
import type { Answerable } from './arkAnswer';
import { say } from './newApiVoice';
import { imageField, limitOf, listOf, responseFormat, setFields, sizeOf } from './seedreamFields';

/** Tokaify: a relay in front of the origin. Its page on edits contradicts itself, so there is no such route here. */
export function tokaify(world: World): Dialect {
	return {
		provider: 'tokaify',
		prefix: '/tokaify',
		say,
		routes: [
			{
				method: 'POST',
				path: /^\/v1\/images\/generations$/,
				kind: 'create',
				handle: (call) => create(world, call),
			},
			{
				method: 'GET',
				path: /^\/v1\/models$/,
				kind: 'models',
				handle: (call) => list(world, call),
			},
			{
				method: 'GET',
				path: /^\/api\/usage\/token$/,
				kind: 'credits',
				handle: (call) => usage(world, call),
			},
		],
	};
}

/** Tokaify docs, api/ai-model/images/doubao. `n`, `quality` and `style` are in its general schema for images and mean nothing here. */
const Body = z.strictObject({
	model: text,
	prompt: text,
	image: imageField,
	size: z.string().optional(),
	response_format: responseFormat,
	watermark: z.boolean().optional(),
	...setFields,
	stream: z.boolean().optional(),
	user: z.string().optional(),
	n: z.int().min(1).max(10).optional(),
	quality: z.string().optional(),
	style: z.string().optional(),
});

async function create(world: World, call: Call): Promise<Reply> {
	const key = world.keyOf(call.headers);
	const body = readBody(Body, call.json);
	const { model, prompt } = body;
	const facts = MODELS[model];
	if (facts === undefined) throw new Refusal({ is: 'modelUnknown', model });
	world.allow(key, facts.line, model);
	const links = listOf(body.image);
	checkReferences('image', links, REFERENCES);
	const size = drawable(sizeOf(body.size ?? '2K', prompt, SIZES));
	const references = await openReferences(world, 'image', links);
	const count = countFor(prompt, limitOf(body, 1));
	const members = await accept(world, call, key, {
		provider: 'tokaify',
		prompt,
		count,
		size,
		format: 'jpeg',
		references,
	});
	const asBase64 = body.response_format === 'b64_json';
	if (body.stream) {
		// Its docs have `stream` and no shape of the events: a relay, it passes on what the origin says.
		const request: Answerable = { model, facts, size, format: 'jpeg', asBase64, searches: false };
		return { is: 'events', status: 200, parts: eventsOf(world, request, members) };
	}
	await world.sleep(world.settings.taskMs);
	return json(200, await answerOf(world, members, prompt, asBase64));
}

const MOST_PIXELS = 4096 * 4096;
/** The long side of that area at 16:1. */
const LONGEST_SIDE = 16_384;

/** Tokaify makes any size. To spare this machine's memory, what is larger than the model's own limit is drawn smaller. */
function drawable({ width, height }: Size): Size {
	const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
	const side = (length: number) => Math.min(LONGEST_SIDE, Math.max(1, Math.floor(length * scale)));
	return { width: side(width), height: side(height) };
}

async function answerOf(
	world: World,
	members: readonly Member[],
	prompt: string,
	asBase64: boolean,
): Promise<unknown> {
	const data: unknown[] = [];
	for (const member of members) {
		if (member.made) data.push(await dataOf(world, member, prompt, asBase64));
	}
	return { created: Math.floor(Date.now() / 1000), data };
}

async function dataOf(
	world: World,
	member: Extract<Member, { made: true }>,
	prompt: string,
	asBase64: boolean,
): Promise<unknown> {
	if (!asBase64) return { url: member.url, b64_json: null, revised_prompt: prompt };
	return {
		url: null,
		b64_json: (await world.gallery.bytes(member.exhibit)).toString('base64'),
		revised_prompt: prompt,
	};
}

function list(world: World, call: Call): Reply {
	world.keyOf(call.headers);
	const data = Object.keys(MODELS).map((id) => ({
		id,
		object: 'model',
		created: 1626777600,
		owned_by: 'volcengine',
	}));
	return json(200, { success: true, object: 'list', data });
}

function usage(world: World, call: Call): Reply {
	const key = world.keyOf(call.headers);
	const { token, unlimited, used } = world.accounts.balanceOf(key);
	const totals = { total_granted: token + used, total_used: used, total_available: token };
	const data = {
		object: 'token_usage',
		name: key,
		...totals,
		unlimited_quota: unlimited,
		model_limits: {},
		expires_at: 0,
	};
	return json(200, { code: true, message: 'ok', data });
}
