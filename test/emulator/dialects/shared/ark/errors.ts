import { randomUUID } from 'node:crypto';
import type { BadField, BadReference, ErrorFormatter } from '../../../apiError';
import { json } from '../../../http';
import type { Reply } from '../../../http';

/**
 * ModelArk docs 1299023: `{"error":{code,message,param,type}}`, the request id inside the message.
 */
export const formatError: ErrorFormatter = (error) => {
	switch (error.is) {
		case 'unauthorized':
			return errorReply(
				401,
				'AuthenticationError',
				'The API key in the request is missing or invalid.',
				'Unauthorized',
			);
		case 'noCredit':
			return errorReply(
				403,
				'AccountOverdueError',
				'The request failed because your account has an overdue balance.',
				'Forbidden',
			);
		case 'modelDenied':
			return errorReply(
				404,
				'ModelNotOpen',
				`Your account has not activated the model ${error.model}.`,
				'NotFound',
			);
		case 'modelUnknown':
			return errorReply(
				404,
				'InvalidEndpointOrModel.NotFound',
				`The model or endpoint ${error.model} does not exist or you do not have access to it.`,
				'NotFound',
			);
		case 'badField':
			return fieldErrorReply(error);
		case 'badReference':
			return referenceErrorReply(error);
		case 'moderated':
			return errorReply(400, moderationCode(error.what), moderationMessage(error.what));
		case 'failed':
			return errorReply(500, error.code, error.message, 'InternalServerError');
		case 'noRoute':
			return errorReply(404, 'NotFound', `no route for ${error.method} ${error.path}`, 'NotFound');
		case 'status':
			return errorReply(
				error.status,
				STATUS[error.status] ?? 'InternalServiceError',
				`HTTP ${error.status}`,
				'',
			);
	}
};

export function moderationCode(what: 'prompt' | 'output'): string {
	return what === 'prompt'
		? 'InputTextSensitiveContentDetected'
		: 'OutputImageSensitiveContentDetected';
}

export function moderationMessage(what: 'prompt' | 'output'): string {
	return `The request failed because the ${what === 'prompt' ? 'input text' : 'output image'} may contain sensitive information.`;
}

function fieldErrorReply({ field, why, message }: BadField): Reply {
	if (why === 'missing')
		return errorReply(
			400,
			'MissingParameter',
			`The request failed because it is missing \`${field}\` parameter.`,
		);
	const detail =
		why === 'unsupported'
			? message
			: `The parameter \`${field}\` specified in the request is not valid: ${message}.`;
	return errorReply(400, 'InvalidParameter', detail);
}

function referenceErrorReply({ field, what, message }: BadReference): Reply {
	const detail = `The parameter \`${field}\` specified in the request is not valid: ${message}.`;
	return errorReply(
		400,
		what === 'format' ? 'InvalidImageURL.InvalidFormat' : 'InvalidParameter',
		detail,
	);
}

function errorReply(status: number, code: string, message: string, type = 'BadRequest'): Reply {
	return json(status, {
		error: {
			code,
			message: `${message} Request id: ${randomUUID().replaceAll('-', '')}`,
			param: '',
			type,
		},
	});
}

const STATUS: Readonly<Record<number, string>> = {
	400: 'InvalidParameter',
	401: 'AuthenticationError',
	403: 'AccessDenied',
	404: 'InvalidEndpointOrModel.NotFound',
	429: 'ModelAccountIpmRateLimitExceeded',
	500: 'InternalServiceError',
};
