import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Connection } from '../../shared/seedream/connection';
import { isObject, propertyOf } from '../../shared/seedream/objects';
import { collectItems } from '../tasks/collect';
import type { NodeMemory, Suspension } from '../tasks/memory';
import { fetchPendingTasks } from '../tasks/wait';

/** The answer to a callback after which nothing is waited for. */
export const RECEIVED = { received: true, waiting: false };

/**
 * Wakes the execution. n8n has disabled the node by now, so that it would be skipped and what is
 * given here handed on (n8n 2.41, webhooks/waiting-webhooks.js, `node.disabled = true`). That is
 * undone, and n8n runs the node once more, with what is known of its tasks by now, so that failures,
 * downloads and item links are like those of any run. Where n8n does not allow that, the results are handed on as items.
 */
export async function rerunNode(
	context: IWebhookFunctions,
	memory: NodeMemory,
	suspension: Suspension,
	toApi: () => Promise<Connection>,
): Promise<IWebhookResponseData> {
	const waiting = waitingNode(context);
	if (waiting && Reflect.set(waiting.node, 'disabled', false)) {
		memory.seedreamSuspension = suspension;
		return { workflowData: [waiting.items], webhookResponse: RECEIVED };
	}
	const { results, settings } = suspension;
	const connection = await toApi();
	const read = await fetchPendingTasks(connection, results, settings.concurrency);
	const items = await collectItems(context, connection, read, settings.concurrency);
	return { workflowData: [items], webhookResponse: RECEIVED };
}

/** The node as it stands first in n8n's stack (n8n-workflow 2.41, IRunExecutionData), which n8n does not offer officially. */
function waitingNode(
	context: IWebhookFunctions,
): { node: object; items: INodeExecutionData[] } | undefined {
	const run = propertyOf(propertyOf(context, 'runExecutionData'), 'executionData');
	const entry = propertyOf(propertyOf(run, 'nodeExecutionStack'), '0');
	const node = propertyOf(entry, 'node');
	const items = propertyOf(propertyOf(propertyOf(entry, 'data'), 'main'), '0');
	const isThisNode = propertyOf(node, 'name') === context.getNode().name;
	return isThisNode && isObject(node) && isItems(items) ? { node, items } : undefined;
}

function isItems(value: unknown): value is INodeExecutionData[] {
	return Array.isArray(value) && value.every((item) => propertyOf(item, 'json') !== undefined);
}
