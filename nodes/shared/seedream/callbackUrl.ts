import { createHmac } from 'node:crypto';
import { parseJson } from './objects';
import { isPrivateUrl } from './privateUrl';
import { isSameSecret } from './secret';

/** Ms for which a signed URL is good. Tasks end within minutes, and their images die in 24 hours. */
const MAX_URL_AGE_MS = 48 * 60 * 60 * 1000;

/** The parameter that carries the signature. */
export const SIGNATURE_PARAMETER = 'sd_sig';

const PARAMETERS = {
	issuedAt: 'sd_t',
	context: 'sd_ctx',
	scope: 'sd_of',
	signature: SIGNATURE_PARAMETER,
} as const;

/** What a provider says of the URLs that it calls. */
export interface CallbackUrlRules {
	isHttpsOnly: boolean;
	maxCharacters?: number;
}

/**
 * Why a provider would not call this URL. No provider can call a private address, which is fine
 * where the API itself is private.
 */
export function callbackUrlProblems(
	callbackUrl: string,
	apiBaseUrl: string,
	{ isHttpsOnly, maxCharacters = Infinity }: CallbackUrlRules,
): string[] {
	if (!URL.canParse(callbackUrl)) {
		return [
			`Callback URL "${callbackUrl.slice(0, 80)}" is not a URL. It must begin with https://.`,
		];
	}
	const problems: string[] = [];
	const { hostname, protocol } = new URL(callbackUrl);
	const isApiPrivate = isPrivateUrl(apiBaseUrl);
	const isNear = isApiPrivate && isPrivateUrl(callbackUrl);
	if (!isApiPrivate && isPrivateUrl(callbackUrl)) {
		problems.push(
			`Callback URL has the host ${hostname}, which the provider cannot reach. Set WEBHOOK_URL of n8n to its public address, or choose to wait by polling.`,
		);
	}
	const mayBeHttp = isNear || !isHttpsOnly;
	if (protocol !== 'https:' && !(mayBeHttp && protocol === 'http:')) {
		problems.push(
			`Callback URL begins with ${protocol}//, and the provider calls https:// only. Serve n8n over HTTPS and set WEBHOOK_URL, or choose to wait by polling.`,
		);
	}
	if (callbackUrl.length > maxCharacters) {
		problems.push(
			`Callback URL has ${callbackUrl.length} characters with its context, and the most is ${maxCharacters}. Make the context smaller: an ID is enough to look the rest up.`,
		);
	}
	return problems;
}

/** Parts of a path that name the receiver, counted from its end. What stands before them a proxy may add or strip. */
const SIGNED_PATH_PARTS = 2;

/** Names that the receiver's query parser leaves out, since JavaScript objects have them already. */
const INHERITED_NAMES: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Why a callback URL could not be verified once it is signed: its receiver gets the query parsed,
 * where a repeated or bracketed name becomes a list or an object.
 */
export function signingProblems(callbackUrl: string): string[] {
	const names = [...new URL(callbackUrl).searchParams.keys()];
	const repeated = names.filter((name, index) => names.indexOf(name) !== index);
	const structured = names.filter(
		(name) => name === '' || /[[\]]/.test(name) || INHERITED_NAMES.has(name),
	);
	const [wrong] = [...repeated, ...structured];
	if (wrong === undefined) return [];
	return [
		`Callback URL has the query parameter "${wrong}" ${repeated.includes(wrong) ? 'more than once' : 'with a name that cannot be signed'}. Give each parameter once, with a plain name, or put the values into Callback Context.`,
	];
}

/**
 * Signs a callback URL so that its receiver can tell it from any other: time of issue (ms since
 * 1970), context and `scope`, what its reports leave out of the task's ID, go into the URL, and an HMAC
 * over the end of its path and all of its parameters.
 */
export function signCallbackUrl(
	callbackUrl: string,
	apiKey: string,
	issuedAt: number,
	context?: unknown,
	scope?: string,
): string {
	const url = new URL(callbackUrl);
	for (const name of Object.values(PARAMETERS)) url.searchParams.delete(name);
	if (scope !== undefined) url.searchParams.set(PARAMETERS.scope, scope);
	url.searchParams.set(PARAMETERS.issuedAt, String(issuedAt));
	if (context !== undefined) {
		url.searchParams.set(PARAMETERS.context, JSON.stringify(context));
	}
	const signature = signatureOf(url.searchParams, callbackKey(apiKey), receiverOf(url));
	url.searchParams.set(PARAMETERS.signature, signature);
	return url.toString();
}

/**
 * What a signed callback URL carries; undefined unless it was signed with this `callbackKey`, for the
 * receiver with this URL, and not too long before or after `now` (ms since 1970).
 */
export function verifyCallbackParameters(
	parameters: Readonly<Record<string, string>>,
	key: Buffer,
	now: number,
	receiverUrl: string,
): { issuedAt: number; context?: unknown } | undefined {
	const { [PARAMETERS.signature]: signature, ...signed } = parameters;
	if (signature === undefined || !URL.canParse(receiverUrl)) return undefined;
	const query = new URLSearchParams(signed);
	// Version 0.1 signed no path. Such URLs are good for two days after the update and then die out.
	const receivers = [receiverOf(new URL(receiverUrl)), undefined];
	const isSigned = receivers.some((receiver) =>
		isSameSecret(signature, signatureOf(query, key, receiver)),
	);
	if (!isSigned) return undefined;
	const issuedAt = Number(signed[PARAMETERS.issuedAt]);
	if (!(Math.abs(now - issuedAt) <= MAX_URL_AGE_MS)) return undefined;
	const context = callbackContextOf(parameters);
	return { issuedAt, ...(context !== undefined && { context }) };
}

/** The context in the parameters of a callback URL, signed or not. */
export function callbackContextOf(parameters: Readonly<Record<string, string>>): unknown {
	return parseJson(parameters[PARAMETERS.context] ?? '');
}

/** The URL with what its reports leave out of the task's ID, where they leave out something. */
export function withScope(callbackUrl: string, scope: string | undefined): string {
	if (scope === undefined) return callbackUrl;
	const url = new URL(callbackUrl);
	url.searchParams.set(PARAMETERS.scope, scope);
	return url.toString();
}

/** What the reports to a callback URL with these parameters leave out of the task's ID. */
export function scopeOf(parameters: Readonly<Record<string, unknown>>): string | undefined {
	const scope = parameters[PARAMETERS.scope];
	return typeof scope === 'string' ? scope : undefined;
}

/** What a URL's path has in common for who hands it out and who listens, behind whatever proxy. */
function receiverOf({ pathname }: URL): string {
	return pathname.split('/').filter(Boolean).slice(-SIGNED_PATH_PARTS).map(decoded).join('/');
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** The key that signs callback URLs. It is derived, so that a leaked signature says nothing of the API key's use elsewhere. */
export function callbackKey(apiKey: string): Buffer {
	return createHmac('sha256', apiKey).update('n8n-nodes-seedream callback').digest();
}

function signatureOf(parameters: URLSearchParams, key: Buffer, receiver?: string): string {
	const sorted = new URLSearchParams(parameters);
	sorted.sort();
	const signed = receiver === undefined ? sorted.toString() : `${receiver}?${sorted.toString()}`;
	return createHmac('sha256', key).update(signed).digest('base64url');
}
