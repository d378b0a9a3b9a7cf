import type { Billed } from '../../billed';
import type { ErrorHint } from '../../errors';

export function fixAndRunAgain(hint: string): ErrorHint {
	return { hint, retryable: false };
}

export function tryLater(hint: string): ErrorHint {
	return { hint, retryable: true };
}

/** For an error that says nothing that could be put right. */
export const LATER = tryLater('Nothing is known to be wrong with the request. Run it again later.');

export const CHECK_KEY = fixAndRunAgain('Check the API key in the credentials.');

export const CHANGE_CONTENT = fixAndRunAgain(
	'Change the prompt or the reference images; the same request will be refused again.',
);

export const CHECK_REFERENCES = fixAndRunAgain(
	'Check that each reference image can be opened and has the size and format that the model takes.',
);

export const CORRECT = fixAndRunAgain('Correct what the message names and run again.');

const BY_STATUS: Readonly<Record<number, ErrorHint>> = {
	400: fixAndRunAgain('Correct the value that the message names and run again.'),
	401: CHECK_KEY,
	402: fixAndRunAgain('Top up the account at the provider, then run again.'),
	403: fixAndRunAgain('Check that the API key may use this model, or choose another model.'),
	404: fixAndRunAgain('Check the ID, the model and the base URL in the credentials.'),
	413: fixAndRunAgain('Use fewer or smaller reference images.'),
	429: tryLater('Too many requests at once. Lower the Concurrency option or run again later.'),
};

/** What an HTTP status says to the user where the provider's own code is not known. */
export function hintForStatus(status: number): ErrorHint {
	const known = BY_STATUS[status];
	if (known) return known;
	if (status >= 300 && status < 400) {
		return fixAndRunAgain(
			'The address redirects, which is not followed. Check the base URL in the credentials.',
		);
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
export function describeStatus(name: string, status: number): string {
	return `${name} ${deedOf(status)} (HTTP ${status})`;
}

function deedOf(status: number): string {
	if (status < 300) return 'answered with an error';
	if (status < 400) return 'redirected the request';
	return isTrouble(status) ? 'failed on the request' : 'refused the request';
}
