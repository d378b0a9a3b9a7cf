import { z } from 'zod/v4';
import { badField, ApiRefusal } from '../apiError';
import { readBody, text } from '../checks';
import type { Dialect } from '../dialect';
import { json } from '../http';
import type { Call, Reply } from '../http';
import { linksOf } from '../imageSet';
import { checkReferences, checkTogether, MEGABYTE, openReferences } from '../references';
import type { ReferenceRule } from '../references';
import { checkSize } from '../sizes';
import type { SizeRule } from '../sizes';
import type { EmulatorState } from '../state';
import { createImages } from '../synchronous';
import { formatError } from './shared/newApiErrors';

/** UniAll docs, models/image/seedream: model names and their sizes. */
const MODELS: Readonly<Record<string, { readonly line: string; readonly size: SizeRule }>> = {
	'seedream-4.0': { line: '4.0', size: { minArea: 921_600, maxArea: 16_777_216, maxSide: 4096 } },
	'seedream-4.5': {
		line: '4.5',
		size: { minArea: 3_686_400, maxArea: 16_777_216, maxSide: 4096 },
	},
	'seedream-5.0-lite': {
		line: '5.0-lite',
		size: { minArea: 3_686_400, maxArea: 16_777_216, maxSide: 4096 },
	},
};

/** Links only. Formats and bytes are not documented; these are the model's own. */
const REFERENCES: ReferenceRule = {
	maxCount: 10,
	formats: ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'],
	maxBytes: 10 * MEGABYTE,
	maxRatio: 16,
	dataUris: false,
};

/** UniAll: an exact number of images, an exact size, and edits on a path of their own. */
export const uniall: Dialect = {
	provider: 'uniall',
	basePath: '/uniall',
	formatError,
	routes: [
		{
			method: 'POST',
			path: /^\/v1\/images\/generations$/,
			kind: 'create',
			handle: generate,
		},
		{
			method: 'POST',
			path: /^\/v1\/images\/edits$/,
			kind: 'create',
			handle: edit,
		},
		{
			method: 'GET',
			path: /^\/v1\/models$/,
			kind: 'models',
			handle: list,
		},
	],
};

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

async function generate(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	return await make(state, call, key, readBody(GenerateBody, call.json), []);
}

async function edit(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	const body = readBody(EditBody, call.json);
	const links = [body.image, body.image_url, body.image_urls, body.images].flatMap(textsOf);
	if (links.length === 0) throw badField('image', 'an edit needs at least one image', 'missing');
	return await make(state, call, key, body, links);
}

function textsOf(links: Link | readonly Link[] | undefined): string[] {
	if (links === undefined) return [];
	if (typeof links === 'string') return [links];
	if ('url' in links) return [links.url];
	if ('image_url' in links) return [links.image_url];
	return links.flatMap(textsOf);
}

async function make(
	state: EmulatorState,
	call: Call,
	key: string,
	body: GenerateBody,
	links: readonly string[],
): Promise<Reply> {
	const { model, prompt } = body;
	const facts = MODELS[model];
	if (facts === undefined) throw new ApiRefusal({ is: 'modelUnknown', model });
	state.accounts.authorize(key, facts.line, model);
	// Without `custom_size` the provider chooses, UniAll does not say what: this stand-in chooses
	// 2048x2048.
	const size = body.custom_size ?? { width: 2048, height: 2048 };
	checkSize('custom_size', size, facts.size);
	const images = body.n ?? body.num_images ?? 1;
	checkReferences('image', links, REFERENCES);
	checkTogether('n', links.length, images);
	const references = await openReferences(state, 'image', links, REFERENCES);
	const members = await createImages(state, call, key, {
		provider: 'uniall',
		prompt,
		count: images,
		size,
		format: 'png',
		references,
	});
	await state.scheduler.sleep(state.settings.taskMs);
	const data = linksOf(members).map((url) => ({ url }));
	return json(200, { created: Math.floor(Date.now() / 1000), data });
}

function list(state: EmulatorState, call: Call): Reply {
	state.accounts.authenticate(call.headers);
	const data = Object.keys(MODELS).map((id) => ({
		id,
		object: 'model',
		created: 0,
		owned_by: 'uniall',
	}));
	return json(200, { object: 'list', data });
}
