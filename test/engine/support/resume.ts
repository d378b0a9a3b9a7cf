import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import { createAdditionalData } from './additionalData';
import { createWorkflow, findExecution, loadRunData, type Execution } from './executions';
import { findWebhook, receivedBody, runNodeWebhook } from './nodeWebhook';
import type { RunResult } from './result';
import { launch, type RunHandle } from './run';
import {
	fakeRequest,
	FakeResponse,
	requestUrl,
	type WebhookAnswer,
	type WebhookRequest,
} from './webhookCall';

/** n8n's answer to a callback, and the rest of the run if the callback resumed it. */
export interface CallbackAnswer extends WebhookAnswer {
	resumed?: RunHandle;
}

/** As n8n's WaitTracker does when the time of a waiting execution has come. */
export async function resumeByDeadline(result: Pick<RunResult, 'executionId'>): Promise<RunResult> {
	const execution = executionOf(result);
	if (execution.status !== 'waiting')
		throw new Error(`Execution ${execution.id} is ${execution.status}, not waiting`);
	return await launch(execution, async () => loadRunData(execution), true).result;
}

/** A callback to a waiting execution, and the run to its end (or next wait) if that resumed it. */
export async function resumeByWebhook(
	result: Pick<RunResult, 'executionId' | 'resumeUrl'>,
	request: WebhookRequest = {},
): Promise<WebhookAnswer & { result?: RunResult }> {
	const url = requestUrl(request, result.resumeUrl);
	const { resumed, ...answer } = await receiveCallback(result.executionId, request, url);
	return { ...answer, result: await resumed?.result };
}

/** What n8n's WaitingWebhooks do with a request to /webhook-waiting/<execution>/<suffix>: all checks in the same order. */
export async function receiveCallback(
	executionId: string,
	request: WebhookRequest,
	url: URL,
): Promise<CallbackAnswer> {
	const execution = findExecution(executionId);
	if (!execution) return refusal(404, `The execution "${executionId}" does not exist.`);
	// Not written yet: it is just being started, which takes n8n no time that a callback could fall into.
	if (execution.saved === undefined)
		return refusal(409, `The execution "${executionId}" is running already.`);
	const runData = loadRunData(execution);
	const [token, tokenPath] = (url.searchParams.get('signature') ?? '').split('/', 2);
	if (token !== runData.resumeToken) return { httpStatus: 401, body: { error: 'Invalid token' } };
	if (execution.status === 'running')
		return refusal(409, `The execution "${executionId}" is running already.`);
	if (runData.resultData.error)
		return refusal(409, `The execution "${executionId}" has finished with error.`);
	if (execution.status !== 'waiting')
		return refusal(409, `The execution "${executionId}" has finished already.`);

	const suffix = url.pathname.split(`/${executionId}`, 2)[1]?.slice(1) || (tokenPath ?? '');
	return await callWaitingNode(execution, runData, request, url, suffix);
}

async function callWaitingNode(
	execution: Execution,
	runData: IRunExecutionData,
	request: WebhookRequest,
	url: URL,
	suffix: string,
): Promise<CallbackAnswer> {
	const nodeName = runData.resultData.lastNodeExecuted ?? '';
	const stackEntry = runData.executionData?.nodeExecutionStack[0];
	const workflow = createWorkflow(execution);
	const node = workflow.getNode(nodeName);
	if (!stackEntry || !node) return refusal(404, 'Could not find node to process webhook.');
	stackEntry.node.disabled = true;
	runData.waitTill = undefined;
	runData.resultData.runData[nodeName]?.pop();

	const response = new FakeResponse();
	const additionalData = createAdditionalData(execution);
	Object.assign(additionalData, { httpRequest: fakeRequest(request, url), httpResponse: response });
	const method = request.method ?? 'POST';
	const webhook = findWebhook(
		workflow,
		node,
		{ method, path: suffix, isRestart: true },
		additionalData,
	);
	if (!webhook) {
		return refusal(
			404,
			`The workflow for execution "${execution.id}" does not contain a waiting webhook with a matching path/method.`,
		);
	}

	const resume = (main: INodeExecutionData[][]): RunHandle | undefined => {
		// Only one of several callbacks that all want to go on gets the execution, as with n8n's UPDATE ... WHERE status = 'waiting'.
		if (execution.status !== 'waiting') return undefined;
		stackEntry.data.main = main;
		stackEntry.metadata = { ...stackEntry.metadata, forwardAllOutputs: true };
		if (execution.mode === 'manual') runData.resultData.pinData = execution.workflow.pinData;
		return launch(execution, async () => runData, true);
	};
	try {
		const answer = await runNodeWebhook(workflow, node, webhook, execution.mode, runData);
		const ownAnswer = { httpStatus: response.statusCode, body: response.body };
		if (!answer.workflowData) {
			if (answer.noWebhookResponse) return ownAnswer;
			const body: unknown = answer.webhookResponse;
			return { httpStatus: 200, body: body ?? { message: 'Webhook call received' } };
		}
		const resumed = resume(answer.workflowData);
		if (!resumed) return refusal(500, 'There was a problem executing the workflow', 0);
		if (answer.noWebhookResponse) return { ...ownAnswer, resumed };
		return { httpStatus: 200, body: receivedBody(workflow, node, webhook, answer), resumed };
	} catch (error) {
		// n8n's worst case, kept as it is: the run data of the nodes before is lost and the nodes after run with one empty item.
		const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
		const lost = {
			runData: {},
			lastNodeExecuted: nodeName,
			error: { ...Object(error), name, message, stack },
		};
		Object.assign(runData.resultData, lost);
		const resumed = resume([[{ json: {} }]]);
		return {
			...refusal(500, 'Workflow Webhook Error: Workflow could not be started!', 0),
			resumed,
		};
	}
}

function refusal(httpStatus: number, message: string, code = httpStatus): CallbackAnswer {
	return { httpStatus, body: { code, message } };
}

function executionOf({ executionId }: Pick<RunResult, 'executionId'>): Execution {
	const execution = findExecution(executionId);
	if (!execution) throw new Error(`There is no execution ${executionId}`);
	return execution;
}
