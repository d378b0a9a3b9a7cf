import { taskNotReadError } from '../shared/seedream/commonErrors';
import type { Connection } from '../shared/seedream/connection';
import { getTaskHint, type OwnError, type SeedreamError } from '../shared/seedream/errors';
import { fetchTask } from '../shared/seedream/fetchTask';
import { failure, type Result } from '../shared/seedream/result';
import { hasEnded, type ImageTask, type TaskWithId } from '../shared/seedream/task';

/** Ms between readings of a task whose end the API does not show yet: half a minute in all. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 15_000];

/**
 * The truth about a task that a callback reports. The API may show an end a little later than the
 * callback tells it, so it is asked again for half a minute.
 */
export async function confirmEnd(
	connection: Connection,
	reported: TaskWithId,
): Promise<Result<ImageTask>> {
	const { provider, clock } = connection;
	const problem = provider.tasks?.idProblem(reported.id);
	if (problem !== undefined) return failure(foreignTaskError(connection, reported.id, problem));
	for (const pause of PAUSES_MS) {
		const read = await fetchTask(connection, reported.id);
		const isReady = !read.ok || hasEnded(read.value.status) || !hasEnded(reported.status);
		if (isReady) return read;
		await clock.sleep(pause);
	}
	const last = await fetchTask(connection, reported.id);
	if (!last.ok || hasEnded(last.value.status)) return last;
	return failure(endNotConfirmedError(connection, reported, last.value));
}

function foreignTaskError(
	{ provider }: Connection,
	taskId: string,
	problem: string,
): SeedreamError {
	const error: OwnError = {
		message: problem,
		hint: 'Check that the credentials are of the account that made the task.',
		code: 'invalid_task_id',
		httpStatus: 404,
		provider: provider.id,
		retryable: false,
		billed: 'unknown',
	};
	return taskNotReadError(error, taskId);
}

function endNotConfirmedError(
	{ provider }: Connection,
	reported: TaskWithId,
	task: ImageTask,
): OwnError {
	return {
		message: `A callback reported the task ${reported.id} as ${reported.status}, and ${provider.name} still calls it ${task.status} half a minute later`,
		hint: getTaskHint(reported.id),
		code: 'end_not_confirmed',
		provider: provider.id,
		taskId: reported.id,
		retryable: false,
		billed: 'unknown',
	};
}

/** Whether the API says that this account has no such task: there is none, or it is another's. */
export function isUnknownTask({ httpStatus }: SeedreamError): boolean {
	return httpStatus === 404 || httpStatus === 403;
}
