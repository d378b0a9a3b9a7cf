import { noTasksError, taskNotReadError, unreachableError } from './commonErrors';
import { withAddress, type Connection } from './connection';
import { isAccepted, shownBody, SHORT_TIMEOUT_MS, type HttpResult } from './http';
import type { Provider, TaskPlan } from './providers/provider';
import { failure, success, type Result } from './result';
import { isTransient, sendFree } from './retry';
import { withResponse, type ImageTask } from './task';

/** What one reading of a task gave. `transientFailure`: the task is untouched, and the next reading may succeed. */
export type Reading = { result: Result<ImageTask> } | { transientFailure: HttpResult };

/** Reads a task once. `timeoutMs`: how long to wait for the answer. */
export async function fetchTaskOnce(
	connection: Connection,
	taskId: string,
	timeoutMs = SHORT_TIMEOUT_MS,
): Promise<Reading> {
	const { provider, baseUrl, http } = connection;
	const { tasks } = provider;
	if (!tasks) return { result: failure(noTasksError(provider, taskId)) };
	const request = withAddress(tasks.buildRequest(taskId), baseUrl);
	const result = await http.send(request, timeoutMs);
	if (isTransient(result) || isNoJson(result)) return { transientFailure: result };
	return { result: outcomeOfReading(provider, tasks, taskId, result) };
}

/** A page in place of a task comes from something on the way, not from the provider. */
function isNoJson(result: HttpResult): boolean {
	return 'response' in result && isAccepted(result.response) && result.response.body === undefined;
}

/** Reads a task, again while the reading itself fails in a way that may pass. */
export async function fetchTask(
	connection: Connection,
	taskId: string,
): Promise<Result<ImageTask>> {
	const { provider, baseUrl, http, clock } = connection;
	const { tasks } = provider;
	if (!tasks) return failure(noTasksError(provider, taskId));
	const request = withAddress(tasks.buildRequest(taskId), baseUrl);
	const result = await sendFree(http, clock, request, SHORT_TIMEOUT_MS);
	return outcomeOfReading(provider, tasks, taskId, result);
}

function outcomeOfReading(
	provider: Provider,
	tasks: TaskPlan,
	taskId: string,
	result: HttpResult,
): Result<ImageTask> {
	if ('networkFailure' in result) {
		return failure(taskNotReadError(unreachableError(provider, result.networkFailure), taskId));
	}
	const { response } = result;
	if (!isAccepted(response)) {
		return failure(taskNotReadError(provider.parseError(response), taskId));
	}
	const task = tasks.parseResponse(response);
	return task.ok
		? success(withResponse(task.value, response))
		: failure(taskNotReadError({ ...task.error, response: shownBody(response) }, taskId));
}
