import type { ErrorHint, SeedreamError } from '../../errors';
import type { HttpResponse } from '../../http';
import { asObject, propertyOf } from '../../objects';
import { errorFromResponse, type ErrorBody } from '../dialects/errorBody';
import {
	CHANGE_CONTENT,
	CHECK_REFERENCES,
	CORRECT,
	fixAndRunAgain,
	LATER,
} from '../dialects/errorHints';
import type { Provider } from '../provider';

const TOP_UP = fixAndRunAgain('Top up your balance at fal.ai/dashboard/billing, then run again.');

/** fal docs, Model Errors: what was shown or said, files, and fields of the request. */
const BY_TYPE: ReadonlyArray<readonly [types: RegExp, hint: ErrorHint]> = [
	[/^(content_policy|no_media)_/, CHANGE_CONTENT],
	[/^(image|file|unsupported_image)_/, CHECK_REFERENCES],
	[
		/^(missing|value_error|one_of|(greater|less)_than|multiple_of|sequence_too|feature_not|bad_request)/,
		CORRECT,
	],
];

function hintFor(type = '', message = ''): ErrorHint | undefined {
	const known = BY_TYPE.find(([types]) => types.test(type));
	return known?.[1] ?? (/exhausted balance/i.test(message) ? TOP_UP : undefined);
}

export function hintForTask(type: string | undefined): ErrorHint {
	return hintFor(type) ?? LATER;
}

/**
 * What an error says: `detail` in words, with the type beside it, or as a list of all that is wrong. What was
 * sent stands in it too (`input`), and is not told.
 */
export function readError(body: unknown): ErrorBody {
	const { detail, error_type: type } = asObject(body) ?? {};
	const all = Array.isArray(detail) ? detail : [];
	const message = typeof detail === 'string' ? detail : all.flatMap(wordsOf).join('; ');
	const code = type ?? propertyOf(all[0], 'type');
	const isCode = typeof code === 'string' && code !== '';
	return { ...(isCode && { code }), ...(message && { message }) };
}

function wordsOf(problem: unknown): string[] {
	const { loc, msg } = asObject(problem) ?? {};
	if (typeof msg !== 'string') return [];
	const place = Array.isArray(loc) ? loc.slice(1).join('.') : '';
	return [place ? `${place}: ${msg}` : msg];
}

export function parseError(
	provider: Pick<Provider, 'id' | 'name'>,
	response: HttpResponse,
): SeedreamError {
	return errorFromResponse(provider, response, hintFor, readError(response.body));
}
