import type { ApiError, ErrorFormatter } from '../../apiError';
import { json } from '../../http';
import type { Reply } from '../../http';
import type { TaskError } from '../../tasks';

/**
 * A refusal comes with HTTP status 200, its code is in the body. Which code a wrong field gets is not
 * documented: 422 was seen where one is missing, 500 where its value is wrong.
 */
export const formatError: ErrorFormatter = (error, kind) => {
	switch (error.is) {
		case 'unauthorized':
			return refusal(401, kind === 'query' ? 'Unauthorized' : NO_ACCESS);
		// What a key is told that may not use a model is not documented.
		case 'modelDenied':
			return refusal(401, NO_ACCESS);
		case 'noCredit':
			return refusal(402, NO_CREDIT);
		case 'modelUnknown':
			return refusal(422, MODEL_UNKNOWN);
		case 'badField':
			return error.why === 'missing'
				? refusal(422, `${error.field} cannot be empty`)
				: refusal(500, error.message);
		// From here on the HTTP status says it too: it is not the API that answers.
		case 'noRoute':
			return json(404, { code: 404, msg: 'No message available', data: null });
		case 'status': {
			const { status: code } = error;
			return json(code, { code, msg: TEXTS[code] ?? `HTTP ${code}`, data: null });
		}
		case 'badReference':
		case 'moderated':
		case 'failed':
			return refusal(500, SERVER_ERROR);
	}
};

export function refusal(code: number, msg: string): Reply {
	return json(200, { code, msg, data: null });
}

const NO_ACCESS = 'You do not have access permissions';
const NO_CREDIT = 'The current credits are insufficient. Please top up.';
const MODEL_UNKNOWN =
	'The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.';
const SERVER_ERROR = 'Server Error - An unexpected error occurred while processing the request';

/** Kie.ai docs, market/common/get-task-detail, and the tables of codes on the pages of the models. */
const TEXTS: Readonly<Record<number, string>> = {
	400: 'taskId parameter is required',
	401: NO_ACCESS,
	402: NO_CREDIT,
	404: 'Task not found',
	408: 'Upstream timeout',
	422: 'Validation Error',
	429: 'Rate limit exceeded',
	433: 'Sub-key usage exceeds the limit',
	455: 'Service Unavailable - System is currently undergoing maintenance',
	500: SERVER_ERROR,
	501: 'Generation Failed',
	505: 'Feature Disabled',
};

/**
 * The codes of a failed task are those of the API, as text. What it says is what the models' maker
 * says: a filter is known by such words alone.
 */
export function formatTaskError(error: ApiError): TaskError {
	switch (error.is) {
		case 'moderated':
			return {
				code: '501',
				message: `The request failed because the ${error.what === 'prompt' ? 'input text' : 'output image'} may contain sensitive information.`,
			};
		case 'badReference':
		case 'badField':
			return { code: '422', message: error.message };
		default:
			return { code: '500', message: 'Internal Error, Please try again later.' };
	}
}
