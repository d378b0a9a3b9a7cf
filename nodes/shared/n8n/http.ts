import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IWebhookFunctions,
} from 'n8n-workflow';
import { isByteStream, readAsFarAsItComes } from './byteStream';
import { throwIfCancelled } from './clock';
import { CREDENTIALS } from './credentials';
import { messageOf, toText } from './text';
import { parseJson } from '../seedream/json';
import type { Http, HttpAnswer, HttpRequest, HttpResult, NoAnswer } from '../seedream/http';

type HttpContext = IExecuteFunctions | IWebhookFunctions;

/** Failures that happen before a request can be sent: no address, or nobody who listens. */
const NEVER_SENT: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']);

const TIMED_OUT: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** n8n's own HTTP client with the key of the credentials, which n8n adds itself. */
export function authenticatedHttp(context: HttpContext, apiKey: string): Http {
	return {
		send: async (request, timeoutMs) => {
			try {
				const { status, headers, text } = await ask(context, request, timeoutMs);
				const shown = withoutSecret(text, apiKey);
				return { answer: { status, headers, text: shown, body: parseJson(shown) } };
			} catch (error) {
				throwIfCancelled(context);
				return noAnswer(error, timeoutMs);
			}
		},
	};
}

/** Redirects are not followed: a paid request would be sent again, and the key might follow it. */
async function ask(
	context: HttpContext,
	request: HttpRequest,
	timeout: number,
): Promise<Omit<HttpAnswer, 'body'>> {
	const method: IHttpRequestMethods = request.method;
	const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
		context,
		CREDENTIALS,
		{
			method,
			url: request.url,
			headers: { Accept: 'application/json', ...request.headers, ...jsonHeader(request) },
			...(request.body && { body: JSON.stringify(request.body) }),
			encoding: request.isStream ? 'stream' : 'text',
			timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
	);
	const { status, headers, body } = fullResponse(response);
	const text = isByteStream(body) ? await readAsFarAsItComes(body, timeout) : toText(body);
	return { status, headers, text };
}

/** A provider may repeat the key in its answer, where it would end in errors and logs. */
function withoutSecret(text: string, apiKey: string): string {
	return apiKey === '' ? text : text.replaceAll(apiKey, '***');
}

function jsonHeader(request: HttpRequest): IDataObject {
	return request.body ? { 'Content-Type': 'application/json' } : {};
}

/** The parts of what n8n's client gives with `returnFullResponse`. */
export function fullResponse(
	response: unknown,
): Pick<HttpAnswer, 'status' | 'headers'> & { body: unknown } {
	const { statusCode, headers, body } = asRecord(response);
	const entries = Object.entries(asRecord(headers));
	return {
		status: Number(statusCode),
		headers: Object.fromEntries(
			entries.map(([name, value]) => [name.toLowerCase(), toText(value)]),
		),
		body,
	};
}

function asRecord(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** What became of a request that got no answer, from the error that n8n's client gives. */
export function noAnswer(error: unknown, timeoutMs: number): { noAnswer: NoAnswer } & HttpResult {
	const code = codeOf(error);
	const ending = code && TIMED_OUT.has(code)
		? `nothing came within ${timeoutMs / 1000} seconds`
		: `the connection ended with ${code ?? ''}`;
	return {
		noAnswer: {
			sent: code !== undefined && NEVER_SENT.has(code) ? 'no' : 'maybe',
			message: code ? ending : messageOf(error),
			...(code && { code }),
		},
	};
}

/** n8n wraps the error of the network, so its code stands somewhere in the chain of causes. */
function codeOf(error: unknown): string | undefined {
	const { code, cause } = errorFields(error);
	if (typeof code === 'string' && /^E[A-Z_]+$/.test(code)) return code;
	return cause === undefined || cause === error ? undefined : codeOf(cause);
}

function errorFields(error: unknown): { code?: unknown; cause?: unknown } {
	return typeof error === 'object' && error !== null ? error : {};
}
