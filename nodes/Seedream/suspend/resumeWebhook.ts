import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { messageOf, toText } from '../../shared/n8n/text';
import { connect } from '../../shared/n8n/transport/connection';
import { getSeedreamCredentials } from '../../shared/n8n/transport/credentials';
import { respond } from '../../shared/n8n/transport/webhookResponse';
import { parseCallback } from '../../shared/seedream/callback';
import { scopeOf } from '../../shared/seedream/callbackUrl';
import type { Connection } from '../../shared/seedream/connection';
import { asObject } from '../../shared/seedream/objects';
import { findProvider } from '../../shared/seedream/providers';
import { isSameSecret } from '../../shared/seedream/secret';
import type { TaskWithId } from '../../shared/seedream/task';
import { memoryOfWaiting, type Suspension } from '../tasks/memory';
import { upgradeSuspension } from '../tasks/memoryOf0_1';
import { pendingTaskOf } from '../tasks/wait';
import { RECEIVED, rerunNode } from './rerunNode';
import { RESUME_PATH, SECRET_PARAMETER } from './suspend';
import { watchOver, type Watch } from './watch';

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
	const memory = memoryOfWaiting(context);
	const { seedreamSecret = '', seedreamSuspension } = memory;
	const { [SECRET_PARAMETER]: secret, signature } = asObject(context.getQueryData()) ?? {};
	if (!isSameSecret(toText(secret), seedreamSecret)) {
		return respond(context, 401, 'Not a callback of this execution');
	}
	if (!seedreamSuspension) return respond(context, 200, 'Nothing is waited for');

	const suspension = upgradeSuspension(seedreamSuspension);
	const tasks = suspension.results.flatMap((result) => pendingTaskOf(result) ?? []);
	const scope = scopeOf(asObject(context.getQueryData()) ?? {});
	const reportedId = hintedId(tasks, context.getBodyData(), scope);
	const toApi = async (): Promise<Connection> => {
		const credentials = await getSeedreamCredentials(context);
		return connect(context, credentials, [toText(secret), toText(signature)]);
	};
	const watch = watchOver(`${context.getExecutionId()}:${suspension.id ?? ''}`);
	const ids = tasks.map(({ id }) => id);
	switch (await watch.decide(ids, reportedId, toApi)) {
		case 'unconfirmed':
			return respond(context, 503, 'The API does not confirm it yet; call again');
		case 'unreachable':
			return respond(context, 503, 'The API cannot be asked; call again');
		case 'wait':
			return { webhookResponse: { received: true, waiting: true } };
		case 'woken':
			return { webhookResponse: RECEIVED };
		case 'wake': {
			const ended = withEnds(suspension, watch.ends);
			return await rerunNode(context, memory, ended, toApi);
		}
	}
}

/** What the body says is a hint which task to look at first, and no more. */
function hintedId(
	[task]: readonly TaskWithId[],
	body: unknown,
	scope: string | undefined,
): string | undefined {
	const provider = findProvider(task?.provider ?? '');
	return provider && parseCallback(provider, body, scope)?.id;
}

/** The suspension with the ends of its tasks, so that only those that could not be read are read again. */
function withEnds(suspension: Suspension, ends: Watch['ends']): Suspension {
	const results = suspension.results.map((result) => {
		const outcome = ends.get(pendingTaskOf(result)?.id ?? '');
		return outcome?.ok ? { ...result, outcome } : result;
	});
	return { ...suspension, results };
}
