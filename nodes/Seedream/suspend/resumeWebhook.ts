import { timingSafeEqual } from 'node:crypto';
import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { holdsForAll } from './everyAsync';
import { jsonObject } from '../../shared/seedream/json';
import { connect } from '../../shared/n8n/transport/connection';
import { readAccount } from '../../shared/n8n/transport/credentials';
import { EndReader } from './taskEnds';
import { reenter } from './rerunNode';
import { RESUME_PATH, SECRET_PARAMETER, type SuspensionContext } from './suspend';
import { messageOf, toText } from '../../shared/n8n/text';
import { openTask } from '../tasks/wait';

/**
 * Without `responseData` the caller would get n8n's default text. n8n finds the webhook by method
 * and path among those of the node that waits (n8n 2.41, waiting-webhooks.js).
 */
const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	responseData: '',
	path: RESUME_PATH,
	restartWebhook: true,
	isFullPath: true,
};

/** Where n8n takes the callbacks for a suspended execution; without a path for those that sleep since version 0.1. */
export const resumeWebhooks: IWebhookDescription[] = [
	resumeWebhook,
	{ ...resumeWebhook, path: '' },
];

/**
 * Takes a callback: while tasks are open the execution stays asleep; when all have ended the
 * node runs again and collects. It never throws, since n8n would then end the execution and run
 * the following nodes with nothing. An answer of 503 makes the provider call again.
 */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await takeCallback(context);
	} catch (error) {
		context.logger.error(`Seedream could not take a callback: ${messageOf(error)}`);
		return answer(context, 503, 'Not ready; call again');
	}
}

async function takeCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { seedreamSecret, seedreamSuspension: suspension } = readContext(context);
	if (!isCallbackOf(context, seedreamSecret)) {
		return answer(context, 401, 'Not a callback of this execution');
	}
	if (!suspension) return answer(context, 200, 'Nothing is waited for');

	const { [SECRET_PARAMETER]: secret, signature } = queryOf(context);
	const connection = connect(context, await readAccount(context), [toText(secret), toText(signature)]);
	const open = suspension.results.flatMap((result) => openTask(result)?.id ?? []);
	const reader = new EndReader(connection, `${context.getExecutionId()}:${suspension.runIndex}`);
	const reported = open.filter((id) => id === reportedTask(context));
	const areConfirmed = await holdsForAll(reported, reader.hasEnded);
	if (!areConfirmed) return answer(context, 503, 'The API does not confirm it yet; call again');
	const left = open.filter((id) => !reader.hasSeenEnd(id));
	const areEnded = await holdsForAll(left, reader.hasEndedByNow);
	if (reader.isUnreachable) return answer(context, 503, 'The API cannot be asked; call again');
	if (!areEnded) return { webhookResponse: { received: true, waiting: true } };
	reader.forget();
	return await reenter(context, connection, suspension);
}

/** The context that `execute` wrote; a webhook call reads it by an expression only. */
function readContext(context: IWebhookFunctions): SuspensionContext {
	// Braces in the name would end the expression, or begin another.
	const name = JSON.stringify(context.getNode().name).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	const stored: unknown = context.evaluateExpression(`{{ $node[${name}].context }}`);
	return typeof stored === 'object' && stored !== null ? stored : {};
}

function isCallbackOf(context: IWebhookFunctions, secret: string | undefined): boolean {
	const { [SECRET_PARAMETER]: given } = queryOf(context);
	const [a, b] = [Buffer.from(toText(given)), Buffer.from(secret ?? '')];
	return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

function queryOf(context: IWebhookFunctions): Record<string, unknown> {
	return jsonObject(context.getQueryData()) ?? {};
}

/** The ID in the body: a hint which task to look at first, and no more. */
function reportedTask(context: IWebhookFunctions): string {
	const body: unknown = context.getBodyData();
	return toText(jsonObject(body)?.id);
}

/** The answer with a status of its own; the execution stays asleep. */
function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
