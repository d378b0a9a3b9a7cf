import type {
	ExecutionError,
	ExecutionStatus,
	INodeExecutionData,
	IRun,
	IRunData,
	NodeExecutionHint,
} from 'n8n-workflow';
import { defaultWebhookUrl } from './additionalData';
import type { Execution } from './executions';

/** What came of a run, or of the part of it up to a wait. */
export interface RunResult {
	executionId: string;
	status: ExecutionStatus;
	/** What stopped the workflow. An error that a node was told to continue on is in `nodeError`. */
	error?: ExecutionError;
	/** The error that the node's last run ended with. */
	nodeError(node: string): ExecutionError | undefined;
	/** Every output of a node's last run, or of the given one: `[0]` is the first output, the last one the error output if set. */
	outputs(node: string, runIndex?: number): INodeExecutionData[][];
	/** The first output of a node's last run. */
	items(node: string): INodeExecutionData[];
	runData: IRunData;
	waitTill?: Date;
	/** The address to call to resume this execution. */
	resumeUrl: string;
	/** What nodes sent to the editor with sendMessageToUI or logNodeOutput (mode "manual" only). */
	messages: unknown[];
	/** What nodes told with addExecutionHints. */
	hints: NodeExecutionHint[];
	/** The run data as n8n's database has it: nothing secret may be in here. */
	saved: string;
}

/** Makes the engine's answer readable for tests. */
export function toResult(execution: Execution, run: IRun, messages: unknown[]): RunResult {
	const { runData, error } = run.data.resultData;
	const task = (node: string, runIndex?: number) => runData[node]?.at(runIndex ?? -1);
	const outputs = (node: string, runIndex?: number) =>
		(task(node, runIndex)?.data?.main ?? []).map((items) => items ?? []);
	const base = (execution.options.webhookUrl ?? defaultWebhookUrl).replace(/\/*$/, '/');
	return {
		executionId: execution.id,
		status: execution.status,
		error,
		nodeError: (node) => task(node)?.error,
		outputs,
		items: (node) => outputs(node)[0] ?? [],
		runData,
		waitTill: run.waitTill ?? undefined,
		resumeUrl: `${base}webhook-waiting/${execution.id}?signature=${run.data.resumeToken ?? ''}`,
		messages,
		hints: Object.values(runData).flatMap((tasks) => tasks.flatMap((ran) => ran.hints ?? [])),
		saved: execution.saved ?? '',
	};
}
