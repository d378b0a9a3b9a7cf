import type { ApiError, ErrorFormatter } from '../../apiError';
import { json } from '../../http';
import type { Reply } from '../../http';
import type { TaskError } from '../../tasks';
import type { InvalidField } from './validation';

/**
 * Replicate docs, HTTP API reference and Error codes; what they do not print is in the words of
 * answers that its users show.
 */
export const formatError: ErrorFormatter = (error) => {
	switch (error.is) {
		case 'unauthorized':
			return error.key === 'missing'
				? problem(401, 'You did not pass an authentication token', 'Unauthenticated')
				: replyByStatus(401);
		case 'noCredit':
			return replyByStatus(402);
		case 'modelDenied':
			return problem(
				422,
				"The specified version does not exist (or perhaps you don't have permission to use it?)",
				'Invalid version or not permitted',
			);
		case 'modelUnknown':
		case 'noRoute':
			return replyByStatus(404);
		case 'badField':
		case 'badReference':
			return invalidReply([{ type: 'invalid', field: error.field, description: error.message }]);
		case 'status':
			return replyByStatus(error.status);
		case 'moderated':
		case 'failed':
			return replyByStatus(500);
	}
};

export function invalidReply(invalid: readonly InvalidField[]): Reply {
	const lines = invalid.map(({ field, description }) =>
		field === '' ? `- ${description}\n` : `- ${field}: ${description}\n`,
	);
	return json(422, {
		detail: lines.join(''),
		status: 422,
		title: 'Input validation failed',
		invalid_fields: invalid,
	});
}

function problem(status: number, detail: string, title?: string): Reply {
	return json(status, { ...(title !== undefined && { title }), detail, status });
}

/** A page of what stands before the API. */
const TOO_LARGE = '<html><head><title>413 Request Entity Too Large</title></head></html>';

/** Seconds; tries before that count against the limit. */
const RETRY_AFTER = 1;

export function replyByStatus(status: number): Reply {
	switch (status) {
		case 401:
			return problem(401, 'You did not pass a valid authentication token', 'Unauthenticated');
		case 402:
			return problem(
				402,
				'You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit.',
				'Insufficient credit',
			);
		case 404:
			return problem(404, 'The requested resource could not be found.');
		case 413:
			return { is: 'bytes', status, type: 'text/html', bytes: Buffer.from(TOO_LARGE) };
		case 422:
			return invalidReply([{ type: 'invalid', field: 'input', description: 'Invalid' }]);
		case 429:
			return json(429, {
				detail: `Request was throttled. Your rate limit resets in ~${RETRY_AFTER}s.`,
				status,
				retry_after: RETRY_AFTER,
			});
		default:
			return problem(status, `HTTP ${status}`);
	}
}

const FLAGGED =
	'The input or output was flagged as sensitive. Please try again with different inputs.';

/** The same errors as those of a prediction, which has prose for them and a code within it at most. */
export function formatTaskError(error: ApiError): TaskError {
	if (error.is === 'moderated') return { code: 'E005', message: FLAGGED };
	return { code: '', message: 'message' in error ? error.message : 'Internal error' };
}
