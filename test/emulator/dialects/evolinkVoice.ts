import { json } from '../http';
import type { Kind, Reply } from '../http';
import type { TaskError } from '../tasks';
import type { Trouble, Voice } from '../trouble';

/** EvoLink docs, error responses of image-series/seedream, task-management/get-task-detail and integration-guide/pi. */
export const say: Voice = (trouble, kind) => {
	switch (trouble.is) {
		case 'unauthorized':
			return kind === 'credits' ? creditsStatus(401) : byStatus(401, kind);
		case 'noCredit':
			return byStatus(402, kind);
		case 'modelDenied':
			return refuse(
				403,
				'model_access_denied',
				'invalid_request_error',
				`Token does not have access to model: ${trouble.model}`,
			);
		case 'modelUnknown':
			return refuse(
				404,
				'model_not_found',
				'invalid_request_error',
				`Model '${trouble.model}' is not available for this API key. Call GET /v1/models to list the available models.`,
			);
		case 'badField':
		case 'badReference':
			return refuse(
				400,
				'invalid_request',
				'invalid_request_error',
				trouble.message,
				trouble.field,
			);
		case 'noRoute':
			return refuse(
				404,
				'',
				'invalid_request_error',
				`Invalid URL (${trouble.method} ${trouble.path})`,
			);
		case 'status':
			return kind === 'credits' ? creditsStatus(trouble.status) : byStatus(trouble.status, kind);
		case 'moderated':
		case 'failed':
			return byStatus(500, kind);
	}
};

/** How the same troubles are told by a task (EvoLink docs, task-management/error-codes). */
export function taskError(trouble: Trouble): TaskError {
	if (trouble.is === 'moderated') {
		return {
			code: 'content_policy_violation',
			message:
				'Content policy violation.\nYour request was blocked by safety filters. Please modify your prompt or image and try again.',
		};
	}
	if (trouble.is === 'badReference') {
		const outOfRange = trouble.what === 'bytes' || trouble.what === 'dimensions';
		return {
			code: outOfRange ? 'invalid_parameters' : 'image_processing_error',
			message: trouble.message,
		};
	}
	if (trouble.is === 'badField') return { code: 'invalid_parameters', message: trouble.message };
	return { code: 'service_error', message: 'Internal service error' };
}

export function refuse(
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

type Words = readonly [code: string, type: string, message: string];

const STATUS: Readonly<Record<number, Words>> = {
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

const QUERY_STATUS: Readonly<Record<number, Words>> = {
	402: ['quota_exceeded', 'insufficient_quota', 'Quota exceeded'],
	403: ['permission_denied', 'invalid_request_error', 'No permission to access this task'],
	404: ['task_not_found', 'invalid_request_error', 'Task not found'],
};

export function byStatus(status: number, kind: Kind): Reply {
	const words = (kind === 'query' ? QUERY_STATUS[status] : undefined) ?? STATUS[status];
	const [code, type, message] = words ?? [`http_${status}`, 'api_error', `HTTP ${status}`];
	return refuse(status, code, type, message);
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
function creditsStatus(status: number): Reply {
	const [type, message, suggestion] = CREDITS_STATUS[status] ?? [
		'internal_server_error',
		`HTTP ${status}`,
	];
	const more = suggestion === undefined ? {} : { fallback_suggestion: suggestion };
	return json(status, { error: { code: status, message, type, ...more } });
}
