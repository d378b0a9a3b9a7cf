import { parse, stringify } from 'flatted';
import {
	deepCopy,
	Workflow,
	type ExecutionStatus,
	type ICredentialType,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { BinaryMode } from './binary';
import { attachCredentials, type CredentialValues } from './credentials';
import { NodeTypeList } from './nodeTypes';
import { toWorkflowBase, type WorkflowJson } from './workflowJson';

/** What to run. */
export interface RunOptions {
	workflow: WorkflowJson;
	/** By full name, for example `{ 'n8n-nodes-seedream.seedream': new Seedream() }`. */
	nodeTypes: Record<string, INodeType>;
	/** By name of the type; connected with every node that can use them. */
	credentials?: CredentialValues;
	/** The real classes; without one, credentials have neither defaults nor `authenticate`. */
	credentialTypes?: ICredentialType[];
	/** What the start node emits; one empty item if left out. */
	items?: INodeExecutionData[];
	/** The name of the node to start from; else the first trigger, else the first node. */
	startNode?: string;
	binaryMode?: BinaryMode;
	mode?: WorkflowExecuteMode;
	executionId?: string;
	/** n8n's public address, that resume URLs start with. */
	webhookUrl?: string;
}

/** An execution as n8n's database knows it. */
export interface Execution {
	readonly id: string;
	readonly mode: WorkflowExecuteMode;
	readonly options: RunOptions;
	readonly workflow: IWorkflowBase;
	status: ExecutionStatus;
	/** The run data as last saved: what resuming and retrying start from. */
	saved?: string;
}

const executions = new Map<string, Execution>();
let lastId = 1000;

/** A new execution of the workflow. */
export function createExecution(options: RunOptions, mode: WorkflowExecuteMode): Execution {
	const workflow = toWorkflowBase(options.workflow);
	attachCredentials(workflow.nodes, options.credentials ?? {}, new NodeTypeList(options.nodeTypes));
	const execution: Execution = {
		id: options.executionId ?? String(++lastId),
		mode,
		options,
		workflow,
		status: 'new',
	};
	executions.set(execution.id, execution);
	return execution;
}

/** The execution with that id, if there is one. */
export function findExecution(id: string): Execution | undefined {
	return executions.get(id);
}

/** The engine's view of the execution's workflow, made anew for each (part of a) run as n8n does. */
export function createWorkflow({ workflow, options }: Execution): Workflow {
	return new Workflow({
		...workflow,
		nodes: deepCopy(workflow.nodes),
		nodeTypes: new NodeTypeList(options.nodeTypes),
	});
}

/**
 * Writes a run that ended or waits to the execution's record. n8n stores run data with `flatted`: shared objects stay shared, but
 * instances become plain objects, dates become strings and what is not JSON is lost.
 */
export function saveExecution(execution: Execution, run: IRun): void {
	execution.status = finalStatus(run);
	saveRunData(execution, run.data);
}

/** Writes the run data alone, as n8n does when (a part of) a run begins: a callback can come while the node still works. */
export function saveRunData(execution: Execution, data: IRunExecutionData): void {
	execution.saved = stringify(data);
}

/** The run data as read back from the record. */
export function loadRunData(execution: Execution): IRunExecutionData {
	if (execution.saved === undefined)
		throw new Error(`Execution ${execution.id} has not been saved yet`);
	const data: IRunExecutionData = parse(execution.saved);
	return data;
}

function finalStatus({ status, waitTill, data }: IRun): ExecutionStatus {
	if (waitTill) return 'waiting';
	if (status === 'canceled' || status === 'crashed') return status;
	return data.resultData.error || status === 'error' ? 'error' : 'success';
}
