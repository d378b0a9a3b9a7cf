import { CREDITS_PER_IMAGE, round } from '../../accounts';
import { acceptOrder, findTask } from '../../asynchronous';
import type { Dialect } from '../../dialect';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { EmulatorState } from '../../state';
import { errorReply, formatError, formatTaskError, replyByStatus } from './errors';
import { MODELS } from './facts';
import { fileHost } from './fileHost';
import { imageJob } from './images';
import { asksForLayers, LAYER_MODELS, layerJob } from './layers';
import { billingRuleOf, headOf, newTaskId, TASK_ID_PREFIX, taskBody } from './task';

/** EvoLink: tasks that are made, asked for and called back. */
export const evolink: Dialect = {
	provider: 'evolink',
	basePath: '/evolink',
	fileHost,
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
			path: /^\/v1\/tasks\/([^/]+)$/,
			kind: 'query',
			handle: query,
		},
		{
			method: 'GET',
			path: /^\/v1\/credits$/,
			kind: 'credits',
			handle: credits,
		},
		{
			method: 'GET',
			path: /^\/v1\/models$/,
			kind: 'models',
			handle: models,
		},
	],
};

function create(state: EmulatorState, call: Call): Reply {
	const key = state.accounts.authenticate(call.headers);
	const readJob = asksForLayers(call.json) ? layerJob : imageJob;
	const job = readJob(call.json, state.allowPrivateCallbacks);
	state.accounts.authorize(key, job.line, job.model);
	// Charged by what may come, in advance; the bill is made by the images made.
	const task = acceptOrder(state, call, key, {
		provider: 'evolink',
		id: newTaskId(),
		model: job.model,
		prompt: job.prompt,
		limit: job.limit,
		callbackUrl: job.callbackUrl,
		makeImages: async (effects) => await job.makeImages(state, effects),
		formatError: formatTaskError,
		bodyOf: taskBody,
	});
	return json(200, {
		...headOf(task),
		progress: 0,
		status: 'pending',
		task_info: { can_cancel: true, estimated_time: Math.ceil(task.durationMs / 1000) },
		usage: {
			billing_rule: billingRuleOf(job.model),
			credits_reserved: round(job.limit * CREDITS_PER_IMAGE),
			user_group: 'default',
		},
	});
}

function query(state: EmulatorState, call: Call, match: RegExpMatchArray): Reply {
	const id = match[1] ?? '';
	const key = state.accounts.authenticate(call.headers);
	if (!id.startsWith(TASK_ID_PREFIX)) {
		return errorReply(
			400,
			'invalid_task_id',
			'invalid_request_error',
			'Invalid task ID format',
			'task_id',
		);
	}
	const task = findTask(state, call, id);
	if (task === undefined) return replyByStatus(404, 'query');
	if (task.key !== key) return replyByStatus(403, 'query');
	if (call.effects.failTask !== undefined) state.tasks.fail(task, call.effects.failTask);
	if (call.effects.neverEnds)
		return json(200, {
			...headOf(task),
			status: 'processing',
			progress: 99,
			task_info: { can_cancel: false },
		});
	return json(200, taskBody(task));
}

function credits(state: EmulatorState, call: Call): Reply {
	const key = state.accounts.authenticate(call.headers);
	const { user, token, unlimited, used } = state.accounts.balanceOf(key);
	const ofToken = { remaining_credits: token, unlimited_credits: unlimited, used_credits: used };
	return json(200, {
		data: { token: ofToken, user: { remaining_credits: user, used_credits: used } },
		message: '',
		success: true,
	});
}

function models(state: EmulatorState, call: Call): Reply {
	const key = state.accounts.authenticate(call.headers);
	const usable = Object.entries({ ...MODELS, ...LAYER_MODELS }).filter(([, facts]) =>
		state.accounts.mayUse(key, facts.line),
	);
	const data = usable.map(([id]) => ({
		id,
		object: 'model',
		created: 1626777600,
		owned_by: 'evolink',
	}));
	return json(200, { object: 'list', data });
}
