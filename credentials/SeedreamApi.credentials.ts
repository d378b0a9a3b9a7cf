import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { toText } from '../nodes/shared/n8n/text';
import { findProvider, PROVIDERS } from '../nodes/shared/seedream/providers';

const WITHOUT_BASE_URL = PROVIDERS.filter(({ baseUrl }) => baseUrl === undefined);
const WITH_FILE_HOST = PROVIDERS.filter(
	({ referenceTransport }) =>
		referenceTransport.kind === 'upload' && referenceTransport.upload.baseUrl !== undefined,
).map(({ id }) => id);

/** Replicate and Kie.ai refuse programs that do not say what they are (HTTP 403, as users report). */
const USER_AGENT = 'n8n-nodes-seedream';

/** What refuses in the body of an answer with HTTP 200. */
const REFUSAL_CODES = [...new Set(PROVIDERS.flatMap(({ refusalCodes = [] }) => refusalCodes))];

/** An n8n expression that looks a text up by the provider of the credentials. */
function byProvider(pick: (provider: (typeof PROVIDERS)[number]) => string): string {
	const table = Object.fromEntries(PROVIDERS.map((provider) => [provider.id, pick(provider)]));
	return `(${JSON.stringify(table)})[$credentials.provider]`;
}

const baseUrl: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://api.example.com',
};

export class SeedreamApi implements ICredentialType {
	name = 'seedreamApi';

	displayName = 'Seedream API';

	icon: Icon = { light: 'file:../icons/seedream.svg', dark: 'file:../icons/seedream.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-seedream/n8n-nodes-seedream#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			options: PROVIDERS.map(({ id, name, label = name }) => ({ name: label, value: id })),
			default: 'evolink',
			description: 'Who sells you the models. The API key is theirs.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
		{
			...baseUrl,
			description: "Where the API is. Leave it empty for the provider's own address.",
			displayOptions: { hide: { provider: WITHOUT_BASE_URL.map(({ id }) => id) } },
		},
		...WITHOUT_BASE_URL.map(({ id, baseUrlDescription }) => ({
			...baseUrl,
			required: true,
			description: baseUrlDescription,
			displayOptions: { show: { provider: [id] } },
		})),
		{
			displayName: 'Upload Base URL',
			name: 'uploadBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://files.example.com',
			description:
				"Where reference images are uploaded to. Leave it empty for the provider's own address.",
			displayOptions: { show: { provider: WITH_FILE_HOST } },
		},
	];

	/** A function, since n8n would evaluate an expression anew for each request. */
	authenticate: IAuthenticate = async ({ provider, apiKey }, request) => {
		const { keyScheme = 'Bearer' } = findProvider(toText(provider)) ?? {};
		return await Promise.resolve({
			...request,
			headers: {
				'User-Agent': USER_AGENT,
				...request.headers,
				Authorization: `${keyScheme} ${toText(apiKey)}`,
			},
		});
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ($credentials.baseUrl || ${byProvider(({ baseUrl = '', testBaseUrl = baseUrl }) => testBaseUrl)}).trim().replace(/\\/+$/, "") }}`,
			url: `={{ ${byProvider(({ testPath }) => testPath)} }}`,
		},
		rules: REFUSAL_CODES.map((code) => ({
			type: 'responseSuccessBody',
			properties: {
				key: 'code',
				value: code,
				message: `The provider refused the API key or the request (code ${code})`,
			},
		})),
	};
}
