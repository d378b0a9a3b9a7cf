import type { Stage } from './stage';
import type { Execution } from './support/execution';
import type { Credential, Workflow } from './support/rest';
import { chain, manualTrigger, type WorkflowNode } from './support/workflow';

/** The type of the node under test, as n8n names it after an installation. */
export const SEEDREAM = 'n8n-nodes-seedream.seedream';

/** A Seedream node called "Seedream", quick to poll. `settings` are those of the node's Settings tab. */
export function seedream(
	credential: Credential,
	parameters: Record<string, unknown>,
	settings: Partial<WorkflowNode> = {},
): WorkflowNode {
	const { options, ...rest } = parameters;
	const quick = { pollIntervalSeconds: 0.2, ...(typeof options === 'object' ? options : {}) };
	return {
		name: 'Seedream',
		type: SEEDREAM,
		typeVersion: 1,
		parameters: { ...rest, options: quick },
		credentials: { seedreamApi: { id: credential.id, name: credential.name } },
		...settings,
	};
}

/** Two nodes that make one item of each row. */
export function rows(values: ReadonlyArray<Record<string, unknown>>): WorkflowNode[] {
	const json = JSON.stringify({ rows: values });
	return [
		{
			name: 'Table',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: json, options: {} },
		},
		{
			name: 'Rows',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
	];
}

/** A node that fetches the file whose URL it is given into the binary field `data`. */
export function fetchFile(url: string): WorkflowNode {
	const response = { response: { responseFormat: 'file', outputPropertyName: 'data' } };
	return {
		name: 'Fetch',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url, options: { response } },
	};
}

/** Saves a workflow that begins with the manual trigger. */
export async function save(
	{ rest }: Stage,
	name: string,
	nodes: readonly WorkflowNode[],
): Promise<Workflow> {
	return await rest.createWorkflow(chain(name, [manualTrigger, ...nodes]));
}

/** Saves and runs a workflow as the editor's button does, and waits for its end. */
export async function run(
	stage: Stage,
	name: string,
	nodes: readonly WorkflowNode[],
	timeoutMs = 60_000,
): Promise<Execution> {
	return await stage.rest.runManually(
		await save(stage, name, nodes),
		{ trigger: manualTrigger.name },
		timeoutMs,
	);
}
