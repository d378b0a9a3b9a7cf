import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { OwnError } from '../../seedream/errors';
import { findProvider, type Provider } from '../../seedream/providers';
import { nodeError } from '../errors';
import { endSentence, messageOf, toText } from '../text';

export const CREDENTIALS_TYPE = 'seedreamApi';

/** The credentials of the node, understood. */
export interface SeedreamCredentials {
	provider: Provider;
	apiKey: string;
	/** Without a slash at the end. */
	baseUrl: string;
	uploadBaseUrl?: string;
	/** As n8n gave them, to be handed back with each request: n8n would decrypt them anew for each. */
	decrypted: ICredentialDataDecryptedObject;
}

/**
 * Understands the credentials, before anything is sent.
 * @throws NodeOperationError when they cannot be used as they are; nothing is billed then.
 */
export async function getSeedreamCredentials(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'getNode'>,
): Promise<SeedreamCredentials> {
	const data = await storedCredentials(context);
	if (data instanceof Error) {
		throw credentialsError(
			context,
			`The credentials cannot be read: ${endSentence(data.message)}`,
			'Choose Seedream API credentials in the node, or create them anew.',
		);
	}
	const given = toText(data.provider);
	const provider = findProvider(given);
	if (!provider) {
		throw credentialsError(
			context,
			`The provider "${given}" in the credentials is not known`,
			'Open the Seedream API credentials and choose a provider from the list.',
		);
	}
	const apiKey = toText(data.apiKey);
	if (apiKey.trim() === '') {
		throw credentialsError(
			context,
			'The API key in the credentials is empty',
			`Enter the key that ${provider.name} gave you.`,
		);
	}
	const baseUrl = withoutSlash(data.baseUrl) || provider.baseUrl;
	if (!baseUrl) {
		throw credentialsError(
			context,
			`The base URL in the credentials is empty, and ${provider.name} has no public one`,
			`Enter the base URL that ${provider.name} gave you with the API key.`,
		);
	}
	const uploadBaseUrl = withoutSlash(data.uploadBaseUrl);
	const urls = { 'base URL': baseUrl, 'upload base URL': uploadBaseUrl };
	for (const [title, url] of Object.entries(urls)) {
		if (url === '' || isWebAddress(url)) continue;
		throw credentialsError(
			context,
			`The ${title} in the credentials is "${url}", which is no web address`,
			'Enter it with https:// and the host, such as https://api.example.com.',
		);
	}
	return {
		provider,
		apiKey,
		baseUrl,
		...(uploadBaseUrl && { uploadBaseUrl }),
		decrypted: data,
	};
}

/** Whose credentials are chosen, whether they can be used or not; absent while there are none. */
export async function chosenProvider(
	context: Pick<ILoadOptionsFunctions, 'getCredentials'>,
): Promise<Provider | undefined> {
	const data = await storedCredentials(context);
	return data instanceof Error ? undefined : findProvider(toText(data.provider));
}

/** As n8n keeps them; its error where they are missing, deleted or not to be used here. */
async function storedCredentials(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
): Promise<ICredentialDataDecryptedObject | Error> {
	try {
		return await context.getCredentials(CREDENTIALS_TYPE);
	} catch (error) {
		return new Error(messageOf(error));
	}
}

function credentialsError(
	context: Pick<IExecuteFunctions, 'getNode'>,
	message: string,
	hint: string,
): NodeOperationError | NodeApiError {
	const error: OwnError = {
		message,
		hint,
		code: 'invalid_credentials',
		retryable: false,
		billed: 'no',
	};
	return nodeError(context.getNode(), error, 0);
}

function isWebAddress(url: string): boolean {
	return /^https?:\/\/[^\s/?#]/i.test(url) && URL.canParse(url);
}

function withoutSlash(url: unknown): string {
	return toText(url).trim().replace(/\/+$/, '');
}
