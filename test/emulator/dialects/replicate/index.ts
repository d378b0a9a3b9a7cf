import type { Dialect } from '../../dialect';
import { acceptOrder } from '../../asynchronous';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { EmulatorState } from '../../state';
import { formatError, formatTaskError, invalidReply, replyByStatus } from './errors';
import { BASE_PATH, createFile, sendFile } from './files';
import { makeImages } from './images';
import { takeApart } from './layers';
import { newPredictionId, predictionBody } from './prediction';
import { callsFor, isTooLarge, limitOf, modelNamed, readRequest } from './request';

/** Replicate: predictions that are created, asked for and called back. */
export const replicate: Dialect = {
	provider: 'replicate',
	basePath: BASE_PATH,
	formatError,
	routes: [
		{
			method: 'POST',
			path: /^\/models\/([^/]+\/[^/]+)\/predictions$/,
			kind: 'create',
			handle: create,
		},
		{
			method: 'GET',
			path: /^\/predictions\/([^/]+)$/,
			kind: 'query',
			handle: query,
		},
		{
			method: 'POST',
			path: /^\/files$/,
			kind: 'upload',
			handle: createFile,
		},
		{
			method: 'GET',
			path: /^\/files\/[^/]+$/,
			kind: 'download',
			handle: sendFile,
		},
		{
			method: 'GET',
			path: /^\/account$/,
			kind: 'other',
			handle: account,
		},
	],
};

/** The input is checked here; what is wrong only with all of it together fails the prediction. */
function create(state: EmulatorState, call: Call, match: RegExpMatchArray): Reply {
	const key = state.accounts.authenticate(call.headers);
	const model = match[1] ?? '';
	const facts = modelNamed(model);
	state.accounts.authorize(key, facts.line, model);
	if (isTooLarge(call.json)) return replyByStatus(413);
	const checked = readRequest(facts, call.json, state.allowPrivateCallbacks);
	if ('invalid' in checked) return invalidReply(checked.invalid);
	const { input, webhook, webhook_events_filter: events } = checked.value;
	const make = input.layer_decomposition ? takeApart : makeImages;
	const task = acceptOrder(state, call, key, {
		provider: 'replicate',
		id: newPredictionId(),
		model,
		prompt: input.prompt ?? '',
		limit: limitOf(input),
		request: input,
		callbackUrl: webhook,
		callbackEffects: callsFor(events),
		makeImages: async (effects) => ({ links: await make(state, facts, input, effects) }),
		formatError: formatTaskError,
		bodyOf: predictionBody,
	});
	return json(201, predictionBody(task));
}

/** Another's prediction is not told from one that is none. */
function query(state: EmulatorState, call: Call, match: RegExpMatchArray): Reply {
	const key = state.accounts.authenticate(call.headers);
	const task = state.tasks.find(match[1] ?? '');
	if (task?.key !== key) return replyByStatus(404);
	if (call.effects.failTask !== undefined) state.tasks.fail(task, call.effects.failTask);
	const body = predictionBody(task);
	if (call.effects.neverEnds)
		return json(200, { ...body, status: 'processing', output: null, completed_at: null });
	return json(200, body);
}

function account(state: EmulatorState, call: Call): Reply {
	state.accounts.authenticate(call.headers);
	return json(200, {
		type: 'user',
		username: 'tester',
		name: 'Tester',
		github_url: 'https://github.com/tester',
	});
}
