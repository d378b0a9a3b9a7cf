import { json } from '../http';
import type { Reply } from '../http';
import type { BadReference, Voice } from '../trouble';
import { moderationCode, moderationMessage } from './arkVoice';

/** Novita docs, api-reference/basic-error-code and guides/error: a wrong key is 403, no money is 400. */
export const say: Voice = (trouble) => {
	switch (trouble.is) {
		case 'unauthorized':
			return trouble.key === 'missing'
				? refuse(400, 'MISSING_API_KEY', 'missing api key')
				: refuse(403, 'INVALID_API_KEY', 'invalid api key');
		case 'noCredit':
			return refuse(400, 'BILLING_BALANCE_NOT_ENOUGH', 'billing balance not enough');
		case 'modelDenied':
			return refuse(403, 'API_NOT_ALLOWED', `api not allowed: ${trouble.model}`);
		case 'modelUnknown':
		case 'noRoute':
			return refuse(404, 'API_NOT_FOUND', 'api not found');
		case 'badField':
			return refuse(
				400,
				'INVALID_REQUEST_BODY',
				`invalid field \`${trouble.field}\`: ${trouble.message}`,
			);
		case 'badReference':
			return refuse(400, REFERENCE_REASONS[trouble.what], trouble.message);
		case 'moderated':
			return trouble.what === 'prompt'
				? refuse(400, 'ILLEGAL_PROMPT', 'illegal prompt')
				: upstream();
		case 'failed':
			return refuse(500, trouble.code, trouble.message);
		case 'status':
			return refuse(
				trouble.status,
				STATUS[trouble.status] ?? 'TASK_FAILED',
				`HTTP ${trouble.status}`,
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
	return refuse(500, 'TASK_FAILED', JSON.stringify({ error }));
}

function refuse(code: number, reason: string, message: string): Reply {
	return json(code, { code, reason, message, metadata: {} });
}
