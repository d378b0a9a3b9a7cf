import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { errorItem, nodeError } from '../../shared/n8n/errors';
import { deliver, partialResultError } from '../../shared/n8n/output/deliver';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import { throwIfCancelled } from '../../shared/n8n/transport/clock';
import { taskError } from '../../shared/seedream/commonErrors';
import type { Connection } from '../../shared/seedream/connection';
import { failure, type Result } from '../../shared/seedream/result';
import type { RunSettings } from '../request/runContext';

/**
 * The node's output: items in the order of the input, error items where the node continues.
 * @throws NodeApiError or NodeOperationError for the first failure where it does not, and when the
 * execution was stopped: its items would reach nobody.
 */
export async function collect(
	context: IExecuteFunctions,
	connection: Connection,
	results: readonly TaskResult[],
	{ concurrency, continueOnFail }: RunSettings,
): Promise<INodeExecutionData[]> {
	const judged = results.map((result) => judge(result, connection));
	if (!continueOnFail)
		throwFirstError(
			context,
			results,
			judged.map(({ outcome }) => outcome),
		);
	const delivered = await deliver(context, connection, judged, concurrency);
	if (!continueOnFail) throwFirstError(context, results, delivered);
	throwIfCancelled(context);
	return toItems(results, delivered);
}

/** The items of all results, with an error item for each failure. */
export async function collectItems(
	context: IWebhookFunctions,
	connection: Connection,
	results: readonly TaskResult[],
	concurrency: number,
): Promise<INodeExecutionData[]> {
	const judged = results.map((result) => judge(result, connection));
	return toItems(results, await deliver(context, connection, judged, concurrency));
}

/** The result, failed where its task is a failure to this node. */
function judge(result: TaskResult, { provider }: Connection): TaskResult {
	const { outcome, output } = result;
	if (!outcome.ok) return result;
	const error =
		taskError(outcome.value, provider) ??
		(output.failOnPartial ? partialResultError(result, outcome.value) : undefined);
	return error ? { ...result, outcome: failure(error) } : result;
}

function toItems(
	results: readonly TaskResult[],
	outcomes: ReadonlyArray<Result<INodeExecutionData[]>>,
): INodeExecutionData[] {
	return outcomes.flatMap((outcome, index) =>
		outcome.ok ? outcome.value : [errorItem(outcome.error, results[index]?.items ?? [])],
	);
}

/** @throws NodeApiError or NodeOperationError for the first outcome that is none. */
function throwFirstError(
	context: IExecuteFunctions,
	results: readonly TaskResult[],
	outcomes: ReadonlyArray<Result<unknown>>,
): void {
	for (const [index, outcome] of outcomes.entries()) {
		if (!outcome.ok) {
			throw nodeError(context.getNode(), outcome.error, results[index]?.items[0] ?? 0);
		}
	}
}
