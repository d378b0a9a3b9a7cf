import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether the node runs as a tool of an AI agent. Agents of version 1 and 2 call it themselves;
 * for those of version 3 the engine runs it, as a node whose type ends in "Tool".
 */
export function isTool(context: Pick<IExecuteFunctions, 'isToolExecution' | 'getNode'>): boolean {
	return context.isToolExecution() || context.getNode().type.endsWith('Tool');
}
