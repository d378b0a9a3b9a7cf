import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { messageOf, toText } from '../../shared/n8n/text';
import { connect } from '../../shared/n8n/transport/connection';
import { getSeedreamCredentials } from '../../shared/n8n/transport/credentials';
import { respond } from '../../shared/n8n/transport/webhookResponse';
import { hintedTaskId } from '../../shared/seedream/callback';
import { asObject } from '../../shared/seedream/objects';
import { isSameSecret } from '../../shared/seedream/secret';
import { memoryOfWaiting } from '../tasks/memory';
import { upgradeSuspension } from '../tasks/memoryOf0_1';
import { pendingTaskOf } from '../tasks/wait';
import { rerunNode } from './rerunNode';
import { RESUME_PATH, SECRET_PARAMETER } from './suspend';
import { everyAsync, TaskEndCache } from './taskEnds';

/**
 * Without `responseData` the caller would get n8n's default text. n8n finds the webhook by method
 * and path among those of the node that waits (n8n 2.41, waiting-webhooks.js).
 */
const resumeDescription: IWebhookDescription = {
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
	resumeDescription,
	{ ...resumeDescription, path: '' },
];

/**
 * Takes a callback: while tasks are open the execution stays asleep; when all have ended the
 * node runs again and collects. It never throws, since n8n would then end the execution and run
 * the following nodes with nothing. An answer of 503 makes the provider call again.
 */
export async function resumeWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await takeCallback(context);
	} catch (error) {
		context.logger.error(`Seedream could not take a callback: ${messageOf(error)}`);
		return respond(context, 503, 'Not ready; call again');
	}
}

async function takeCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { seedreamSecret = '', seedreamSuspension } = memoryOfWaiting(context);
	const { [SECRET_PARAMETER]: secret, signature } = asObject(context.getQueryData()) ?? {};
	if (!isSameSecret(toText(secret), seedreamSecret)) {
		return respond(context, 401, 'Not a callback of this execution');
	}
	if (!seedreamSuspension) return respond(context, 200, 'Nothing is waited for');

	const suspension = upgradeSuspension(seedreamSuspension);
	const credentials = await getSeedreamCredentials(context);
	const connection = connect(context, credentials, [toText(secret), toText(signature)]);
	const pending = suspension.results.flatMap((result) => pendingTaskOf(result)?.id ?? []);
	const ends = new TaskEndCache(connection, `${context.getExecutionId()}:${suspension.runIndex}`);
	// What the body says is a hint which task to look at first, and no more.
	const reportedId = hintedTaskId(credentials.provider, context.getBodyData());
	const reported = pending.filter((id) => id === reportedId);
	const areConfirmed = await everyAsync(reported, ends.check);
	if (!areConfirmed) return respond(context, 503, 'The API does not confirm it yet; call again');
	const left = pending.filter((id) => !ends.hasSeenEnd(id));
	const areEnded = await everyAsync(left, ends.checkShared);
	if (ends.isUnreachable) return respond(context, 503, 'The API cannot be asked; call again');
	if (!areEnded) return { webhookResponse: { received: true, waiting: true } };
	ends.forget();
	return await rerunNode(context, connection, suspension);
}
