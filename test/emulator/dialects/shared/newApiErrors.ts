import { randomUUID } from 'node:crypto';
import type { ErrorFormatter } from '../../apiError';
import { json } from '../../http';
import type { Reply } from '../../http';
import { moderationCode, moderationMessage } from './ark/errors';

/**
 * Errors of a new-api relay (QuantumNous/new-api). Tokaify's pages and answers match that program,
 * and UniAll documents no errors at all, so both are taken to speak like it.
 */
export const formatError: ErrorFormatter = (error) => {
	switch (error.is) {
		case 'unauthorized':
			return errorReply(401, '', 'Invalid token');
		case 'noCredit':
			return errorReply(403, 'insufficient_user_quota', 'user quota is not enough');
		case 'modelDenied':
			return errorReply(403, 'access_denied', `This token has no access to model ${error.model}`);
		case 'modelUnknown':
			return errorReply(
				503,
				'model_not_found',
				`No available channel for model ${error.model} under group default (distributor)`,
			);
		case 'badField':
			return errorReply(
				400,
				'invalid_request',
				`${error.field}: ${error.message}`,
				'invalid_request_error',
				error.field,
			);
		case 'badReference':
			return errorReply(400, 'InvalidParameter', error.message, 'upstream_error', error.field);
		case 'moderated':
			return errorReply(
				400,
				moderationCode(error.what),
				moderationMessage(error.what),
				'upstream_error',
			);
		case 'failed':
			return errorReply(500, error.code, error.message, 'upstream_error');
		case 'noRoute':
			return errorReply(
				404,
				'',
				`Invalid URL (${error.method} ${error.path})`,
				'invalid_request_error',
			);
		case 'status':
			return errorReply(
				error.status,
				'bad_response_status_code',
				`bad response status code ${error.status}`,
				'upstream_error',
			);
	}
};

function errorReply(
	status: number,
	code: string,
	message: string,
	type = 'new_api_error',
	param = '',
): Reply {
	const id = randomUUID().replaceAll('-', '');
	const error = { message: `${message} (request id: ${id})`, type, param, code };
	return json(status, { error }, { 'x-oneapi-request-id': id });
}
