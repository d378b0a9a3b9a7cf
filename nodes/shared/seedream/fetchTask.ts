import {
	noTasksError,
	taskNotReadError,
	unreachableError,
	unreadableResponseError,
} from './commonErrors';
import { withAddress, type Connection } from './connection';
import { isAccepted, shownBody, SHORT_TIMEOUT_MS, type HttpResult } from './http';
import type { Provider, ReadPlan, TaskPlan } from './providers/provider';
import { failure, success, type Result } from './result';
import { isTransient, repeatFree } from './retry';
import { hasEnded, withResponse, type ImageTask } from './task';

/** What one reading of a task gave. */
export type Reading =
	| { result: Result<ImageTask> }
	/** The task is untouched, and the next reading may succeed. */
	| { transientFailure: HttpResult }
	/** The provider does not know the task, which it may do a little later. */
	| { notYetKnown: HttpResult };

/** Ms after which a task that the provider does not know will not appear any more. */
export const LATEST_APPEARANCE_MS = 60_000;

/** Reads a task once. `timeoutMs`: how long to wait for all of its answer. */
export async function fetchTaskOnce(
	connection: Connection,
	taskId: string,
	timeoutMs = SHORT_TIMEOUT_MS,
): Promise<Reading> {
	const { provider, baseUrl, http, clock } = connection;
	const { tasks } = provider;
	if (!tasks) return { result: failure(noTasksError(provider, taskId)) };
	const deadline = clock.now() + timeoutMs;
	const send = async (plan: ReadPlan): Promise<HttpResult> =>
		await http.send(withAddress(plan, baseUrl), Math.max(1, deadline - clock.now()));
	const first = await send(tasks.buildRequest(taskId));
	const reading = readingOf(provider, tasks, taskId, first);
	if (!tasks.result || !isOver(reading)) return reading;
	const second = await send(tasks.result.buildRequest(taskId));
	const end = 'response' in second && tasks.result.parseResponse(second.response);
	if (!end) return readingOf(provider, tasks, taskId, second);
	return { result: success(withResponse({ ...end, id: taskId }, second.response)) };
}

/** Reads a task, again while the reading itself fails in a way that may pass. */
export async function fetchTask(
	connection: Connection,
	taskId: string,
): Promise<Result<ImageTask>> {
	const reading = await repeatFree(
		connection.clock,
		async () => await fetchTaskOnce(connection, taskId),
		failureOf,
	);
	return 'result' in reading
		? reading.result
		: unreadTask(connection.provider, taskId, failureOf(reading));
}

function failureOf(reading: Exclude<Reading, { result: unknown }>): HttpResult;
function failureOf(reading: Reading): HttpResult | undefined;
function failureOf(reading: Reading): HttpResult | undefined {
	if ('transientFailure' in reading) return reading.transientFailure;
	return 'notYetKnown' in reading ? reading.notYetKnown : undefined;
}

/** What is to be said of a task whose reading gave no more than this. */
export function unreadTask(
	provider: Provider,
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
	const error = unreadableResponseError(provider, response);
	return failure(taskNotReadError({ ...error, response: shownBody(response) }, taskId));
}

function readingOf(
	provider: Provider,
	tasks: TaskPlan,
	taskId: string,
	result: HttpResult,
): Reading {
	if (!('response' in result) || isTransient(result) || isNoJson(result)) {
		return { transientFailure: result };
	}
	const { response } = result;
	if (response.status === 404 && tasks.appearsLate) return { notYetKnown: result };
	if (!isAccepted(response)) return { result: unreadTask(provider, taskId, result) };
	const task = tasks.parseResponse(response);
	return {
		result: task.ok
			? success(withResponse({ ...task.value, id: taskId }, response))
			: failure(taskNotReadError({ ...task.error, response: shownBody(response) }, taskId)),
	};
}

/** A page in place of a task comes from something on the way, not from the provider. */
function isNoJson(result: HttpResult): boolean {
	return 'response' in result && isAccepted(result.response) && result.response.body === undefined;
}

function isOver(reading: Reading): boolean {
	return 'result' in reading && reading.result.ok && hasEnded(reading.result.value.status);
}
