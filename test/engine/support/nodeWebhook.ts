import './environment';
import { WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	type INode,
	type INodeType,
	type IRunExecutionData,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

type CloseFunctions = ConstructorParameters<typeof WebhookContext>[5];

/** The webhook of the node that answers this method and path, as n8n looks it up. */
export function findWebhook(
	workflow: Workflow,
	node: INode,
	wanted: { method: string; path: string; isRestart: boolean },
	additionalData: IWorkflowExecuteAdditionalData,
): IWebhookData | undefined {
	const webhooks = nodeTypeOf(workflow, node).description.webhooks ?? [];
	for (const webhookDescription of webhooks) {
		const isRestart = evaluate(workflow, node, webhookDescription, 'restartWebhook') === true;
		const isFullPath = evaluate(workflow, node, webhookDescription, 'isFullPath') === true;
		const ownPath = String(evaluate(workflow, node, webhookDescription, 'path') ?? '').replace(
			/^\/|\/$/g,
			'',
		);
		const path = NodeHelpers.getNodeWebhookPath(workflow.id, node, ownPath, isFullPath, isRestart);
		const methods = String(
			evaluate(workflow, node, webhookDescription, 'httpMethod') ?? 'GET',
		).split(',');
		if (isRestart === wanted.isRestart && path === wanted.path && methods.includes(wanted.method)) {
			return {
				httpMethod: webhookDescription.httpMethod === 'GET' ? 'GET' : 'POST',
				node: node.name,
				path,
				webhookDescription,
				workflowId: workflow.id,
				workflowExecuteAdditionalData: additionalData,
			};
		}
	}
	return undefined;
}

/** Calls the node's `webhook()`. */
export async function runNodeWebhook(
	workflow: Workflow,
	node: INode,
	webhook: IWebhookData,
	mode: WorkflowExecuteMode,
	runData: IRunExecutionData | null,
): Promise<IWebhookResponseData> {
	const nodeType = nodeTypeOf(workflow, node);
	if (!nodeType.webhook) throw new Error(`Node "${node.name}" has no webhook function`);
	const closeFunctions: CloseFunctions = [];
	const { workflowExecuteAdditionalData: additionalData } = webhook;
	const context = new WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		webhook,
		closeFunctions,
		runData,
	);
	try {
		return await nodeType.webhook.call(context);
	} finally {
		await Promise.allSettled(closeFunctions.map(async (close) => await close()));
	}
}

/** What n8n sends to the caller when webhook() has handed over items: the description's `responseData` comes first. */
export function receivedBody(
	workflow: Workflow,
	node: INode,
	webhook: IWebhookData,
	response: IWebhookResponseData,
): unknown {
	const responseData =
		evaluate(workflow, node, webhook.webhookDescription, 'responseData') ?? 'firstEntryJson';
	if (responseData === 'noData') return undefined;
	if (responseData) return responseData;
	const own: unknown = response.webhookResponse;
	return own ?? { message: 'Workflow was started' };
}

function evaluate(
	workflow: Workflow,
	node: INode,
	description: IWebhookDescription,
	field: keyof IWebhookDescription,
): unknown {
	const value = description[field];
	if (typeof value !== 'string') return value;
	return workflow.expression.getSimpleParameterValue(
		node,
		value,
		'internal',
		{},
		undefined,
		undefined,
	);
}

function nodeTypeOf(workflow: Workflow, node: INode): INodeType {
	return workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
}
