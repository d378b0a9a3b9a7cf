import './environment';
import { LoadOptionsContext } from 'n8n-core';
import type { INodePropertyOptions } from 'n8n-workflow';
import { createAdditionalData } from './additionalData';
import { createExecution, createWorkflow, type RunOptions } from './executions';

/** What a list of the node's panel offers, asked for as n8n does for the editor: by the name of its method. */
export async function loadOptions(
	options: RunOptions,
	nodeName: string,
	method: string,
): Promise<INodePropertyOptions[]> {
	const execution = createExecution(options, 'internal');
	const workflow = createWorkflow(execution);
	const node = workflow.getNode(nodeName);
	if (!node) throw new Error(`The workflow has no node "${nodeName}"`);
	const { methods } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const load = methods?.loadOptions?.[method];
	if (!load) throw new Error(`The node has no method "${method}"`);
	const additionalData = createAdditionalData(execution);
	additionalData.currentNodeParameters = node.parameters;
	return await load.call(new LoadOptionsContext(workflow, node, additionalData, 'parameters'));
}
