import './environment';
import { randomUUID } from 'node:crypto';
import { HookContext } from 'n8n-core';
import { createRunExecutionData, type INode, type IWebhookData, type Workflow } from 'n8n-workflow';
import { createAdditionalData } from './additionalData';
import { useBinaryMode } from './binary';
import { useDeduplicator } from './deduplicator';
import { createExecution, createWorkflow, type Execution, type RunOptions } from './executions';
import { findWebhook, receivedBody, runNodeWebhook } from './nodeWebhook';
import type { CallbackAnswer } from './resume';
import { launch } from './run';
import { fakeRequest, FakeResponse, requestUrl, type WebhookRequest } from './webhookCall';
import { toWorkflowBase } from './workflowJson';

/** A published workflow that starts with a webhook. */
export interface ActiveWorkflow {
	/** The production URL. */
	webhookUrl: string;
	/** A request to that URL; `started` in the answer is the execution that came of it. */
	receive(
		request?: WebhookRequest,
	): Promise<Omit<CallbackAnswer, 'resumed'> & { started?: CallbackAnswer['resumed'] }>;
}

/**
 * Publishes the workflow as n8n does: its first webhook node gets its id and URL, and its lifecycle methods are called. In the mode
 * "manual" its runs are those of the editor's "listen" button, at the same URL.
 */
export async function activateWorkflow(options: RunOptions): Promise<ActiveWorkflow> {
	await useDeduplicator();
	const workflow = toWorkflowBase(options.workflow);
	const isWebhook = (type: string) =>
		(options.nodeTypes[type]?.description.webhooks ?? []).some(
			(webhook) => !webhook.restartWebhook,
		);
	const json = workflow.nodes.find(({ type }) => isWebhook(type));
	if (!json) throw new Error('The workflow has no node with a webhook');
	json.webhookId ??= randomUUID();
	const active = { ...options, workflow };

	const setUp = prepareCall(active, json.name);
	await register(setUp.workflow, setUp.node, setUp.webhookOf(setUp.path));
	workflow.staticData = { ...setUp.workflow.staticData };
	const { webhookBaseUrl } = setUp.additionalData;
	const webhookUrl = `${webhookBaseUrl}/${setUp.path}`;

	return {
		webhookUrl,
		receive: async (request = {}) =>
			await receive(active, json.name, webhookUrl, webhookBaseUrl, request),
	};
}

async function receive(
	options: RunOptions,
	nodeName: string,
	webhookUrl: string,
	webhookBaseUrl: string,
	request: WebhookRequest,
): ReturnType<ActiveWorkflow['receive']> {
	await useBinaryMode(options.binaryMode ?? 'memory');
	const { workflow, node, additionalData, execution, webhookOf } = prepareCall(options, nodeName);
	const url = requestUrl(request, webhookUrl);
	const response = new FakeResponse();
	Object.assign(additionalData, { httpRequest: fakeRequest(request, url), httpResponse: response });
	const path = url.pathname.slice(new URL(webhookBaseUrl).pathname.length + 1);
	const webhook = webhookOf(path, request.method);
	if (!webhook)
		return {
			httpStatus: 404,
			body: { code: 404, message: `The requested webhook "${path}" is not registered.` },
		};
	try {
		const answer = await runNodeWebhook(workflow, node, webhook, execution.mode, null);
		const ownAnswer = answer.noWebhookResponse && {
			httpStatus: response.statusCode,
			body: response.body,
		};
		if (!answer.workflowData) {
			// n8n keeps static data from here only: a call that starts an execution loses what it wrote.
			options.workflow.staticData = { ...workflow.staticData };
			const body: unknown = answer.webhookResponse;
			return ownAnswer || { httpStatus: 200, body: body ?? { message: 'Webhook call received' } };
		}
		const main = answer.workflowData;
		const nodeExecutionStack = [{ node, data: { main }, source: null }];
		const started = launch(execution, async () =>
			createRunExecutionData({ executionData: { nodeExecutionStack } }),
		);
		return {
			...(ownAnswer || { httpStatus: 200, body: receivedBody(workflow, node, webhook, answer) }),
			started,
		};
	} catch {
		return {
			httpStatus: 500,
			body: { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' },
		};
	}
}

function prepareCall(options: RunOptions, nodeName: string) {
	const execution: Execution = createExecution(
		{ ...options, executionId: undefined },
		options.mode ?? 'webhook',
	);
	const workflow = createWorkflow(execution);
	const node = workflow.getNode(nodeName);
	if (!node) throw new Error(`The workflow has no node "${nodeName}"`);
	const additionalData = createAdditionalData(execution);
	// The execution does not exist yet while a trigger's webhook() runs: n8n stores its binary data under "temp" first.
	additionalData.executionId = undefined;
	const webhookOf = (path: string, method = 'POST') =>
		findWebhook(workflow, node, { method, path, isRestart: false }, additionalData);
	return {
		execution,
		workflow,
		node,
		additionalData,
		webhookOf,
		path: productionPath(workflow, node),
	};
}

function productionPath(workflow: Workflow, node: INode): string {
	const { description } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const own = description.webhooks?.find((webhook) => !webhook.restartWebhook);
	return own?.isFullPath
		? String(own.path)
		: `${node.webhookId ?? ''}/${String(own?.path ?? '')}`.replace(/\/$/, '');
}

async function register(
	workflow: Workflow,
	node: INode,
	webhook: IWebhookData | undefined,
): Promise<void> {
	const { webhookMethods } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const methods = webhookMethods?.default;
	if (!methods || !webhook) return;
	const context = new HookContext(
		workflow,
		node,
		webhook.workflowExecuteAdditionalData,
		'trigger',
		'activate',
		webhook,
	);
	if (!(await methods.checkExists.call(context))) await methods.create.call(context);
}
