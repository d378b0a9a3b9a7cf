import { z } from 'zod/v4';
import { ApiRefusal } from '../../apiError';
import { readBody, rejectUnsupportedFields, text } from '../../checks';
import type { Dialect } from '../../dialect';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { SetMember } from '../../imageSet';
import { countFor } from '../../prompts';
import { checkReferences, openReferences } from '../../references';
import type { LinkRule } from '../../references';
import type { Size } from '../../sizes';
import type { EmulatorState } from '../../state';
import { createImages } from '../../synchronous';
import { eventsOf } from '../shared/ark/answer';
import type { AnsweredRequest } from '../shared/ark/answer';
import { formatError } from '../shared/newApiErrors';
import {
	imageField,
	limitOf,
	listOf,
	responseFormat,
	setFields,
	sizeOf,
} from '../shared/seedreamFields';
import { MODELS } from './facts';

const REFERENCES: LinkRule = { maxCount: Infinity, dataUris: true };

/**
 * Tokaify: a relay in front of the origin. Its page on edits contradicts itself, so there is no
 * such route here.
 */
export const tokaify: Dialect = {
	provider: 'tokaify',
	basePath: '/tokaify',
	formatError,
	routes: [
		{
			method: 'POST',
			path: /^\/v1\/images\/generations$/,
			kind: 'create',
			handle: create,
		},
		{
			method: 'GET',
			path: /^\/v1\/models$/,
			kind: 'models',
			handle: list,
		},
		{
			method: 'GET',
			path: /^\/api\/usage\/token$/,
			kind: 'credits',
			handle: usage,
		},
	],
};

/**
 * Tokaify docs, api/ai-model/images/doubao. `n`, `quality` and `style` are in its general schema
 * for images and mean nothing here.
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
	// An older new-api does not know these and drops them (QuantumNous/new-api, dto/openai_image.go):
	// a picture to be taken apart is edited, and paid for.
	layer_decomposition: z.unknown().optional(),
	output_format: z.unknown().optional(),
});

async function create(state: EmulatorState, call: Call): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	const body = readBody(Body, call.json);
	const { model, prompt } = body;
	const facts = MODELS[model];
	if (facts === undefined) throw new ApiRefusal({ is: 'modelUnknown', model });
	rejectUnsupportedFields(body, facts.unsupportedFields, model);
	state.accounts.authorize(key, facts.line, model);
	const links = listOf(body.image);
	checkReferences('image', links, REFERENCES);
	const size = drawable(sizeOf(body.size ?? '2K', prompt, facts));
	const references = await openReferences(state, 'image', links);
	const count = countFor(prompt, limitOf(body, 1));
	const members = await createImages(state, call, key, {
		provider: 'tokaify',
		prompt,
		count,
		size,
		format: 'jpeg',
		references,
	});
	const asBase64 = body.response_format === 'b64_json';
	if (body.stream) {
		// Its docs have `stream` and no shape of the events: a relay, it passes on what the origin
		// says.
		const request: AnsweredRequest = {
			model,
			facts: { tells: [] },
			inputs: links.length,
			transparent: false,
			asBase64,
			searches: false,
		};
		return { is: 'events', status: 200, parts: eventsOf(state, request, members) };
	}
	await state.scheduler.sleep(state.settings.taskMs);
	return json(200, await answerOf(state, members, prompt, asBase64));
}

const MOST_PIXELS = 4096 * 4096;
/** The long side of that area at 16:1. */
const LONGEST_SIDE = 16_384;

/**
 * Tokaify makes any size. To spare this machine's memory, what is larger than the model's own limit
 * is drawn smaller.
 */
function drawable({ width, height }: Size): Size {
	const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
	const side = (length: number) => Math.min(LONGEST_SIDE, Math.max(1, Math.floor(length * scale)));
	return { width: side(width), height: side(height) };
}

async function answerOf(
	state: EmulatorState,
	members: readonly SetMember[],
	prompt: string,
	asBase64: boolean,
): Promise<unknown> {
	const data: unknown[] = [];
	for (const member of members) {
		if (member.made) data.push(await dataOf(state, member, prompt, asBase64));
	}
	return { created: Math.floor(Date.now() / 1000), data };
}

async function dataOf(
	state: EmulatorState,
	member: Extract<SetMember, { made: true }>,
	prompt: string,
	asBase64: boolean,
): Promise<unknown> {
	if (!asBase64) return { url: member.url, b64_json: null, revised_prompt: prompt };
	return {
		url: null,
		b64_json: (await state.images.bytes(member.image)).toString('base64'),
		revised_prompt: prompt,
	};
}

function list(state: EmulatorState, call: Call): Reply {
	state.accounts.authenticate(call.headers);
	const data = Object.keys(MODELS).map((id) => ({
		id,
		object: 'model',
		created: 1626777600,
		owned_by: 'volcengine',
	}));
	return json(200, { success: true, object: 'list', data });
}

function usage(state: EmulatorState, call: Call): Reply {
	const key = state.accounts.authenticate(call.headers);
	const { token, unlimited, used } = state.accounts.balanceOf(key);
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
