import type { ApiError, ErrorFormatter } from '../../apiError';
import { json } from '../../http';
import type { Reply } from '../../http';
import type { Kind } from '../../kind';
import type { TaskError } from '../../tasks';

/**
 * EvoLink docs, error responses of image-series/seedream, task-management/get-task-detail and
 * integration-guide/pi.
 */
export const formatError: ErrorFormatter = (error, kind) => {
	switch (error.is) {
		case 'unauthorized':
			return kind === 'credits' ? creditsReplyByStatus(401) : replyByStatus(401, kind);
		case 'noCredit':
			return replyByStatus(402, kind);
		case 'modelDenied':
			return errorReply(
				403,
				'model_access_denied',
				'invalid_request_error',
				`Token does not have access to model: ${error.model}`,
			);
		case 'modelUnknown':
			return errorReply(
				404,
				'model_not_found',
				'invalid_request_error',
				`Model '${error.model}' is not available for this API key. Call GET /v1/models to list the available models.`,
			);
		case 'badField':
		case 'badReference':
			return errorReply(
				400,
				'invalid_request',
				'invalid_request_error',
				error.message,
				error.field,
			);
		case 'noRoute':
			return errorReply(
				404,
				'',
				'invalid_request_error',
				`Invalid URL (${error.method} ${error.path})`,
			);
		case 'status':
			return kind === 'credits'
				? creditsReplyByStatus(error.status)
				: replyByStatus(error.status, kind);
		case 'moderated':
		case 'failed':
			return replyByStatus(500, kind);
	}
};

/** The same errors as those of a task (EvoLink docs, task-management/error-codes). */
export function formatTaskError(error: ApiError): TaskError {
	if (error.is === 'moderated') {
		return {
			code: 'content_policy_violation',
			message:
				'Content policy violation.\nYour request was blocked by safety filters. Please modify your prompt or image and try again.',
		};
	}
	if (error.is === 'badReference') {
		const outOfRange = error.what === 'bytes' || error.what === 'dimensions';
		return {
			code: outOfRange ? 'invalid_parameters' : 'image_processing_error',
			message: error.message,
		};
	}
	if (error.is === 'badField') return { code: 'invalid_parameters', message: error.message };
	return { code: 'service_error', message: 'Internal service error' };
}

export function errorReply(
	status: number,
	code: string | number,
	type: string,
	message: string,
	param?: string,
): Reply {
	return json(status, {
		error: { code, message, type, ...(param === undefined ? {} : { param }) },
	});
}

type ErrorText = readonly [code: string, type: string, message: string];

const STATUS: Readonly<Record<number, ErrorText>> = {
	400: ['invalid_request', 'invalid_request_error', 'Invalid request parameters'],
	401: ['unauthorized', 'authentication_error', 'Invalid or expired token'],
	402: [
		'insufficient_quota',
		'insufficient_quota',
		'Insufficient quota. Please top up your account.',
	],
	403: ['model_access_denied', 'invalid_request_error', 'Token does not have access to the model'],
	413: ['payload_too_large', 'invalid_request_error', 'Payload too large'],
	429: ['rate_limit_exceeded', 'rate_limit_error', 'Too many requests, please try again later'],
	500: ['internal_error', 'api_error', 'Internal server error'],
	502: ['service_unavailable', 'api_error', 'Service temporarily unavailable'],
	503: ['service_unavailable', 'api_error', 'Service temporarily unavailable'],
};

const QUERY_STATUS: Readonly<Record<number, ErrorText>> = {
	402: ['quota_exceeded', 'insufficient_quota', 'Quota exceeded'],
	403: ['permission_denied', 'invalid_request_error', 'No permission to access this task'],
	404: ['task_not_found', 'invalid_request_error', 'Task not found'],
};

export function replyByStatus(status: number, kind: Kind): Reply {
	const text = (kind === 'query' ? QUERY_STATUS[status] : undefined) ?? STATUS[status];
	const [code, type, message] = text ?? [`http_${status}`, 'api_error', `HTTP ${status}`];
	return errorReply(status, code, type, message);
}

const CREDITS_STATUS: Readonly<
	Record<number, readonly [type: string, message: string, suggestion?: string]>
> = {
	400: ['invalid_request_error', 'Invalid request parameters'],
	401: ['authentication_error', 'Invalid or expired token'],
	403: ['permission_error', 'Permission denied'],
	429: ['rate_limit_error', 'Rate limit exceeded', 'retry after 60 seconds'],
	500: ['internal_server_error', 'Internal server error'],
	502: ['upstream_error', 'Upstream service error'],
	503: ['service_unavailable_error', 'Service temporarily unavailable', 'retry after 30 seconds'],
};

/** On /v1/credits the code is a number (EvoLink docs, account-management/get-credits). */
function creditsReplyByStatus(status: number): Reply {
	const [type, message, suggestion] = CREDITS_STATUS[status] ?? [
		'internal_server_error',
		`HTTP ${status}`,
	];
	const more = suggestion === undefined ? {} : { fallback_suggestion: suggestion };
	return json(status, { error: { code: status, message, type, ...more } });
}
