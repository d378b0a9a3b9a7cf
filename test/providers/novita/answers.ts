import type { CodeRow, Synchronous } from '../fixture';
import { arkRefusal } from '../shared/modelArk/answers';

const REFERENCES = /reference images/;
const CHECK_KEY = /Check the API key/;
const TOP_UP = /Top up/;
const NOT_ALLOWED = /may not use this model.*choose another/;

/** novita.ai/docs/api-reference/basic-error-code: the reason counts, not the status. */
const CODES: readonly CodeRow[] = [
	[400, 'INVALID_REQUEST_BODY', /Correct/, false],
	[400, 'IMAGE_FILE_EXCEEDS_MAX_SIZE', REFERENCES, false],
	[400, 'INVALID_IMAGE_FORMAT', REFERENCES, false],
	[400, 'IMAGE_EXCEEDS_MAX_RESOLUTION', REFERENCES, false],
	[400, 'INVALID_IMAGE_SIZE', /size/, false],
	[400, 'ILLEGAL_PROMPT', /prompt/i, false],
	[400, 'ILLEGAL_IMAGE_CONTENT', /image/i, false],
	[400, 'BILLING_BALANCE_NOT_ENOUGH', TOP_UP, false],
	[403, 'BILLING_BALANCE_NOT_ENOUGH', TOP_UP, false],
	[400, 'MISSING_API_KEY', CHECK_KEY, false],
	[401, 'FAILED_TO_AUTH', CHECK_KEY, false],
	[403, 'INVALID_API_KEY', CHECK_KEY, false],
	[403, 'BILLING_AUTH_FAILED', CHECK_KEY, false],
	[403, 'FEATURE_NOT_ALLOWED', NOT_ALLOWED, false],
	[403, 'API_NOT_ALLOWED', NOT_ALLOWED, false],
	[403, 'ACCESS_DENY', NOT_ALLOWED, false],
	[403, 'NEED_REAL_NAME_VERIFY', /Verify your identity/, false],
	[403, 'NOT_ENOUGH_BALANCE', TOP_UP, false],
	[404, 'API_NOT_FOUND', /model/, false],
	[429, 'RATE_LIMIT_EXCEEDED', /images per minute.*Concurrency/, true],
];

function refusal(status: number, reason: string, message: string) {
	return { code: status, reason, message, metadata: {} };
}

export const synchronous: Synchronous = {
	item: { model: 'seedream-4.0', isDated: false },
	unstreamed: ['seedream-4.0'],
	fileType: 'jpeg',
	namesFailedMembers: false,
	areErrorsFree: false,
	takesBase64: false,
	links: (url) => [
		{ says: 'text in a list', body: { images: [url] } },
		{ says: 'an object with url', body: { images: [{ url }] } },
		{ says: 'an object with image_url', body: { images: [{ image_url: url }] } },
		{
			says: 'an object with an empty url and an image_url',
			body: { images: [{ url: '', image_url: url }] },
		},
		{ says: 'text without a list', body: { images: url } },
	],
	embedded: (base64) => [
		{ says: 'a data URI', body: { images: [`data:image/png;base64,${base64}`] } },
		{
			says: 'a data URI that says JPEG of a PNG',
			body: { images: [`data:image/jpeg;base64,${base64}`] },
		},
		{ says: 'bare base64', body: { images: [base64] } },
		{ says: 'an object with b64_json', body: { images: [{ b64_json: base64 }] } },
		{
			says: 'an object with a data URI as url',
			body: { images: [{ url: `data:image/png;base64,${base64}` }] },
		},
	],
	refusal,
	wrongKey: { httpStatus: 403, code: 'INVALID_API_KEY', advice: CHECK_KEY },
	noCredit: { httpStatus: 400, code: 'BILLING_BALANCE_NOT_ENOUGH', advice: TOP_UP },
	notAllowed: { httpStatus: 403, code: 'API_NOT_ALLOWED', advice: NOT_ALLOWED },
	unknownModel: { httpStatus: 404, advice: /model/ },
	moderatedReference: 'ILLEGAL_IMAGE_CONTENT',
	codes: CODES,
	troubles: [
		[500, 'BILLING_FAILED'],
		[500, 'CREATE_TASK_FAILED'],
		[500, 'GET_RESULT_FAILED'],
		[500, 'TASK_FAILED'],
		[503, 'SERVICE_NOT_AVAILABLE'],
	],
	passedOn: (code, message) => [
		{
			says: 'as JSON text inside the message',
			body: refusal(400, 'TASK_FAILED', JSON.stringify(arkRefusal(400, code, message))),
		},
		{ says: 'as it came from there', body: arkRefusal(400, code, message) },
	],
};
