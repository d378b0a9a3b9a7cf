import { untilOver } from '../e2e/resume/flow';
import { SEEDREAM } from '../e2e/scenario';
import type { Stage } from '../e2e/stage';
import { errorOf, runOf, type Execution, type ExecutionSummary } from '../e2e/support/execution';
import type { Credential } from '../e2e/support/rest';
import { waitUntil } from '../e2e/support/wait';
import { chain, manualTrigger, type WorkflowNode } from '../e2e/support/workflow';

/** For tasks that end when they are told to: longer than anything here takes. */
export const UNTIL_TOLD_MS = 3_600_000;

/** So many different prompts. */
export function promptsFor(count: number): string[] {
	return Array.from({ length: count }, (_, item) => `Image ${item}`);
}

/** A Seedream node that makes a small image of each item's prompt, with nothing set that is set by default. */
export function asShipped(
	credential: Credential,
	parameters: Record<string, unknown> = {},
): WorkflowNode {
	const small = { operation: 'generate', prompt: '={{ $json.prompt }}', resolution: '1K' };
	return {
		name: 'Seedream',
		type: SEEDREAM,
		typeVersion: 1,
		parameters: { aspectRatio: '1:1', ...small, ...parameters },
		credentials: { seedreamApi: { id: credential.id, name: credential.name } },
	};
}

/** Runs nodes behind the manual trigger to their end, which must be success. n8n is not asked for the data meanwhile. */
export async function runToEnd(
	stage: Stage,
	name: string,
	nodes: readonly WorkflowNode[],
	timeoutMs = 120_000,
): Promise<Execution> {
	const { rest } = stage;
	const workflow = await rest.createWorkflow(chain(name, [manualTrigger, ...nodes]));
	const id = await rest.startManually(workflow, { trigger: manualTrigger.name });
	const execution = await untilOver(stage, { workflow, id }, timeoutMs);
	if (execution.status === 'success') return execution;
	throw new Error(`${name} ended in ${execution.status}: ${errorOf(execution)}`);
}

/** Runs nodes to whatever end without reading the data of the execution, which may be larger than all that is measured. */
export async function runUnseen(
	{ rest, n8n }: Stage,
	nodes: readonly WorkflowNode[],
): Promise<ExecutionSummary> {
	const workflow = await rest.createWorkflow(chain('Unseen', [manualTrigger, ...nodes]));
	const id = await rest.startManually(workflow, { trigger: manualTrigger.name });
	return await waitUntil(
		'the execution to be over',
		async () => {
			if (!n8n.isRunning) throw new Error('n8n has ended by itself.');
			const listed = await rest.executionsOver(workflow).catch(() => []);
			return listed.find((each) => each.id === id);
		},
		180_000,
		250,
	);
}

/** When a node's last run began and when it was done, in ms since 1970. */
export function timesOf(execution: Execution, node: string): { start: number; end: number } {
	const { startTime, executionTime } = runOf(execution, node) ?? {};
	if (startTime === undefined || executionTime === undefined)
		throw new Error(`The node "${node}" did not run.`);
	return { start: startTime, end: startTime + executionTime };
}
