import { randomUUID } from 'node:crypto';
import { json } from '../http';
import type { Reply } from '../http';
import type { BadField, BadReference, Voice } from '../trouble';

/** ModelArk docs 1299023: `{"error":{code,message,param,type}}`, the request id inside the message. */
export const say: Voice = (trouble) => {
	switch (trouble.is) {
		case 'unauthorized':
			return refuse(
				401,
				'AuthenticationError',
				'The API key in the request is missing or invalid.',
				'Unauthorized',
			);
		case 'noCredit':
			return refuse(
				403,
				'AccountOverdueError',
				'The request failed because your account has an overdue balance.',
				'Forbidden',
			);
		case 'modelDenied':
			return refuse(
				404,
				'ModelNotOpen',
				`Your account has not activated the model ${trouble.model}.`,
				'NotFound',
			);
		case 'modelUnknown':
			return refuse(
				404,
				'InvalidEndpointOrModel.NotFound',
				`The model or endpoint ${trouble.model} does not exist or you do not have access to it.`,
				'NotFound',
			);
		case 'badField':
			return refuseField(trouble);
		case 'badReference':
			return refuseReference(trouble);
		case 'moderated':
			return refuse(400, moderationCode(trouble.what), moderationMessage(trouble.what));
		case 'failed':
			return refuse(500, trouble.code, trouble.message, 'InternalServerError');
		case 'noRoute':
			return refuse(404, 'NotFound', `no route for ${trouble.method} ${trouble.path}`, 'NotFound');
		case 'status':
			return refuse(
				trouble.status,
				STATUS[trouble.status] ?? 'InternalServiceError',
				`HTTP ${trouble.status}`,
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

function refuseField({ field, why, message }: BadField): Reply {
	if (why === 'missing')
		return refuse(
			400,
			'MissingParameter',
			`The request failed because it is missing \`${field}\` parameter.`,
		);
	const detail =
		why === 'unsupported'
			? message
			: `The parameter \`${field}\` specified in the request is not valid: ${message}.`;
	return refuse(400, 'InvalidParameter', detail);
}

function refuseReference({ field, what, message }: BadReference): Reply {
	const detail = `The parameter \`${field}\` specified in the request is not valid: ${message}.`;
	return refuse(
		400,
		what === 'format' ? 'InvalidImageURL.InvalidFormat' : 'InvalidParameter',
		detail,
	);
}

function refuse(status: number, code: string, message: string, type = 'BadRequest'): Reply {
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
