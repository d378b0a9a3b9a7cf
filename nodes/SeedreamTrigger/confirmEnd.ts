import { readTask, type Connection } from '../shared/seedream/client';
import { fetchTaskAdvice, type SeedreamError } from '../shared/seedream/errors';
import { unreadTask } from '../shared/seedream/failures';
import { failure, type Outcome } from '../shared/seedream/result';
import { hasEnded, type ImageTask } from '../shared/seedream/task';

/** Ms between readings of a task whose end the API does not show yet: half a minute in all. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 15_000];

/**
 * The truth about a task that a callback reports. The API may show an end a little later than the
 * callback tells it, so it is asked again for half a minute.
 */
export async function readEnd(
	connection: Connection,
	reported: ImageTask & { id: string },
): Promise<Outcome<ImageTask>> {
	const { provider, clock } = connection;
	const problem = provider.tasks?.idProblem(reported.id);
	if (problem !== undefined) return failure(foreignTask(connection, reported.id, problem));
	for (const pause of PAUSES_MS) {
		const read = await readTask(connection, reported.id);
		const isReady = !read.ok || hasEnded(read.value.status) || !hasEnded(reported.status);
		if (isReady) return read;
		await clock.sleep(pause);
	}
	const last = await readTask(connection, reported.id);
	if (!last.ok || hasEnded(last.value.status)) return last;
	return failure(notConfirmed(connection, reported, last.value));
}

function foreignTask(
	{ provider }: Connection,
	taskId: string,
	problem: string,
): SeedreamError {
	const error = {
		message: problem,
		advice: 'Check that the credentials are of the account that made the task.',
		code: 'invalid_task_id',
		httpStatus: 404,
		provider: provider.id,
		retryable: false,
		billed: 'unknown',
	} as const;
	return unreadTask(error, taskId);
}

function notConfirmed(
	{ provider }: Connection,
	reported: ImageTask & { id: string },
	task: ImageTask,
): SeedreamError {
	return {
		message: `A callback reported the task ${reported.id} as ${reported.status}, and ${provider.name} still calls it ${task.status} half a minute later`,
		advice: fetchTaskAdvice(reported.id),
		code: 'end_not_confirmed',
		provider: provider.id,
		taskId: reported.id,
		retryable: false,
		billed: 'unknown',
	};
}
