import { waitTimeoutError } from './commonErrors';
import type { Connection } from './connection';
import { fetchTaskOnce, LATEST_APPEARANCE_MS, unreadTask } from './fetchTask';
import { MAX_RETRY_AFTER_MS, retryAfterMs, type HttpResult } from './http';
import { inParallel } from './parallel';
import { failure, success, type Result } from './result';
import { hasEnded, type ImageTask, type TaskWithId } from './task';

/** How much of the time that has passed lies between two readings of a task: the most that is lost after its end. */
const LOST_SHARE = 1 / 6;

/** The time in ms between two readings that growing stops at. */
const LONGEST_INTERVAL_MS = 15_000;

export interface PollOptions {
	/** The pause before the first reading, in ms, and the least before each other. */
	firstPauseMs: number;
	/** How long to wait in all, in ms. */
	maxWaitMs: number;
	/** Readings at the same time. */
	concurrency: number;
	/** Whether one task that failed ends the wait for all; the others are given as they are. */
	stopAtFailure: boolean;
	/** Told after each round how many tasks have ended. */
	onProgress?: (ended: number, all: number) => void;
}

/**
 * Waits for all tasks in one loop and gives their ends in the same order. A reading that fails
 * in a way that may pass is made again in the next round, up to the deadline: the task is paid for.
 */
export async function waitForTasks(
	connection: Connection,
	tasks: readonly TaskWithId[],
	options: PollOptions,
): Promise<Array<Result<ImageTask>>> {
	const { clock, provider } = connection;
	const began = clock.now();
	const deadline = began + options.maxWaitMs;
	const latest = new Map<TaskWithId, ImageTask>(tasks.map((task) => [task, task]));
	const outcomes = new Map<TaskWithId, Result<ImageTask>>();
	const keepEnd = (task: TaskWithId, outcome: Result<ImageTask>): void => {
		if (!outcome.ok) outcomes.set(task, outcome);
		else if (hasEnded(outcome.value.status)) outcomes.set(task, outcome);
		else latest.set(task, outcome.value);
	};
	for (const task of tasks) keepEnd(task, success(task));

	let pause = options.firstPauseMs;
	while (outcomes.size < tasks.length && clock.now() < deadline) {
		if (options.stopAtFailure && [...outcomes.values()].some(isFailure)) break;
		await clock.sleep(Math.min(pause, deadline - clock.now()));
		const roundBegan = clock.now();
		const open = tasks.filter((task) => !outcomes.has(task));
		const readings = await inParallel(open, options.concurrency, async (task) => {
			const reading = await fetchTaskOnce(connection, task.id);
			if ('result' in reading) keepEnd(task, reading.result);
			const isLost = 'notYetKnown' in reading && clock.now() - began > LATEST_APPEARANCE_MS;
			if (isLost) keepEnd(task, unreadTask(provider, task.id, reading.notYetKnown));
			return reading;
		});
		options.onProgress?.(outcomes.size, tasks.length);
		const asked = readings.map((reading) =>
			'transientFailure' in reading ? pauseAskedBy(reading.transientFailure, clock.now()) : 0,
		);
		const interval = Math.min((roundBegan - began) * LOST_SHARE, LONGEST_INTERVAL_MS);
		const roundTook = clock.now() - roundBegan;
		pause = Math.max(interval - roundTook, options.firstPauseMs, ...asked);
	}
	const waited = clock.now() - began;
	const openEnd = (task: ImageTask): Result<ImageTask> =>
		waited < options.maxWaitMs ? success(task) : failure(waitTimeoutError(task, provider, waited));
	return tasks.map((task) => outcomes.get(task) ?? openEnd(latest.get(task) ?? task));
}

function isFailure(outcome: Result<ImageTask>): boolean {
	return !outcome.ok || outcome.value.status !== 'completed';
}

function pauseAskedBy(result: HttpResult, now: number): number {
	const asked = 'response' in result ? retryAfterMs(result.response, now) : undefined;
	return Math.min(asked ?? 0, MAX_RETRY_AFTER_MS);
}
