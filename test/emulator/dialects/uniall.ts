import { z } from 'zod/v4';
import { readBody, text } from '../checks';
import type { Dialect } from '../dialect';
import { MODELS, REFERENCES } from '../facts/uniall';
import { json } from '../http';
import type { Call, Reply } from '../http';
import { checkReferences, checkTogether, openReferences } from '../references';
import { linksOf } from '../sets';
import { mustFit } from '../sizes';
import { accept } from '../synchronous';
import { badField, Refusal } from '../trouble';
import type { World } from '../world';
import { say } from './newApiVoice';

/** UniAll docs, models/image/seedream: an exact number of images, an exact size, and edits on a path of their own. */
export function uniall(world: World): Dialect {
	return {
		provider: 'uniall',
		prefix: '/uniall',
		say,
		routes: [
			{
				method: 'POST',
				path: /^\/v1\/images\/generations$/,
				kind: 'create',
				handle: (call) => generate(world, call),
			},
			{
				method: 'POST',
				path: /^\/v1\/images\/edits$/,
				kind: 'create',
				handle: (call) => edit(world, call),
			},
			{
				method: 'GET',
				path: /^\/v1\/models$/,
				kind: 'models',
				handle: (call) => list(world, call),
			},
		],
	};
}

const count = z.int().min(1).max(6).optional();

const fields = {
	model: text,
	prompt: text,
	n: count,
	num_images: count,
	custom_size: z.strictObject({ width: z.int().min(1), height: z.int().min(1) }).optional(),
	timeout_seconds: z.int().min(1).optional(),
};

const GenerateBody = z.strictObject(fields);
type GenerateBody = z.infer<typeof GenerateBody>;

const linked = z.strictObject({ url: z.string() });

const EditBody = z.strictObject({
	...fields,
	image: z.union([z.string(), z.array(z.string())]).optional(),
	image_url: z.union([z.string(), linked, z.array(z.union([z.string(), linked]))]).optional(),
	image_urls: z.array(z.string()).optional(),
	images: z
		.array(z.union([z.string(), linked, z.strictObject({ image_url: z.string() })]))
		.optional(),
});

type Link = string | { readonly url: string } | { readonly image_url: string };

async function generate(world: World, call: Call): Promise<Reply> {
	const key = world.keyOf(call.headers);
	return await make(world, call, key, readBody(GenerateBody, call.json), []);
}

async function edit(world: World, call: Call): Promise<Reply> {
	const key = world.keyOf(call.headers);
	const body = readBody(EditBody, call.json);
	const links = [body.image, body.image_url, body.image_urls, body.images].flatMap(textsOf);
	if (links.length === 0) throw badField('image', 'an edit needs at least one image', 'missing');
	return await make(world, call, key, body, links);
}

function textsOf(links: Link | readonly Link[] | undefined): string[] {
	if (links === undefined) return [];
	if (typeof links === 'string') return [links];
	if ('url' in links) return [links.url];
	if ('image_url' in links) return [links.image_url];
	return links.flatMap(textsOf);
}

async function make(
	world: World,
	call: Call,
	key: string,
	body: GenerateBody,
	links: readonly string[],
): Promise<Reply> {
	const { model, prompt } = body;
	const facts = MODELS[model];
	if (facts === undefined) throw new Refusal({ is: 'modelUnknown', model });
	world.allow(key, facts.line, model);
	// Without `custom_size` the provider chooses, UniAll does not say what: this stand-in chooses 2048x2048.
	const size = body.custom_size ?? { width: 2048, height: 2048 };
	mustFit('custom_size', size, facts.size);
	const images = body.n ?? body.num_images ?? 1;
	checkReferences('image', links, REFERENCES);
	checkTogether('n', links.length, images);
	const references = await openReferences(world, 'image', links, REFERENCES);
	const members = await accept(world, call, key, {
		provider: 'uniall',
		prompt,
		count: images,
		size,
		format: 'png',
		references,
	});
	await world.sleep(world.settings.taskMs);
	const data = linksOf(members).map((url) => ({ url }));
	return json(200, { created: Math.floor(Date.now() / 1000), data });
}

function list(world: World, call: Call): Reply {
	world.keyOf(call.headers);
	const data = Object.keys(MODELS).map((id) => ({
		id,
		object: 'model',
		created: 0,
		owned_by: 'uniall',
	}));
	return json(200, { object: 'list', data });
}
