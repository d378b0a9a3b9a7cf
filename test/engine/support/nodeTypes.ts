import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { endType, startType } from './workflowJson';

/**
 * A node type that hands its items on. Stands in for nodes of n8n that a workflow contains and that a test does not need, and for
 * triggers: what a trigger "received" are the items that the run starts with.
 */
export function passThrough(name: string, kind: 'trigger' | 'action' = 'action'): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: kind === 'trigger' ? ['trigger'] : ['transform'],
			version: [1, 2, 3],
			description: 'Hands its items on',
			defaults: { name },
			inputs: kind === 'trigger' ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return [this.getInputData()];
		},
	};
}

/** The node types of a run: those of the test, and the harness's start and end. */
export class NodeTypeList implements INodeTypes {
	private readonly types: Map<string, INodeType>;

	constructor(types: Record<string, INodeType>) {
		this.types = new Map(
			Object.entries({
				[startType]: passThrough('manualTrigger', 'trigger'),
				[endType]: passThrough('noOp'),
				...types,
			}),
		);
	}

	getByName(type: string): INodeType {
		const nodeType = this.types.get(type);
		if (!nodeType) throw new Error(`Unknown node type "${type}": pass it in nodeTypes`);
		return nodeType;
	}

	getByNameAndVersion(type: string): INodeType {
		return this.getByName(type);
	}

	getKnownTypes(): IDataObject {
		return Object.fromEntries([...this.types.keys()].map((type) => [type, {}]));
	}
}
