import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { findProvider, type Provider } from '../seedream/providers';
import { nodeError } from './errors';
import { toText } from './text';

export const CREDENTIALS = 'seedreamApi';

/** The credentials of the node, understood. */
export interface Account {
	provider: Provider;
	apiKey: string;
	/** Without a slash at the end. */
	baseUrl: string;
	uploadBaseUrl?: string;
}

/**
 * Understands the credentials, before anything is sent.
 * @throws NodeOperationError when they cannot be used as they are; nothing is billed then.
 */
export async function readAccount(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'getNode'>,
): Promise<Account> {
	const data = await context.getCredentials(CREDENTIALS);
	const given = toText(data.provider);
	const provider = findProvider(given);
	if (!provider) {
		throw refusal(
			context,
			`The provider "${given}" in the credentials is not known`,
			'Open the Seedream API credentials and choose a provider from the list.',
		);
	}
	const baseUrl = withoutSlash(data.baseUrl) || provider.baseUrl;
	if (!baseUrl) {
		throw refusal(
			context,
			`The base URL in the credentials is empty, and ${provider.name} has no public one`,
			`Enter the base URL that ${provider.name} gave you with the API key.`,
		);
	}
	const uploadBaseUrl = withoutSlash(data.uploadBaseUrl);
	const urls = { 'base URL': baseUrl, 'upload base URL': uploadBaseUrl };
	for (const [title, url] of Object.entries(urls)) {
		if (url === '' || isWebAddress(url)) continue;
		throw refusal(
			context,
			`The ${title} in the credentials is "${url}", which is no web address`,
			'Enter it with https:// and the host, such as https://api.example.com.',
		);
	}
	return {
		provider,
		apiKey: toText(data.apiKey),
		baseUrl,
		...(uploadBaseUrl && { uploadBaseUrl }),
	};
}

function refusal(
	context: Pick<IExecuteFunctions, 'getNode'>,
	message: string,
	advice: string,
): NodeOperationError | NodeApiError {
	const code = 'invalid_credentials';
	return nodeError(context.getNode(), { message, advice, code, retryable: false, billed: 'no' }, 0);
}

function isWebAddress(url: string): boolean {
	return /^https?:\/\/[^\s/?#]/i.test(url) && URL.canParse(url);
}

function withoutSlash(url: unknown): string {
	return toText(url).trim().replace(/\/+$/, '');
}
