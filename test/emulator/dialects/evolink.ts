import { CREDITS_PER_IMAGE, round } from '../accounts';
import type { Dialect } from '../dialect';
import type { Effects } from '../faults';
import { MODELS } from '../facts/evolink';
import { json } from '../http';
import type { Call, Reply } from '../http';
import type { Picture } from '../pictures';
import { countFor, isModeratedPrompt } from '../prompts';
import { MOST_TOGETHER, openReferences } from '../references';
import { linksOf, makeSet } from '../sets';
import { progressOf } from '../tasks';
import type { Task } from '../tasks';
import { Refusal } from '../trouble';
import type { World } from '../world';
import { readRequest } from './evolinkBody';
import type { EvolinkRequest } from './evolinkBody';
import { byStatus, refuse, say, taskError } from './evolinkVoice';

/** EvoLink: tasks that are made, asked for and called back. */
export function evolink(world: World): Dialect {
	return {
		provider: 'evolink',
		prefix: '/evolink',
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
				path: /^\/v1\/tasks\/([^/]+)$/,
				kind: 'query',
				handle: (call, match) => query(world, call, match[1] ?? ''),
			},
			{
				method: 'GET',
				path: /^\/v1\/credits$/,
				kind: 'credits',
				handle: (call) => credits(world, call),
			},
			{
				method: 'GET',
				path: /^\/v1\/models$/,
				kind: 'models',
				handle: (call) => models(world, call),
			},
		],
	};
}

function create(world: World, call: Call): Reply {
	const key = world.keyOf(call.headers);
	const request = readRequest(call.json, world.allowPrivateCallbacks);
	world.allow(key, request.facts.line, request.model);
	// Charged by `n` in advance; the bill is made by the images made.
	if (!world.accounts.take(key, request.limit)) throw new Refusal({ is: 'noCredit' });
	const task = world.tasks.begin({
		key,
		model: request.model,
		limit: request.limit,
		callbackUrl: request.callbackUrl,
		effects: call.effects,
		callbackEffects: request.callbackUrl === undefined ? {} : callbackEffects(world, call.effects),
		work: () => makeImages(world, request, call.effects),
		errorOf: taskError,
		show: taskBody,
	});
	world.orders.add(
		{ provider: 'evolink', prompt: request.prompt, taskId: task.id },
		() => task.state,
	);
	return json(200, {
		...headOf(task),
		progress: 0,
		status: 'pending',
		task_info: { can_cancel: true, estimated_time: Math.ceil(task.lastsMs / 1000) },
		usage: {
			billing_rule: 'per_call',
			credits_reserved: round(request.limit * CREDITS_PER_IMAGE),
			user_group: 'default',
		},
	});
}

/** A callback has faults of its own; those about callbacks may also have been put on the create request. */
function callbackEffects(
	world: World,
	{ noCallback, duplicateCallback, earlyCallback }: Effects,
): Effects {
	const own = world.faults.strike('callback', 'evolink');
	return {
		...own,
		noCallback: own.noCallback ?? noCallback,
		duplicateCallback: own.duplicateCallback ?? duplicateCallback,
		earlyCallback: own.earlyCallback ?? earlyCallback,
	};
}

async function makeImages(
	world: World,
	request: EvolinkRequest,
	effects: Effects,
): Promise<string[]> {
	if (effects.noImages) return [];
	const { prompt, limit, size, format, transparent, facts, imageUrls } = request;
	const references = await openReferences(world, 'image_urls', imageUrls, facts.references);
	if (isModeratedPrompt(prompt)) throw new Refusal({ is: 'moderated', what: 'prompt' });
	if (transparent) mustBeTransparent(references[0]);
	// With more than 15 together EvoLink makes fewer images (docs, image-series/seedream, `n`); it refuses nothing.
	const count = Math.min(countFor(prompt, limit), MOST_TOGETHER - imageUrls.length);
	return linksOf(
		makeSet(world, {
			provider: 'evolink',
			prompt,
			count,
			size,
			format,
			transparent,
			references,
			effects,
		}),
	);
}

function mustBeTransparent(picture: Picture | undefined): void {
	if (picture === undefined || (picture.format === 'png' && picture.transparent)) return;
	const message = 'background=transparent needs a PNG with at least one transparent pixel';
	throw new Refusal({ is: 'badReference', field: 'image_urls', what: 'format', message });
}

function query(world: World, call: Call, id: string): Reply {
	const key = world.keyOf(call.headers);
	if (!id.startsWith('task-unified-')) {
		return refuse(
			400,
			'invalid_task_id',
			'invalid_request_error',
			'Invalid task ID format',
			'task_id',
		);
	}
	const task = world.tasks.find(id);
	if (task === undefined) return byStatus(404, 'query');
	if (task.key !== key) return byStatus(403, 'query');
	if (call.effects.failTask !== undefined) world.tasks.fail(task, call.effects.failTask);
	if (call.effects.neverEnds)
		return json(200, {
			...headOf(task),
			status: 'processing',
			progress: 99,
			task_info: { can_cancel: false },
		});
	return json(200, taskBody(task));
}

function headOf({ id, model, begunAt }: Task) {
	return {
		created: Math.floor(begunAt / 1000),
		id,
		model,
		object: 'image.generation.task',
		type: 'image',
	};
}

/** A task as /v1/tasks/{id} and the callback show it (EvoLink docs, task-management/get-task-detail). */
function taskBody(task: Task): Record<string, unknown> {
	const body = { ...headOf(task), ...progressOf(task), task_info: { can_cancel: false } };
	if (task.state === 'failed') return { ...body, error: { ...task.error, type: 'task_error' } };
	if (task.state === 'open') return body;
	const used = round(task.results.length * CREDITS_PER_IMAGE);
	return {
		...body,
		results: task.results,
		usage: { billing_rule: 'per_call', credits_used: used, user_group: 'default' },
	};
}

function credits(world: World, call: Call): Reply {
	const key = world.keyOf(call.headers);
	const { user, token, unlimited, used } = world.accounts.balanceOf(key);
	const ofToken = { remaining_credits: token, unlimited_credits: unlimited, used_credits: used };
	return json(200, {
		data: { token: ofToken, user: { remaining_credits: user, used_credits: used } },
		message: '',
		success: true,
	});
}

function models(world: World, call: Call): Reply {
	const key = world.keyOf(call.headers);
	const usable = Object.entries(MODELS).filter(([, facts]) =>
		world.accounts.mayUse(key, facts.line),
	);
	const data = usable.map(([id]) => ({
		id,
		object: 'model',
		created: 1626777600,
		owned_by: 'evolink',
	}));
	return json(200, { object: 'list', data });
}
