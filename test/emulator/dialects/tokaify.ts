import { z } from 'zod/v4';
import { readBody, refuseFields, text } from '../checks';
import type { Dialect } from '../dialect';
import { MODELS } from '../facts/tokaify';
import { json } from '../http';
import type { Call, Reply } from '../http';
import { countFor } from '../prompts';
import { checkReferences, checkTogether, openReferences } from '../references';
import { accept } from '../synchronous';
import type { Member } from '../sets';
import { Refusal } from '../trouble';
import type { World } from '../world';
import { say } from './newApiVoice';
import { imageField, limitOf, listOf, responseFormat, setFields, sizeOf } from './seedreamFields';

/** Tokaify: a relay in front of the origin. Its page on edits contradicts itself, so there is no such route here. */
export function tokaify(world: World): Dialect {
	return {
		provider: 'tokaify',
		prefix: '/tokaify',
		say,
		routes: [
			{ method: 'POST', path: /^\/v1\/images\/generations$/, kind: 'create', handle: (call) => create(world, call) },
			{ method: 'GET', path: /^\/v1\/models$/, kind: 'models', handle: (call) => list(world, call) },
			{ method: 'GET', path: /^\/api\/usage\/token$/, kind: 'credits', handle: (call) => usage(world, call) },
		],
	};
}

/**
 * Tokaify docs, api/ai-model/images/doubao. `n`, `quality` and `style` are in its general schema for images and mean nothing here;
 * of `stream` no events are documented, so the answer is the same with it.
 */
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
	refuseFields(body, facts.absent, model);
	const links = listOf(body.image);
	const limit = limitOf(body, links.length, 1);
	checkReferences('image', links, facts.references);
	checkTogether('sequential_image_generation_options.max_images', links.length, limit);
	const size = sizeOf(body.size ?? '2K', prompt, facts);
	const references = await openReferences(world, 'image', links, facts.references);
	const count = countFor(prompt, limit);
	const members = await accept(world, call, key, { provider: 'tokaify', prompt, count, size, format: 'jpeg', references });
	await world.sleep(world.settings.taskMs);
	const data: unknown[] = [];
	for (const member of members) {
		if (member.made) data.push(await dataOf(world, member, prompt, body.response_format === 'b64_json'));
	}
	return json(200, { created: Math.floor(Date.now() / 1000), data });
}

async function dataOf(world: World, member: Extract<Member, { made: true }>, prompt: string, asBase64: boolean): Promise<unknown> {
	if (!asBase64) return { url: member.url, b64_json: null, revised_prompt: prompt };
	return { url: null, b64_json: (await world.gallery.bytes(member.exhibit)).toString('base64'), revised_prompt: prompt };
}

function list(world: World, call: Call): Reply {
	world.keyOf(call.headers);
	const data = Object.keys(MODELS).map((id) => ({ id, object: 'model', created: 1626777600, owned_by: 'volcengine' }));
	return json(200, { success: true, object: 'list', data });
}

function usage(world: World, call: Call): Reply {
	const key = world.keyOf(call.headers);
	const [available, used] = [world.accounts.remaining(key), world.accounts.usedBy(key)];
	const totals = { total_granted: available + used, total_used: used, total_available: available };
	const data = { object: 'token_usage', name: key, ...totals, unlimited_quota: false, model_limits: {}, expires_at: 0 };
	return json(200, { code: true, message: 'ok', data });
}
