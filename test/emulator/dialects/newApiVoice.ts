import { randomUUID } from 'node:crypto';
import { json } from '../http';
import type { Reply } from '../http';
import type { Voice } from '../trouble';
import { moderationCode, moderationMessage } from './arkVoice';

/**
 * Errors of a new-api relay (QuantumNous/new-api). Tokaify's pages and answers match that program, and UniAll documents no
 * errors at all, so both are taken to speak like it.
 */
export const say: Voice = (trouble) => {
	switch (trouble.is) {
		case 'unauthorized':
			return refuse(401, '', 'Invalid token');
		case 'noCredit':
			return refuse(403, 'insufficient_user_quota', 'user quota is not enough');
		case 'modelDenied':
			return refuse(403, 'access_denied', `This token has no access to model ${trouble.model}`);
		case 'modelUnknown':
			return refuse(
				503,
				'model_not_found',
				`No available channel for model ${trouble.model} under group default (distributor)`,
			);
		case 'badField':
			return refuse(
				400,
				'invalid_request',
				`${trouble.field}: ${trouble.message}`,
				'invalid_request_error',
				trouble.field,
			);
		case 'badReference':
			return refuse(400, 'InvalidParameter', trouble.message, 'upstream_error', trouble.field);
		case 'moderated':
			return refuse(
				400,
				moderationCode(trouble.what),
				moderationMessage(trouble.what),
				'upstream_error',
			);
		case 'failed':
			return refuse(500, trouble.code, trouble.message, 'upstream_error');
		case 'noRoute':
			return refuse(
				404,
				'',
				`Invalid URL (${trouble.method} ${trouble.path})`,
				'invalid_request_error',
			);
		case 'status':
			return refuse(
				trouble.status,
				'bad_response_status_code',
				`bad response status code ${trouble.status}`,
				'upstream_error',
			);
	}
};

function refuse(
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
