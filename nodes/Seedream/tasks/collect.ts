import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { Connection } from '../../shared/seedream/client';
import { taskFailure } from '../../shared/seedream/failures';
import { failure, success, type Outcome } from '../../shared/seedream/result';
import type { ImageTask } from '../../shared/seedream/task';
import { throwIfCancelled } from '../../shared/n8n/transport/clock';
import { deliver, partialFailure, type Deliverable } from '../../shared/n8n/output/deliver';
import { errorItem, nodeError } from '../../shared/n8n/errors';
import type { Delivery, RunSettings } from '../request/runSettings';

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
 * @throws NodeApiError or NodeOperationError for the first failure where it does not, and when the
 * execution was stopped: its items would reach nobody.
 */
export async function collect(
	context: IExecuteFunctions,
	connection: Connection,
	results: readonly Result[],
	settings: RunSettings,
): Promise<INodeExecutionData[]> {
	const { concurrency, continueOnFail } = settings;
	const judged = results.map((result) => judge(result, connection));
	if (!continueOnFail) throwFirstFailure(context, results, judged);
	const delivered = await deliverJudged(context, connection, judged, concurrency);
	if (!continueOnFail) throwFirstFailure(context, results, delivered);
	throwIfCancelled(context);
	return toItems(results, delivered);
}

/** The items of all results, with an error item for each failure. */
export async function collectItems(
	context: IWebhookFunctions,
	connection: Connection,
	results: readonly Result[],
	concurrency: number,
): Promise<INodeExecutionData[]> {
	const judged = results.map((result) => judge(result, connection));
	return toItems(results, await deliverJudged(context, connection, judged, concurrency));
}

/** The outcomes in their places, with the items of the tasks that are to be handed on. */
async function deliverJudged(
	context: IExecuteFunctions | IWebhookFunctions,
	connection: Connection,
	judged: ReadonlyArray<Outcome<Deliverable>>,
	concurrency: number,
): Promise<Array<Outcome<INodeExecutionData[]>>> {
	const deliverables = judged.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
	const delivered = await deliver(context, connection, deliverables, concurrency);
	const outcomeOf = new Map(deliverables.map((entry, index) => [entry, delivered[index]]));
	return judged.map((outcome) =>
		outcome.ok ? (outcomeOf.get(outcome.value) ?? success([])) : outcome,
	);
}

function toItems(
	results: readonly Result[],
	outcomes: ReadonlyArray<Outcome<INodeExecutionData[]>>,
): INodeExecutionData[] {
	return outcomes.flatMap((outcome, index) =>
		outcome.ok ? outcome.value : [errorItem(outcome.error, results[index]?.items ?? [])],
	);
}

/** @throws NodeApiError or NodeOperationError for the first outcome that is none. */
function throwFirstFailure(
	context: IExecuteFunctions,
	results: readonly Result[],
	outcomes: ReadonlyArray<Outcome<unknown>>,
): void {
	for (const [index, outcome] of outcomes.entries()) {
		if (!outcome.ok) throw nodeError(context.getNode(), outcome.error, results[index]?.items[0] ?? 0);
	}
}

function judge(result: Result, { provider }: Connection): Outcome<Deliverable> {
	const { outcome } = result;
	if (!outcome.ok) return outcome;
	const task = outcome.value;
	const deliverable = { ...result, task };
	const failed =
		taskFailure(task, provider) ??
		(result.delivery.failOnPartial ? partialFailure(deliverable) : undefined);
	return failed ? failure(failed) : success(deliverable);
}
