import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Http, HttpResponse, HttpRequest } from '../../seedream/http';
import { asObject, parseJson } from '../../seedream/objects';
import { masker } from '../../seedream/secret';
import { toText } from '../text';
import { isByteStream, readAsFarAsItComes } from './byteStream';
import { throwIfCancelled } from './clock';
import { CREDENTIALS_TYPE, type SeedreamCredentials } from './credentials';
import { networkFailureOf } from './networkFailure';

type HttpContext = IExecuteFunctions | IWebhookFunctions;

/**
 * n8n's own HTTP client with the key of the credentials, which n8n adds itself. The key and
 * `secrets` are taken out of every answer.
 */
export function authenticatedHttp(
	context: HttpContext,
	{ apiKey, decrypted }: SeedreamCredentials,
	secrets: readonly string[],
): Http {
	// A provider may repeat what it was given in its answer, where it would end in errors and logs.
	const mask = masker([apiKey, ...secrets]);
	return {
		send: async (request, timeoutMs) => {
			try {
				const { status, headers, ...response } = await ask(context, decrypted, request, timeoutMs);
				const text = mask(response.text);
				return {
					response: { status, headers: mapValues(headers, mask), text, body: parseJson(text) },
				};
			} catch (error) {
				if (!request.outlivesStop) throwIfCancelled(context);
				const result = networkFailureOf(error, timeoutMs);
				return {
					networkFailure: {
						...result.networkFailure,
						message: mask(result.networkFailure.message),
					},
				};
			}
		},
	};
}

/** Redirects are not followed: a paid request would be sent again, and the key might follow it. */
async function ask(
	context: HttpContext,
	data: ICredentialDataDecryptedObject,
	request: HttpRequest,
	timeout: number,
): Promise<Omit<HttpResponse, 'body'>> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { Accept: 'application/json', ...request.headers },
		...(request.body && { body: request.body }),
		encoding: request.isStream ? 'stream' : 'text',
		timeout,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const response: unknown = request.isForeign
		? await context.helpers.httpRequest(options)
		: await context.helpers.httpRequestWithAuthentication.call(
				request.outlivesStop ? withoutStop(context) : context,
				CREDENTIALS_TYPE,
				options,
				{ credentialsDecrypted: { id: '', name: '', type: CREDENTIALS_TYPE, data } },
			);
	const { status, headers, body } = fullResponse(response);
	const text = isByteStream(body) ? await readAsFarAsItComes(body, timeout) : toText(body);
	return { status, headers, text };
}

/**
 * The context without the signal of Stop, which n8n otherwise hands to the request by itself
 * (n8n-core 2.41, request-helpers/authentication.js).
 */
function withoutStop(context: HttpContext): HttpContext {
	return new Proxy(context, {
		has: (target, name) => name !== 'getExecutionCancelSignal' && Reflect.has(target, name),
	});
}

function mapValues(
	record: Readonly<Record<string, string>>,
	change: (value: string) => string,
): Record<string, string> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** The parts of what n8n's client gives with `returnFullResponse`. */
export function fullResponse(
	response: unknown,
): Pick<HttpResponse, 'status' | 'headers'> & { body: unknown } {
	const { statusCode, headers, body } = asObject(response) ?? {};
	const entries = Object.entries(asObject(headers) ?? {});
	return {
		status: Number(statusCode),
		headers: Object.fromEntries(
			entries.map(([name, value]) => [name.toLowerCase(), toText(value)]),
		),
		body,
	};
}
