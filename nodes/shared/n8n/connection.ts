import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Connection } from '../seedream/client';
import { executionClock } from './clock';
import type { Account } from './credentials';
import { authenticatedHttp } from './http';

/** The account's provider, reached through n8n. */
export function connect(
	context: IExecuteFunctions | IWebhookFunctions,
	account: Account,
): Connection {
	return {
		provider: account.provider,
		baseUrl: account.baseUrl,
		...(account.uploadBaseUrl && { uploadBaseUrl: account.uploadBaseUrl }),
		http: authenticatedHttp(context, account.apiKey),
		clock: executionClock(context),
	};
}
