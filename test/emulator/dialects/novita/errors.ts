import type { BadReference, ErrorFormatter } from '../../apiError';
import { json } from '../../http';
import type { Reply } from '../../http';
import { moderationCode, moderationMessage } from '../shared/ark/errors';

/**
 * Novita docs, api-reference/basic-error-code and guides/error: a wrong key is 403, no money is
 * 400.
 */
export const formatError: ErrorFormatter = (error) => {
	switch (error.is) {
		case 'unauthorized':
			return error.key === 'missing'
				? errorReply(400, 'MISSING_API_KEY', 'missing api key')
				: errorReply(403, 'INVALID_API_KEY', 'invalid api key');
		case 'noCredit':
			return errorReply(400, 'BILLING_BALANCE_NOT_ENOUGH', 'billing balance not enough');
		case 'modelDenied':
			return errorReply(403, 'API_NOT_ALLOWED', `api not allowed: ${error.model}`);
		case 'modelUnknown':
		case 'noRoute':
			return errorReply(404, 'API_NOT_FOUND', 'api not found');
		case 'badField':
			return errorReply(
				400,
				'INVALID_REQUEST_BODY',
				`invalid field \`${error.field}\`: ${error.message}`,
			);
		case 'badReference':
			return errorReply(400, REFERENCE_REASONS[error.what], error.message);
		case 'moderated':
			return error.what === 'prompt'
				? errorReply(400, 'ILLEGAL_PROMPT', 'illegal prompt')
				: upstream();
		case 'failed':
			return errorReply(500, error.code, error.message);
		case 'status':
			return errorReply(
				error.status,
				STATUS[error.status] ?? 'TASK_FAILED',
				`HTTP ${error.status}`,
			);
	}
};

const REFERENCE_REASONS: Readonly<Record<BadReference['what'], string>> = {
	unreachable: 'INVALID_IMAGE_FORMAT',
	format: 'INVALID_IMAGE_FORMAT',
	bytes: 'IMAGE_FILE_EXCEEDS_MAX_SIZE',
	dimensions: 'INVALID_IMAGE_SIZE',
};

const STATUS: Readonly<Record<number, string>> = {
	400: 'INVALID_REQUEST_BODY',
	401: 'FAILED_TO_AUTH',
	403: 'ACCESS_DENY',
	404: 'API_NOT_FOUND',
	429: 'RATE_LIMIT_EXCEEDED',
	503: 'SERVICE_NOT_AVAILABLE',
};

/** What the vendor says comes through as JSON text inside the message. */
function upstream(): Reply {
	const error = {
		code: moderationCode('output'),
		message: moderationMessage('output'),
		param: '',
		type: 'BadRequest',
	};
	return errorReply(500, 'TASK_FAILED', JSON.stringify({ error }));
}

function errorReply(code: number, reason: string, message: string): Reply {
	return json(code, { code, reason, message, metadata: {} });
}
