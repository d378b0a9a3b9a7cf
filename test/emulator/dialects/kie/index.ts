import { acceptOrder, findTask } from '../../asynchronous';
import type { Dialect, Route } from '../../dialect';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { EmulatorState } from '../../state';
import { behindDoor } from './door';
import { formatError, formatTaskError, refusal } from './errors';
import { fileHost } from './fileHost';
import { freshLink } from './freshLink';
import { readRequest } from './request';
import { callbackBody, generating, newTaskId, taskData } from './task';

const ROUTES: readonly Route[] = [
	{ method: 'POST', path: /^\/api\/v1\/jobs\/createTask$/, kind: 'create', handle: create },
	{ method: 'GET', path: /^\/api\/v1\/jobs\/recordInfo$/, kind: 'query', handle: query },
	{ method: 'GET', path: /^\/api\/v1\/chat\/credit$/, kind: 'credits', handle: credits },
	{ method: 'POST', path: /^\/api\/v1\/common\/download-url$/, kind: 'other', handle: freshLink },
];

/** Kie.ai: tasks of many models behind one door. */
export const kie: Dialect = {
	provider: 'kie',
	basePath: '/kie',
	fileHost,
	formatError,
	routes: ROUTES.map(behindDoor),
};

function create(state: EmulatorState, call: Call): Reply {
	const key = state.accounts.authenticate(call.headers);
	const { model, callbackUrl, job } = readRequest(call.json);
	state.accounts.authorize(key, job.line, model);
	const task = acceptOrder(state, call, key, {
		provider: 'kie',
		id: newTaskId(model),
		model,
		prompt: job.prompt,
		limit: job.limit,
		request: call.json,
		callbackUrl,
		makeImages: async (effects) => await job.makeImages(state, effects),
		formatError: formatTaskError,
		bodyOf: callbackBody,
	});
	return success({ taskId: task.id });
}

/** Somebody else's task is as unknown as one that there is not. */
function query(state: EmulatorState, call: Call): Reply {
	const key = state.accounts.authenticate(call.headers);
	const id = call.query.get('taskId') ?? '';
	if (id === '') return refusal(400, 'taskId parameter is required');
	const task = findTask(state, call, id);
	if (task === undefined || task.key !== key) return refusal(422, 'recordInfo is null');
	const { failTask, neverEnds } = call.effects;
	if (failTask !== undefined) state.tasks.fail(task, failTask);
	return success(neverEnds ? { ...taskData(task), ...generating(task) } : taskData(task));
}

/** What the account has, whatever the key may spend of it. */
function credits(state: EmulatorState, call: Call): Reply {
	return success(state.accounts.balanceOf(state.accounts.authenticate(call.headers)).user);
}

function success(data: unknown): Reply {
	return json(200, { code: 200, msg: 'success', data });
}
