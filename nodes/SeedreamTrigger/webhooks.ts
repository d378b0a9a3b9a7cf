import type { IWebhookDescription } from 'n8n-workflow';

/** The URL is not registered anywhere: each task carries it. Without `responseData` the caller would get n8n's default text. */
export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: '',
		path: 'webhook',
	},
];
