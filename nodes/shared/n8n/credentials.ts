import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { findProvider, type Provider } from '../seedream/providers';
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

/** @throws NodeOperationError when the credentials cannot be used as they are. */
export async function readAccount(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'getNode'>,
): Promise<Account> {
	const data = await context.getCredentials(CREDENTIALS);
	const provider = findProvider(toText(data.provider));
	if (!provider) {
		throw new NodeOperationError(
			context.getNode(),
			`The provider "${toText(data.provider)}" in the credentials is not known`,
			{ description: 'Open the Seedream API credentials and choose a provider from the list.' },
		);
	}
	const baseUrl = withoutSlash(data.baseUrl) || provider.baseUrl;
	if (!baseUrl) {
		throw new NodeOperationError(
			context.getNode(),
			`The base URL in the credentials is empty, and ${provider.name} has no public one`,
			{ description: `Enter the base URL that ${provider.name} gave you with the API key.` },
		);
	}
	const uploadBaseUrl = withoutSlash(data.uploadBaseUrl);
	return {
		provider,
		apiKey: toText(data.apiKey),
		baseUrl,
		...(uploadBaseUrl && { uploadBaseUrl }),
	};
}

function withoutSlash(url: unknown): string {
	return toText(url).trim().replace(/\/+$/, '');
}
