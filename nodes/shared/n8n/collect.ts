import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { Connection } from '../seedream/client';
import { fetchTaskAdvice, type SeedreamError } from '../seedream/errors';
import { taskFailure } from '../seedream/failures';
import type { Outcome } from '../seedream/outcome';
import type { ImageTask } from '../seedream/task';
import { deliver, partialFailure, type Deliverable } from './deliver';
import { errorItem, nodeError } from './errors';
import type { Delivery, RunSettings } from './settings';

/** How one request or one query ended. */
export interface Result {
	items: number[];
	outcome: Outcome<ImageTask>;
	/** Absent for a task that was not requested in this run. */
	requestedCount?: number;
	warnings: string[];
	delivery: Delivery;
	/** Whether the task's callback, if it has one, comes to this execution. */
	isOwn: boolean;
}

/**
 * The node's output: items in the order of the input, error items where the node continues.
 * @throws NodeApiError or NodeOperationError for the first failure where it does not.
 */
export async function collect(
	context: IExecuteFunctions,
	connection: Connection,
	results: readonly Result[],
	settings: RunSettings,
): Promise<INodeExecutionData[]> {
	const judged = results.map((result) => judge(result, connection));
	const [failed] = judged.flatMap((entry) => ('error' in entry ? [entry] : []));
	if (failed && !settings.continueOnFail) {
		const others = taskIds(results).filter((id) => id !== failed.error.taskId);
		throw nodeError(context.getNode(), mentionOthers(failed.error, others), failed.items[0] ?? 0);
	}
	return await collectItems(context, connection, results, settings.concurrency);
}

/** The same, with an error item for each failure. */
export async function collectItems(
	context: IExecuteFunctions | IWebhookFunctions,
	connection: Connection,
	results: readonly Result[],
	concurrency: number,
): Promise<INodeExecutionData[]> {
	const judged = results.map((result) => judge(result, connection));
	const deliverables = judged.flatMap((entry) => ('deliverable' in entry ? [entry.deliverable] : []));
	const delivered = await deliver(context, connection, deliverables, concurrency);
	const itemsOf = new Map(deliverables.map((deliverable, index) => [deliverable, delivered[index] ?? []]));
	return judged.flatMap((entry) => {
		if ('error' in entry) return [errorItem(entry.error, entry.items)];
		return itemsOf.get(entry.deliverable) ?? [];
	});
}

type Judged = { deliverable: Deliverable } | { error: SeedreamError; items: number[] };

function judge(result: Result, { provider }: Connection): Judged {
	const { outcome, items } = result;
	if (!outcome.ok) return { error: outcome.error, items };
	const failure = taskFailure(outcome.value, provider);
	if (failure) return { error: failure, items };
	const deliverable = { ...result, task: outcome.value };
	const partial = result.delivery.failOnPartial ? partialFailure(deliverable) : undefined;
	return partial ? { error: partial, items } : { deliverable };
}

/** Tasks of this run that may hold images which an error keeps from the output. */
function taskIds(results: readonly Result[]): string[] {
	const made = results.filter(({ requestedCount }) => requestedCount !== undefined);
	return made.flatMap(({ outcome }) => {
		const id = outcome.ok ? outcome.value.id : outcome.error.taskId;
		return id === undefined ? [] : [id];
	});
}

function mentionOthers(error: SeedreamError, others: readonly string[]): SeedreamError {
	if (others.length === 0) return error;
	return {
		...error,
		advice: `${error.advice} Other tasks of this run: ${fetchTaskAdvice(others.join(', '))}`,
	};
}
