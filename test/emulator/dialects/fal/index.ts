import { randomUUID } from 'node:crypto';
import { ApiRefusal, badField } from '../../apiError';
import { acceptOrder } from '../../asynchronous';
import type { Dialect } from '../../dialect';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { EmulatorState } from '../../state';
import type { Task } from '../../tasks';
import { parseHttpUrl } from '../../urls';
import { formatError } from './errors';
import { appOf, LAYER_MODELS, MODELS } from './facts';
import { fileHost } from './fileHost';
import { imageJob } from './images';
import type { FalJob } from './job';
import { layerJob } from './layers';
import { pricing } from './pricing';
import { headOf, notYet, resultReply, statusReply, webhookBody } from './task';

/** fal: a queue that takes any input, and tells of a failure by the status of the result alone. */
export const fal: Dialect = {
	provider: 'fal',
	basePath: '/fal',
	fileHost,
	formatError,
	routes: [
		{
			method: 'GET',
			path: /^\/v1\/models\/pricing$/,
			kind: 'models',
			handle: pricing,
		},
		{
			method: 'GET',
			path: /^\/([^/]+\/[^/]+)\/requests\/([^/]+)\/status$/,
			kind: 'query',
			handle: (state, call, match) => {
				const task = findTask(state, call, match);
				const seen: Task = call.effects.neverEnds ? { ...task, state: 'open', startedAt: 0 } : task;
				return statusReply(state, seen, call.query.get('logs') === '1');
			},
		},
		{
			method: 'GET',
			path: /^\/([^/]+\/[^/]+)\/requests\/([^/]+)$/,
			kind: 'query',
			handle: (state, call, match) => {
				const task = findTask(state, call, match);
				return call.effects.neverEnds ? notYet() : resultReply(task);
			},
		},
		{
			method: 'GET',
			path: /^\/.+\/requests\/[^/]+(?:\/[a-z]+)?$/,
			kind: 'query',
			handle: () => json(405, { detail: 'Method Not Allowed' }),
		},
		{
			method: 'POST',
			path: /^\/(.+)$/,
			kind: 'create',
			handle: submit,
		},
	],
};

function submit(state: EmulatorState, call: Call, match: RegExpMatchArray): Reply {
	const key = state.accounts.authenticate(call.headers, 'Key');
	const model = match[1] ?? '';
	const { line, job } = jobFor(model, call.json);
	state.accounts.authorize(key, line, model);
	const webhook = call.query.get('fal_webhook') ?? '';
	const task = acceptOrder(state, call, key, {
		provider: 'fal',
		id: randomUUID(),
		model,
		prompt: job.prompt,
		limit: job.limit,
		callbackUrl: parseHttpUrl(webhook) && webhook,
		makeImages: async (effects) => await job.makeImages(state, effects),
		formatError: job.formatError,
		bodyOf: webhookBody,
	});
	// Beside what is always there, the docs mention these two; here with a webhook.
	const more = webhook === '' ? {} : { status: 'IN_QUEUE', gateway_request_id: task.id };
	return json(200, { ...headOf(state, task), queue_position: 0, ...more });
}

function jobFor(model: string, json: unknown): { readonly line: string; readonly job: FalJob } {
	if (typeof json !== 'object' || json === null)
		throw badField('body', 'the request body is no JSON object');
	const body: Readonly<Record<string, unknown>> = { ...json };
	const prompt = typeof body.prompt === 'string' ? body.prompt : '';
	const images = MODELS[model];
	if (images !== undefined)
		return { line: images.line, job: imageJob(model, images, body, prompt) };
	const layers = LAYER_MODELS[model];
	if (layers !== undefined) return { line: layers.line, job: layerJob(layers, body, prompt) };
	throw new ApiRefusal({ is: 'modelUnknown', model: model.split('/')[1] ?? model });
}

/** By its ID and the first two parts of its model's. */
function findTask(state: EmulatorState, call: Call, match: RegExpMatchArray): Task {
	const key = state.accounts.authenticate(call.headers, 'Key');
	const task = state.tasks.find(match[2] ?? '');
	if (task === undefined || task.key !== key || appOf(task.model) !== match[1])
		throw new ApiRefusal({ is: 'noRoute', method: call.method, path: call.path });
	if (call.effects.failTask !== undefined) state.tasks.fail(task, call.effects.failTask);
	return task;
}
