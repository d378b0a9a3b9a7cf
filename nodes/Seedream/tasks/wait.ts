import type { IExecuteFunctions } from 'n8n-workflow';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import type { Connection } from '../../shared/seedream/connection';
import { fetchTaskOnce } from '../../shared/seedream/fetchTask';
import { inParallel } from '../../shared/seedream/parallel';
import { waitForTasks } from '../../shared/seedream/poll';
import { success, type Result } from '../../shared/seedream/result';
import { hasEnded, type ImageTask, type TaskWithId } from '../../shared/seedream/task';
import type { RunSettings } from '../request/runContext';

/** A task that cannot be read at this moment counts as open, and is waited for like any other. */
export async function pickUp(connection: Connection, taskId: string): Promise<Result<ImageTask>> {
	const reading = await fetchTaskOnce(connection, taskId);
	if ('result' in reading) return reading.result;
	const { id: provider } = connection.provider;
	return success({ id: taskId, provider, status: 'processing', images: [], failedImages: [] });
}

/** Waits until every task among the results has ended, and puts the ends in their places. */
export async function waitForResults(
	context: IExecuteFunctions,
	connection: Connection,
	results: readonly TaskResult[],
	settings: RunSettings,
): Promise<TaskResult[]> {
	const waiting = results.flatMap((result) => {
		const task = pendingTaskOf(result);
		return task ? [{ result, task }] : [];
	});
	const ends = await waitForTasks(
		connection,
		waiting.map(({ task }) => task),
		{
			firstPauseMs: settings.pollIntervalMs,
			maxWaitMs: settings.maxWaitMs,
			concurrency: settings.concurrency,
			stopAtFailure: !settings.continueOnFail,
			onProgress: (ended, all) =>
				context.sendMessageToUI(`Seedream: ${ended} of ${all} tasks have ended`),
		},
	);
	const endOf = new Map(waiting.map(({ result }, index) => [result, ends[index]]));
	return results.map((result) => ({ ...result, outcome: endOf.get(result) ?? result.outcome }));
}

/**
 * Reads every open task among the results once, and puts what it says in its place. A task whose
 * reading failed in a way that may pass counts as still open.
 */
export async function fetchPendingTasks(
	connection: Connection,
	results: readonly TaskResult[],
	concurrency: number,
): Promise<TaskResult[]> {
	return await inParallel(results, concurrency, async (result) => {
		const task = pendingTaskOf(result);
		if (!task) return result;
		const reading = await fetchTaskOnce(connection, task.id);
		return 'result' in reading ? { ...result, outcome: reading.result } : result;
	});
}

/** A round of readings that takes less, in ms, is quick: no callback falls into it that is not repeated later. */
const QUICK_ROUND_MS = 1000;

/**
 * Providers repeat a callback for some seconds (EvoLink for 7 s, docs, image-series/seedream). Where the
 * API is always slow, a round that is shorter than that is quick enough after so many.
 */
const SAFE_ROUND_MS = 5000;
const SLOW_ROUNDS = 3;

/**
 * Reads the open tasks until a round was quick, or no wait is needed. n8n refuses callbacks while
 * the node runs, and a provider repeats them for some seconds only: a task that ended early in a
 * slow round would never be heard of.
 */
export async function fetchUntilQuick(
	connection: Connection,
	results: readonly TaskResult[],
	{ concurrency, maxWaitMs }: RunSettings,
	hasToWait: (results: readonly TaskResult[]) => boolean,
): Promise<TaskResult[]> {
	const { clock } = connection;
	const deadline = clock.now() + maxWaitMs;
	let read = [...results];
	for (let round = 1; hasToWait(read) && clock.now() < deadline; round++) {
		const began = clock.now();
		read = await fetchPendingTasks(connection, read, concurrency);
		const tookMs = clock.now() - began;
		if (tookMs < (round < SLOW_ROUNDS ? QUICK_ROUND_MS : SAFE_ROUND_MS)) break;
	}
	return read;
}

/** The task that a result is still waiting for; undefined when it has ended. */
export function pendingTaskOf({ outcome }: TaskResult): TaskWithId | undefined {
	if (!outcome.ok) return undefined;
	const task: ImageTask = outcome.value;
	if (task.id === undefined || hasEnded(task.status)) return undefined;
	return { ...task, id: task.id };
}
