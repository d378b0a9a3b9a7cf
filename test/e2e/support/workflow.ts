/** A node of a workflow as n8n stores it. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position?: [number, number];
	parameters?: Record<string, unknown>;
	/** Without an id, n8n looks for the credentials of that name. */
	credentials?: Record<string, { id: string | null; name: string }>;
	[setting: string]: unknown;
}

export interface Link {
	node: string;
	type: string;
	index: number;
}

/** Source node -> kind of connection (`main`) -> output -> the links of that output. */
export type Connections = Record<string, Record<string, Array<Link[] | null>>>;

/** A workflow as a user exports it. */
export interface WorkflowDefinition {
	name: string;
	nodes: WorkflowNode[];
	connections: Connections;
	settings?: Record<string, unknown>;
}

/** Nodes connected one after the other by their first output. */
export function chain(name: string, nodes: readonly WorkflowNode[]): WorkflowDefinition {
	const connections: Connections = {};
	for (const [index, node] of nodes.entries()) {
		const next = nodes[index + 1];
		if (next !== undefined)
			connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	const placed = nodes.map((node, index): WorkflowNode => ({
		position: [index * 240, 0],
		parameters: {},
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		...node,
	}));
	return { name, nodes: placed, connections };
}

/** The trigger that a run from the editor starts with. */
export const manualTrigger: WorkflowNode = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
};
