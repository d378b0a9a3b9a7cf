import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Answers the caller with a status of its own. Nothing starts, and a waiting execution stays asleep. */
export function respond(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
