import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseJson } from './json';

/** EvoLink docs, image-series/seedream: callback URLs have at most 2048 characters. */
export const MOST_CALLBACK_URL_CHARACTERS = 2048;

/** Ms for which a signed URL is good. Tasks end within minutes, and their images die in 24 hours. */
const LONGEST_TASK = 48 * 60 * 60 * 1000;

const PARAMETERS = { issuedAt: 'sd_t', context: 'sd_ctx', signature: 'sd_sig' } as const;

/** Addresses that only machines of the same network reach; a mapped IPv4 address is among them. */
const PRIVATE_ADDRESS = [
	/^(0|10|127)(\.\d+){3}$/,
	/^(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}$/,
	/^\[(::1?|f[cd][^\]]*|fe[89ab][^\]]*|::ffff:(0|7f|a|c0a8|a9fe|ac1)[^\]]*)\]$/,
];

/** Names that only machines of the same network know. */
const PRIVATE_NAME = /^([^.:[\]]+|.*\.(localhost|local|internal))$/;

/**
 * Why a provider would not call this URL. Providers call public HTTPS addresses only (EvoLink
 * docs, image-series/seedream); a private one is fine where the API itself is private.
 */
export function callbackUrlProblems(callbackUrl: string, apiBaseUrl: string): string[] {
	if (!URL.canParse(callbackUrl)) {
		return [`Callback URL "${callbackUrl.slice(0, 80)}" is not a URL. It must begin with https://.`];
	}
	const problems: string[] = [];
	const { hostname, protocol } = new URL(callbackUrl);
	const isApiPrivate = URL.canParse(apiBaseUrl) && isPrivate(new URL(apiBaseUrl).hostname);
	if (!isApiPrivate && isPrivate(hostname)) {
		problems.push(
			`Callback URL has the host ${hostname}, which the provider cannot reach. Set WEBHOOK_URL of n8n to its public address, or choose to wait by polling.`,
		);
	}
	if (!isApiPrivate && protocol !== 'https:') {
		problems.push(
			`Callback URL begins with ${protocol}//, and the provider calls https:// only. Serve n8n over HTTPS and set WEBHOOK_URL, or choose to wait by polling.`,
		);
	}
	if (callbackUrl.length > MOST_CALLBACK_URL_CHARACTERS) {
		problems.push(
			`Callback URL has ${callbackUrl.length} characters with its context, and the most is ${MOST_CALLBACK_URL_CHARACTERS}. Make the context smaller: an ID is enough to look the rest up.`,
		);
	}
	return problems;
}

/** `hostname` as `URL` gives it: in lower case, IPv4 in four numbers, IPv6 in brackets. */
function isPrivate(hostname: string): boolean {
	return [...PRIVATE_ADDRESS, PRIVATE_NAME].some((pattern) => pattern.test(hostname));
}

/**
 * Signs a callback URL so that its receiver can tell it from any other: time of issue (ms since
 * 1970) and context go into the URL, and an HMAC over all of its parameters.
 */
export function signCallbackUrl(
	callbackUrl: string,
	apiKey: string,
	issuedAt: number,
	context?: unknown,
): string {
	const url = new URL(callbackUrl);
	for (const name of Object.values(PARAMETERS)) url.searchParams.delete(name);
	url.searchParams.set(PARAMETERS.issuedAt, String(issuedAt));
	if (context !== undefined) {
		url.searchParams.set(PARAMETERS.context, JSON.stringify(context));
	}
	url.searchParams.set(PARAMETERS.signature, signatureOf(url.searchParams, apiKey));
	return url.toString();
}

/**
 * What a signed callback URL carries; undefined unless it was signed with this key and not too
 * long before `now` (ms since 1970).
 */
export function verifyCallbackParameters(
	parameters: Readonly<Record<string, string>>,
	apiKey: string,
	now: number,
): { issuedAt: number; context?: unknown } | undefined {
	const { [PARAMETERS.signature]: signature, ...signed } = parameters;
	const expected = signatureOf(new URLSearchParams(signed), apiKey);
	if (signature === undefined || !isSame(signature, expected)) return undefined;
	const issuedAt = Number(signed[PARAMETERS.issuedAt]);
	if (!(Math.abs(now - issuedAt) <= LONGEST_TASK)) return undefined;
	const context = callbackContextOf(parameters);
	return { issuedAt, ...(context !== undefined && { context }) };
}

/** The context in the parameters of a callback URL, signed or not. */
export function callbackContextOf(parameters: Readonly<Record<string, string>>): unknown {
	return parseJson(parameters[PARAMETERS.context] ?? '');
}

/** The key of the HMAC is derived, so that a leaked signature says nothing of the API key's use elsewhere. */
function signatureOf(parameters: URLSearchParams, apiKey: string): string {
	const sorted = new URLSearchParams(parameters);
	sorted.sort();
	const key = createHmac('sha256', apiKey).update('n8n-nodes-seedream callback').digest();
	return createHmac('sha256', key).update(sorted.toString()).digest('base64url');
}

function isSame(left: string, right: string): boolean {
	const [a, b] = [Buffer.from(left), Buffer.from(right)];
	return a.length === b.length && timingSafeEqual(a, b);
}
