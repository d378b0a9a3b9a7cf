import type { HttpResult, NetworkFailure } from '../../seedream/http';
import { isObject, propertyOf } from '../../seedream/objects';
import { messageOf } from '../text';

/**
 * Failures that happen before a request can be sent: no address, nobody who listens, an address
 * that is none.
 */
const NEVER_SENT: ReadonlySet<string> = new Set([
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ERR_INVALID_URL',
]);

/**
 * Codes of certificates that are not accepted (Node.js docs, tls, "X509 certificate error codes"):
 * the connection ends before a request goes over it.
 */
const BAD_CERTIFICATE =
	/^(ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_C|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)/;

const TIMED_OUT: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** What became of a request that got no answer, from the error that n8n's client gives. */
export function networkFailureOf(
	error: unknown,
	timeoutMs: number,
): { networkFailure: NetworkFailure } & HttpResult {
	const causes = chainOf(error);
	const codes = causes.flatMap((cause) => codeOf(cause) ?? []);
	// What the network says is more to the point than what the HTTP client makes of it.
	const code = codes.find((found) => !found.startsWith('ERR_BAD_')) ?? codes[0];
	const isUnsent =
		(code !== undefined && (NEVER_SENT.has(code) || BAD_CERTIFICATE.test(code))) ||
		causes.some(isOfConnecting);
	return {
		networkFailure: {
			sent: isUnsent ? 'no' : 'maybe',
			message: code === undefined ? messageOf(error) : ending(code, isUnsent, timeoutMs),
			...(code !== undefined && { code }),
		},
	};
}

function ending(code: string, isUnsent: boolean, timeoutMs: number): string {
	if (BAD_CERTIFICATE.test(code)) return `its certificate is not accepted (${code})`;
	if (isUnsent) return `no connection could be made (${code})`;
	if (code === 'ERR_BAD_RESPONSE') return 'the answer was cut off';
	return TIMED_OUT.has(code)
		? `nothing came within ${timeoutMs / 1000} seconds`
		: `the connection ended with ${code}`;
}

/** n8n wraps the error of the network, so what is known stands somewhere in the chain of causes. */
function chainOf(error: unknown): object[] {
	const chain: object[] = [];
	for (
		let cause = error;
		isObject(cause) && !chain.includes(cause);
		cause = propertyOf(cause, 'cause')
	) {
		chain.push(cause);
	}
	return chain;
}

function codeOf(error: object): string | undefined {
	const code = propertyOf(error, 'code');
	return typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code) ? code : undefined;
}

/**
 * Whatever goes wrong while a connection is made, nothing was sent over it. Where a name has
 * several addresses, Node.js gives the errors of all of them in one.
 */
function isOfConnecting(error: object): boolean {
	const errors = propertyOf(error, 'errors');
	if (propertyOf(error, 'syscall') === 'connect') return true;
	return (
		Array.isArray(errors) &&
		errors.length > 0 &&
		errors.every((each) => isObject(each) && isOfConnecting(each))
	);
}
