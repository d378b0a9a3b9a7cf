import './environment';
import './oneCopy';
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type ExecutionError,
	type INode,
	type IRun,
	type IRunExecutionData,
	type Workflow,
} from 'n8n-workflow';
import { createAdditionalData } from './additionalData';
import { storeBinaries, useBinaryMode } from './binary';
import {
	createExecution,
	createWorkflow,
	saveExecution,
	saveRunData,
	type Execution,
	type RunOptions,
} from './executions';
import { toResult, type RunResult } from './result';

/** A run under way. */
export interface RunHandle {
	executionId: string;
	/** Settles when the nodes have really ended, which may be some time after `cancel`. */
	result: Promise<RunResult>;
	/** What the Stop button does. */
	cancel(): void;
}

/** Runs a workflow through n8n's engine, to its end or to its first wait. */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
	return await startRun(options).result;
}

/** Starts a workflow; the handle can stop it. */
export function startRun(options: RunOptions): RunHandle {
	const execution = createExecution(options, options.mode ?? 'trigger');
	return launch(execution, async (workflow) => {
		const items = options.items ?? [{ json: {} }];
		const isStored = options.binaryMode === 'filesystem';
		return createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{
						node: startNodeOf(workflow, options.startNode),
						data: {
							main: [isStored ? await storeBinaries(items, workflow.id, execution.id) : items],
						},
						source: null,
					},
				],
			},
			resultData: { pinData: execution.mode === 'manual' ? execution.workflow.pinData : undefined },
		});
	});
}

/**
 * Lets the engine work off the execution's run data, from the beginning or where it stopped.
 * @param isResumed whether the execution waited and goes on
 */
export function launch(
	execution: Execution,
	prepare: (workflow: Workflow) => Promise<IRunExecutionData>,
	isResumed = false,
): RunHandle {
	execution.status = 'running';
	const messages: unknown[] = [];
	let cancelEngine: (() => void) | undefined;
	let isCancelled = false;

	const work = async (): Promise<RunResult> => {
		const workflow = createWorkflow(execution);
		await useBinaryMode(execution.options.binaryMode ?? 'memory');
		const data = await prepare(workflow);
		saveRunData(execution, data);
		const additionalData = createAdditionalData(execution, (message) => messages.push(message));
		if (isResumed) additionalData.restartExecutionId = execution.id;
		// As in n8n, this hook writes the record. On Stop the engine calls it at once, while the node may still be busy.
		additionalData.hooks?.addHandler('workflowExecuteAfter', (run, staticData) => {
			saveExecution(execution, run);
			if (staticData) execution.workflow.staticData = staticData;
		});
		try {
			const engine = new WorkflowExecute(
				additionalData,
				execution.mode,
				data,
			).processRunExecutionData(workflow);
			cancelEngine = () => engine.cancel();
			if (isCancelled) cancelEngine();
			return toResult(execution, await engine, messages);
		} catch (error) {
			// Thrown before the first node: parameters that are missing or not allowed. n8n records an execution that failed.
			const run = failedRun(execution, data, error);
			saveExecution(execution, run);
			return toResult(execution, run, messages);
		}
	};

	return {
		executionId: execution.id,
		result: work(),
		cancel() {
			isCancelled = true;
			cancelEngine?.();
		},
	};
}

function startNodeOf(workflow: Workflow, name: string | undefined): INode {
	const nodes = Object.values(workflow.nodes).filter((node) => node.disabled !== true);
	const isTrigger = ({ type, typeVersion }: INode) =>
		workflow.nodeTypes.getByNameAndVersion(type, typeVersion).description.group.includes('trigger');
	const node = name === undefined ? (nodes.find(isTrigger) ?? nodes[0]) : workflow.nodes[name];
	if (!node) throw new Error(`The workflow has no node "${name ?? ''}" to start from`);
	return node;
}

function failedRun(execution: Execution, data: IRunExecutionData, error: unknown): IRun {
	return {
		data: { ...data, resultData: { ...data.resultData, error: asExecutionError(error) } },
		mode: execution.mode,
		startedAt: new Date(),
		stoppedAt: new Date(),
		storedAt: 'db',
		status: 'error',
	};
}

// n8n's type lists some of its error classes, but n8n itself puts whatever was thrown in that place.
function asExecutionError(error: unknown): ExecutionError {
	return (error instanceof Error ? error : new Error(String(error))) as ExecutionError;
}
