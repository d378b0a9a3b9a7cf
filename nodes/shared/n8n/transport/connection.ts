import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { asMeant, type Connection } from '../../seedream/connection';
import { executionClock } from './clock';
import type { SeedreamCredentials } from './credentials';
import { authenticatedHttp } from './http';

/** The provider of the credentials, reached through n8n. `secrets`: what it must not repeat, besides the key. */
export function connect(
	context: IExecuteFunctions | IWebhookFunctions,
	credentials: SeedreamCredentials,
	secrets: readonly string[] = [],
): Connection {
	const { provider } = credentials;
	const http = authenticatedHttp(context, credentials, secrets);
	return {
		provider,
		baseUrl: credentials.baseUrl,
		...(credentials.uploadBaseUrl && { uploadBaseUrl: credentials.uploadBaseUrl }),
		http: asMeant(provider, http),
		clock: executionClock(context),
	};
}
