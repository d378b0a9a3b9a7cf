import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Connection } from '../../seedream/client';
import { executionClock } from './clock';
import type { Account } from './credentials';
import { authenticatedHttp } from './http';

/** The account's provider, reached through n8n. `secrets`: what it must not repeat, besides the key. */
export function connect(
	context: IExecuteFunctions | IWebhookFunctions,
	account: Account,
	secrets: readonly string[] = [],
): Connection {
	return {
		provider: account.provider,
		baseUrl: account.baseUrl,
		...(account.uploadBaseUrl && { uploadBaseUrl: account.uploadBaseUrl }),
		http: authenticatedHttp(context, [account.apiKey, ...secrets]),
		clock: executionClock(context),
	};
}
