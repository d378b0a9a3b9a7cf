export { binaryFolder, binaryItem, readBinary, type BinaryMode, type TestFile } from './binary';
export { findExecution, type RunOptions } from './executions';
export { loadOptions } from './loadOptions';
export { passThrough } from './nodeTypes';
export {
	displayedParameters,
	offeredFields,
	parameterIssues,
	resolvedParameters,
	type ShownParameter,
} from './parameters';
export type { RunResult } from './result';
export { resumeByDeadline, resumeByWebhook } from './resume';
export { retryExecution, startRetry } from './retry';
export { runWorkflow, startRun, type RunHandle } from './run';
export type { WebhookAnswer, WebhookRequest } from './webhookCall';
export {
	chain,
	endType,
	readWorkflow,
	startType,
	type NodeJson,
	type WorkflowJson,
} from './workflowJson';
export { activateWorkflow, type ActiveWorkflow } from './trigger';
export { startWebhookServer, type WebhookServer } from './webhookServer';
