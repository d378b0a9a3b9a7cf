import type { ErrorHint, SeedreamError } from '../../errors';
import type { HttpResponse } from '../../http';
import { lookUp } from '../../objects';
import { errorFromResponse } from '../dialects/errorBody';
import {
	CHANGE_CONTENT,
	CHECK_REFERENCES,
	CORRECT,
	fixAndRunAgain,
	LATER,
	tryLater,
} from '../dialects/errorHints';

/** The provider as errors name it. */
export const NAMES = { id: 'wavespeed', name: 'WaveSpeedAI' };

/** HTTP statuses, and codes of tasks (WaveSpeedAI docs, Troubleshooting, Account Levels and Error Codes). */
const BY_CODE: Readonly<Record<string, ErrorHint>> = {
	401: fixAndRunAgain(
		'Check the API key in the credentials. It works only after the first top-up of the account.',
	),
	429: tryLater(
		'The images per minute of your account level are used up. Lower the Concurrency option, or run again in a minute.',
	),
	1200: CHANGE_CONTENT,
	1400: CORRECT,
	1401: CORRECT,
	1402: CHECK_REFERENCES,
	1403: CORRECT,
};

const TOP_UP = fixAndRunAgain('Top up your WaveSpeedAI account, then run again.');

/** Which status an empty account gets no page says, only the words are known. */
const NO_CREDIT = /insufficient (credit|balance|fund)|top.?up/i;

/** Which of `code` and `error_code` stands in a body varies, so that the status counts. */
export function parseError(response: HttpResponse): SeedreamError {
	return errorFromResponse(NAMES, response, (_, message = '') =>
		NO_CREDIT.test(message) ? TOP_UP : lookUp(BY_CODE, String(response.status)),
	);
}

export function hintForTask(code: string | undefined): ErrorHint {
	return lookUp(BY_CODE, code) ?? LATER;
}
