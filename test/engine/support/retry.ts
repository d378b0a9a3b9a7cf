import { createExecution, findExecution, loadRunData } from './executions';
import type { RunResult } from './result';
import { launch, type RunHandle } from './run';
import type { WorkflowJson } from './workflowJson';

/** What a person does in the list of executions: "Retry". Stops where the workflow stops. */
export async function retryExecution(
	result: Pick<RunResult, 'executionId'>,
	options: RetryOptions = {},
): Promise<RunResult> {
	return await startRetry(result, options).result;
}

/** How to retry. */
export interface RetryOptions {
	/** "Retry with currently saved workflow": the changed workflow. Else the one that failed is taken ("with original workflow"). */
	workflow?: WorkflowJson;
}

/**
 * A new execution, in mode "retry", of what was left of a failed one: same stack, same run data of the nodes before, same context data and
 * resume token; only the failed node's own run and the error are taken away.
 */
export function startRetry(
	result: Pick<RunResult, 'executionId'>,
	{ workflow }: RetryOptions = {},
): RunHandle {
	const failed = findExecution(result.executionId);
	if (!failed) throw new Error(`There is no execution ${result.executionId}`);
	if (failed.status === 'success')
		throw new Error('The execution succeeded, so it cannot be retried.');
	const data = loadRunData(failed);

	const { lastNodeExecuted, runData } = data.resultData;
	if (lastNodeExecuted) {
		delete data.resultData.error;
		if (runData[lastNodeExecuted]?.at(-1)?.error !== undefined) runData[lastNodeExecuted]?.pop();
	}

	const options = {
		...failed.options,
		executionId: undefined,
		workflow: workflow ?? failed.options.workflow,
	};
	// An exported workflow need not have an id; the retry is one of the same workflow all the same.
	options.workflow = { ...options.workflow, id: failed.workflow.id };
	const execution = createExecution(options, 'retry');
	execution.workflow.staticData = failed.workflow.staticData;
	return launch(execution, async (changed) => {
		for (const entry of workflow ? (data.executionData?.nodeExecutionStack ?? []) : []) {
			const node = changed.getNode(entry.node.name);
			if (!node) throw new Error(`Could not find the node "${entry.node.name}" in workflow.`);
			entry.node = node;
		}
		return data;
	});
}
