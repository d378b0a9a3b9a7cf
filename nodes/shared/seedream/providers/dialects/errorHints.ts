import type { Billed, SeedreamError } from '../../errors';
import type { HttpAnswer } from '../../http';

/** What to tell the user about one of a provider's error codes. */
export interface Advice {
	advice: string;
	/** Whether the same request may succeed later, unchanged. */
	retryable: boolean;
}

export function fixAndRunAgain(advice: string): Advice {
	return { advice, retryable: false };
}

export function tryLater(advice: string): Advice {
	return { advice, retryable: true };
}

/** For an error that says nothing that could be put right. */
export const LATER = tryLater('Nothing is known to be wrong with the request. Run it again later.');

const CHECK_KEY = fixAndRunAgain('Check the API key in the credentials.');

const BY_STATUS: Readonly<Record<number, Advice>> = {
	400: fixAndRunAgain('Correct the value that the message names and run again.'),
	401: CHECK_KEY,
	402: fixAndRunAgain('Top up the account at the provider, then run again.'),
	403: fixAndRunAgain('Check that the API key may use this model, or choose another model.'),
	404: fixAndRunAgain('Check the ID, the model and the base URL in the credentials.'),
	413: fixAndRunAgain('Use fewer or smaller reference images.'),
	429: tryLater('Too many requests at once. Lower the Concurrency option or run again later.'),
};

/** What an HTTP status says to the user where the provider's own code is not known. */
export function adviceForStatus(status: number): Advice {
	const known = BY_STATUS[status];
	if (known) return known;
	if (status >= 300 && status < 400) {
		return fixAndRunAgain('The address redirects, which is not followed. Check the base URL in the credentials.');
	}
	return isTrouble(status)
		? tryLater('The provider has trouble.')
		: fixAndRunAgain('Read the message of the provider and correct the request.');
}

/** A status that is no word about the request: it may succeed later, and may have been carried out. */
function isTrouble(status: number): boolean {
	return status >= 500 || status === 408;
}

/**
 * Whether an answer with this status to a paid request may have been billed. A conflict (409)
 * means that the request, or one like it, is there already.
 */
export function billedForStatus(status: number): Billed {
	const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 409;
	return isRefused ? 'no' : 'unknown';
}

/** What a provider did to a request that it did not carry out: `EvoLink refused the request (HTTP 400)`. */
export function refusalOf(name: string, status: number): string {
	return `${name} ${deedOf(status)} (HTTP ${status})`;
}

function deedOf(status: number): string {
	if (status < 300) return 'answered with an error';
	if (status < 400) return 'redirected the request';
	return isTrouble(status) ? 'failed on the request' : 'refused the request';
}

/** The ID under which the provider can find the request in its logs. */
export function requestIdOf(answer: HttpAnswer): string | undefined {
	return answer.headers['x-request-id'] ?? answer.headers['x-oneapi-request-id'];
}

/** An error for a body that is not what the provider's documentation promises. */
export function unreadable(
	provider: SeedreamError['provider'],
	name: string,
	answer: HttpAnswer,
): SeedreamError {
	const start = answer.text.replace(/\s+/g, ' ').trim().slice(0, 120);
	return {
		message: `${name} answered with something that cannot be read (HTTP ${answer.status}): ${start || 'an empty body'}`,
		advice: 'Check the base URL in the credentials.',
		code: 'unreadable_answer',
		httpStatus: answer.status,
		provider,
		...(requestIdOf(answer) && { requestId: requestIdOf(answer) }),
		retryable: false,
		billed: 'unknown',
	};
}
