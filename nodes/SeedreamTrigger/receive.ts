import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readAccount } from '../shared/n8n/credentials';
import { messageOf } from '../shared/n8n/text';
import { readCallback } from '../shared/seedream/callback';
import { admit } from './admission';

/**
 * Takes a callback: lets the caller in or not, looks whether it is about a task, and starts the
 * workflow, which does the rest. So the caller has its answer at once.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const admission = await admit(context);
		if (!admission.isAdmitted) return answer(context, 401, 'This callback URL is not valid here');
		const { provider } = await readAccount(context);
		const body = context.getBodyData();
		if (!readCallback(provider, body)) {
			return answer(context, 400, `The body is not the report of a task of ${provider.name}`);
		}
		const { callbackContext } = admission;
		const json = { body, ...(callbackContext !== undefined && { context: callbackContext }) };
		return {
			workflowData: [context.helpers.returnJsonArray(json)],
			webhookResponse: { received: true },
		};
	} catch (error) {
		context.logger.error(`Seedream Trigger could not take a callback: ${messageOf(error)}`);
		return answer(context, 503, 'Not ready; call again');
	}
}

function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
