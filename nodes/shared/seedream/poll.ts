import { readTaskOnce, type Connection } from './client';
import { stillOpen } from './failures';
import { failure, success, type Outcome } from './result';
import { MOST_RETRY_AFTER, retryAfterMs, type HttpResult } from './http';
import { inParallel } from './parallel';
import { hasEnded, type ImageTask } from './task';

/** How much longer each pause is than the one before. */
const GROWTH = 1.5;

/** The pause in ms that growing stops at. */
const LONGEST_PAUSE = 15_000;

export interface PollOptions {
	/** The pause before the first reading, in ms. */
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

/** One task that is waited for. The ID is known, whatever the task says of itself. */
export interface OpenTask extends ImageTask {
	id: string;
}

/**
 * Waits for all tasks in one loop and gives their ends in the same order. A reading that fails
 * in a way that may pass is made again in the next round, up to the deadline: the task is paid for.
 */
export async function waitForTasks(
	connection: Connection,
	tasks: readonly OpenTask[],
	options: PollOptions,
): Promise<Array<Outcome<ImageTask>>> {
	const { clock, provider } = connection;
	const began = clock.now();
	const deadline = began + options.maxWaitMs;
	const latest = new Map<OpenTask, ImageTask>(tasks.map((task) => [task, task]));
	const ends = new Map<OpenTask, Outcome<ImageTask>>();
	const keepEnd = (task: OpenTask, outcome: Outcome<ImageTask>): void => {
		if (!outcome.ok) ends.set(task, outcome);
		else if (hasEnded(outcome.value.status)) ends.set(task, outcome);
		else latest.set(task, outcome.value);
	};
	for (const task of tasks) keepEnd(task, success(task));

	let pause = options.firstPauseMs;
	while (ends.size < tasks.length && clock.now() < deadline) {
		if (options.stopAtFailure && [...ends.values()].some(isFailure)) break;
		await clock.sleep(Math.min(pause, deadline - clock.now()));
		const open = tasks.filter((task) => !ends.has(task));
		const readings = await inParallel(open, options.concurrency, async (task) => {
			const reading = await readTaskOnce(connection, task.id);
			if ('outcome' in reading) keepEnd(task, reading.outcome);
			return reading;
		});
		options.onProgress?.(ends.size, tasks.length);
		const asked = readings.map((reading) =>
			'passing' in reading ? pauseAskedBy(reading.passing, clock.now()) : 0,
		);
		pause = Math.max(Math.min(pause * GROWTH, LONGEST_PAUSE), options.firstPauseMs, ...asked);
	}
	const waited = clock.now() - began;
	const openEnd = (task: ImageTask): Outcome<ImageTask> =>
		waited < options.maxWaitMs ? success(task) : failure(stillOpen(task, provider, waited));
	return tasks.map((task) => ends.get(task) ?? openEnd(latest.get(task) ?? task));
}

function isFailure(outcome: Outcome<ImageTask>): boolean {
	return !outcome.ok || outcome.value.status !== 'completed';
}

function pauseAskedBy(result: HttpResult, now: number): number {
	const asked = 'answer' in result ? retryAfterMs(result.answer, now) : undefined;
	return Math.min(asked ?? 0, MOST_RETRY_AFTER);
}
