import { ApiRefusal } from '../../apiError';
import { acceptOrder } from '../../asynchronous';
import type { Dialect } from '../../dialect';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { EmulatorState } from '../../state';
import { formatError, formatTaskError, replyByStatus } from './errors';
import { ENDPOINTS } from './facts';
import { imageJob } from './images';
import type { WavespeedJob } from './job';
import { LAYER_ENDPOINTS, layerJob } from './layers';
import { webhookIn } from './request';
import { envelope, newTaskId, predictionOf } from './task';
import { BASE_PATH, sendFile, upload } from './uploads';

/** WaveSpeedAI: tasks that are made, asked for and called back; the path is the model. */
export const wavespeed: Dialect = {
	provider: 'wavespeed',
	basePath: BASE_PATH,
	formatError,
	routes: [
		{
			method: 'POST',
			path: /^\/api\/v3\/media\/upload\/binary$/,
			kind: 'upload',
			handle: upload,
		},
		{
			method: 'POST',
			path: /^\/api\/v3\/([^/]+\/.+)$/,
			kind: 'create',
			handle: create,
		},
		{
			method: 'GET',
			path: /^\/api\/v3\/predictions\/([^/]+)\/result$/,
			kind: 'query',
			handle: query,
		},
		{
			method: 'GET',
			path: /^\/api\/v3\/balance$/,
			kind: 'credits',
			handle: balance,
		},
		{
			method: 'GET',
			path: /^\/uploaded\/[^/]+$/,
			kind: 'download',
			handle: sendFile,
		},
	],
};

function create(state: EmulatorState, call: Call, match: RegExpMatchArray): Reply {
	const key = state.accounts.authenticate(call.headers);
	const path = match[1] ?? '';
	const job = readJob(path, call.json);
	state.accounts.authorize(key, job.line, path);
	const webhook = webhookIn(call.query, state.allowPrivateCallbacks);
	if (webhook !== undefined && job.asBase64) return json(400, { error: NO_BASE64_WITH_WEBHOOK });
	if (webhook !== undefined && job.waits) return replyByStatus(400);
	const task = acceptOrder(state, call, key, {
		provider: 'wavespeed',
		id: newTaskId(),
		model: path,
		prompt: job.prompt,
		limit: job.price,
		paidAsAsked: true,
		callbackUrl: webhook,
		makeImages: async (effects) => await job.makeImages(state, effects),
		formatError: formatTaskError,
		// A callback has no envelope, but the request.
		bodyOf: (ended) => ({ ...predictionOf(ended), input: job.input }),
	});
	return envelope({ ...predictionOf(task), ...(job.waits && WAITED_IN_VAIN) });
}

function readJob(path: string, body: unknown): WavespeedJob {
	const layers = LAYER_ENDPOINTS[path];
	if (layers !== undefined) return layerJob(path, layers, body);
	const endpoint = ENDPOINTS[path];
	if (endpoint === undefined) throw new ApiRefusal({ is: 'modelUnknown', model: path });
	return imageJob(path, endpoint, body);
}

/** The whole answer, as the docs print it. */
const NO_BASE64_WITH_WEBHOOK =
	'webhook callback does not support base64 output, please use the normal API to use base64 output';

/** Docs, Sync Mode: the most that it promises is that the task goes on. Here its time is up at once. */
const WAITED_IN_VAIN = {
	status: 'processing',
	code: 5004,
	error: 'Sync mode timed out. The task is still processing asynchronously.',
};

function query(state: EmulatorState, call: Call, match: RegExpMatchArray): Reply {
	const key = state.accounts.authenticate(call.headers);
	const task = state.tasks.find(match[1] ?? '');
	if (task === undefined || task.key !== key) return replyByStatus(404);
	if (call.effects.failTask !== undefined) state.tasks.fail(task, call.effects.failTask);
	const prediction = predictionOf(task);
	return envelope(
		call.effects.neverEnds ? { ...prediction, status: 'processing', outputs: [] } : prediction,
	);
}

/** What the user has left, in dollars. */
function balance(state: EmulatorState, call: Call): Reply {
	const { user } = state.accounts.balanceOf(state.accounts.authenticate(call.headers));
	return envelope({ balance: user });
}
