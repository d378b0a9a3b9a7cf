import type { ApiError, ErrorFormatter } from '../../apiError';
import { json } from '../../http';
import type { Reply } from '../../http';
import type { TaskError } from '../../tasks';

/**
 * WaveSpeedAI docs, REST API and Error Codes. What it says where the money is gone, and which
 * status a model has that is none, no page tells: the texts here are those of third parties.
 */
export const formatError: ErrorFormatter = (error) => {
	switch (error.is) {
		case 'unauthorized':
			return replyByStatus(401);
		case 'noCredit':
			return errorReply(402, 'Insufficient credits. Please top up your account.');
		case 'modelDenied':
			return replyByStatus(403);
		case 'modelUnknown':
			return errorReply(404, `model ${error.model} not found`);
		case 'badField':
			return errorReply(400, `${error.field}: ${error.message}`);
		case 'badReference':
			return errorReply(400, error.message);
		case 'noRoute':
			return errorReply(404, `no route for ${error.method} ${error.path}`);
		case 'status':
			return replyByStatus(error.status);
		case 'moderated':
		case 'failed':
			return replyByStatus(500);
	}
};

/** What has gone wrong with a task (docs, Error Codes): a number, but 0. */
export function formatTaskError(error: ApiError): TaskError {
	switch (error.is) {
		case 'moderated':
			return { code: '1200', message: 'The content contains sensitive information.' };
		case 'badField':
			return { code: '1401', message: error.message };
		case 'badReference':
			return { code: '1402', message: error.message };
		default:
			return { code: '5000', message: 'An internal error occurred.' };
	}
}

const STATUS: Readonly<Record<number, string>> = {
	400: 'Bad request',
	401: 'Unauthorized: invalid API key',
	403: 'Forbidden: your account or role is not permitted to do this',
	404: 'task not found',
	413: 'Request entity too large',
	429: 'Too Many Requests',
	500: 'Internal server error',
	504: 'Gateway timeout',
};

export function replyByStatus(status: number): Reply {
	return errorReply(status, STATUS[status] ?? `HTTP ${status}`);
}

function errorReply(code: number, message: string): Reply {
	// Some answers have `error_code` in place of `code`; which, is not said.
	return json(code, code === 403 ? { message, error_code: code } : { code, message });
}
