import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
	deepCopy,
	jsonParse,
	type IConnections,
	type IDataObject,
	type INode,
	type IPinData,
	type IWorkflowBase,
	type IWorkflowSettings,
} from 'n8n-workflow';

/** A node as in an exported workflow; what a test does not care about may be left out. */
export type NodeJson = Pick<INode, 'name' | 'type'> & Partial<INode>;

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: NodeJson[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
	staticData?: IDataObject;
}

export const startType = 'n8n-nodes-base.manualTrigger';
export const endType = 'n8n-nodes-base.noOp';

/** Reads a workflow that was exported from n8n. */
export function readWorkflow(file: string): WorkflowJson {
	return jsonParse<WorkflowJson>(readFileSync(file, 'utf8'));
}

/** A workflow "Start -> the given nodes, one after the other -> End". */
export function chain(...nodes: NodeJson[]): WorkflowJson {
	const all = [{ name: 'Start', type: startType }, ...nodes, { name: 'End', type: endType }];
	const connections: IConnections = {};
	for (const [index, node] of all.entries()) {
		const next = all[index + 1];
		if (next) connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	return { nodes: all, connections };
}

/** The workflow as n8n keeps it: a copy with everything filled in, so that no run can change the test's own object. */
export function toWorkflowBase(workflow: WorkflowJson): IWorkflowBase {
	const now = new Date();
	const { id, name, nodes, connections, settings, pinData, staticData } = deepCopy(workflow);
	return {
		id: id ?? `workflow-${randomUUID()}`,
		name: name ?? 'Engine test',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		nodes: nodes.map((node, index) => ({
			id: `node-${index}`,
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		})),
		connections,
		settings: { executionOrder: 'v1', ...settings },
		pinData,
		staticData,
	};
}
