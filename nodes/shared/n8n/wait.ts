import type { IExecuteFunctions } from 'n8n-workflow';
import { readTask, type Connection } from '../seedream/client';
import { inParallel } from '../seedream/parallel';
import { waitForTasks, type OpenTask } from '../seedream/poll';
import { hasEnded, type ImageTask } from '../seedream/task';
import type { Result } from './collect';
import type { RunSettings } from './settings';

/** Waits until every task among the results has ended, and puts the ends in their places. */
export async function waitForResults(
	context: IExecuteFunctions,
	connection: Connection,
	results: readonly Result[],
	settings: RunSettings,
): Promise<Result[]> {
	const waiting = results.flatMap((result) => {
		const task = openTask(result);
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

/** Reads every open task among the results once, and puts what it says in its place. */
export async function readOpenTasks(
	connection: Connection,
	results: readonly Result[],
	concurrency: number,
): Promise<Result[]> {
	return await inParallel(results, concurrency, async (result) => {
		const task = openTask(result);
		return task ? { ...result, outcome: await readTask(connection, task.id) } : result;
	});
}

/** The task that a result is still waiting for; undefined when it has ended. */
export function openTask({ outcome }: Result): OpenTask | undefined {
	if (!outcome.ok) return undefined;
	const task: ImageTask = outcome.value;
	if (task.id === undefined || hasEnded(task.status)) return undefined;
	return { ...task, id: task.id };
}
