import type { ErrorFormatter } from '../../apiError';
import { json } from '../../http';
import type { Reply } from '../../http';
import type { Kind } from '../../kind';
import type { TaskError } from '../../tasks';

/**
 * What fal itself says, before a model or in its place (fal docs, Request Error Types; the words of
 * 401 and 403 as people report them).
 */
export const formatError: ErrorFormatter = (error, kind) => {
	switch (error.is) {
		case 'unauthorized':
			return error.key === 'missing'
				? detailReply(401, 'Cannot access application "bytedance". Authentication is required.')
				: replyByStatus(401, kind);
		case 'noCredit':
			return replyByStatus(403, kind);
		case 'modelDenied':
			// Nobody says how fal refuses a key that may not use a model.
			return detailReply(403, `Cannot access application "${error.model}"`);
		case 'modelUnknown':
			return detailReply(404, `Application "${error.model}" not found`);
		case 'badField':
		case 'badReference':
			return requestError(400, error.message, 'bad_request');
		case 'noRoute':
			return kind === 'query' ? replyByStatus(404, kind) : detailReply(404, 'Not Found');
		case 'status':
			return replyByStatus(error.status, kind);
		case 'moderated':
		case 'failed':
			return replyByStatus(500, kind);
	}
};

const REQUEST_ERRORS: Readonly<Record<string, number>> = {
	request_timeout: 504,
	startup_timeout: 504,
	runner_scheduling_failure: 503,
	runner_connection_timeout: 503,
	runner_disconnected: 503,
	runner_connection_refused: 503,
	runner_connection_error: 503,
	runner_incomplete_response: 502,
	runner_server_error: 500,
	internal_error: 500,
	client_disconnected: 499,
	client_cancelled: 499,
	bad_request: 400,
};

/** A model's own errors that are not 422 (fal docs, Model Errors). */
const MODEL_ERRORS: Readonly<Record<string, number>> = {
	downstream_service_error: 400,
	internal_server_error: 500,
	downstream_service_unavailable: 500,
	generation_timeout: 504,
};

/** How a task ended that failed: with the code and the body of its own, whatever a gateway says. */
export function failureReply(id: string, { code, message, details }: TaskError): Reply {
	const ofRequest = REQUEST_ERRORS[code];
	const own = { 'x-fal-request-id': id, 'x-fal-billable-units': '0' };
	if (ofRequest !== undefined) {
		const reply = requestError(ofRequest, message, code);
		return { ...reply, headers: { ...reply.headers, ...own } };
	}
	const status = MODEL_ERRORS[code] ?? 422;
	const detail = details ?? [{ loc: ['body'], msg: message, type: code }];
	return json(status, { detail }, { ...own, 'x-fal-retryable': String(status !== 422) });
}

function requestError(status: number, detail: string, type: string): Reply {
	return json(status, { detail, error_type: type }, { 'x-fal-error-type': type });
}

function detailReply(status: number, detail: string): Reply {
	return json(status, { detail });
}

function replyByStatus(status: number, kind: Kind): Reply {
	switch (status) {
		case 401:
			return detailReply(401, 'invalid key credentials');
		case 402:
		case 403:
			return detailReply(status, LOCKED);
		case 404:
			return kind === 'query'
				? json(404, { status: 'NOT_FOUND' })
				: detailReply(404, 'Application "bytedance" not found');
		case 422:
			return json(422, { detail: [{ loc: ['body'], msg: 'HTTP 422', type: 'value_error' }] });
		case 429:
			return json(
				429,
				{ detail: 'Too many concurrent requests', error_type: 'concurrent_requests_limit' },
				{ 'x-fal-needs-retry': '1' },
			);
		default:
			return status < 500 || kind === 'create'
				? detailReply(status, `HTTP ${status}`)
				: gatewayPage(status);
	}
}

const LOCKED =
	'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.';

/** What the gateway says by itself carries none of fal's headers and no `detail`. */
function gatewayPage(status: number): Reply {
	const page = `<html><head><title>${status}</title></head><body><center>nginx</center></body></html>`;
	return { is: 'bytes', status, type: 'text/html', bytes: Buffer.from(page) };
}
