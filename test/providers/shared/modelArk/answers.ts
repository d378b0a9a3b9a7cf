import type { CodeRow, DocumentedAnswers, Synchronous } from '../../fixture';
import { MODERATED, MODERATED_INPUT, MODERATED_OUTPUT, MODERATED_PROMPT } from '../moderation';
import type { Seller } from './seller';

const ANSWER = {
	model: 'seedream-4-5-251128',
	created: 1757323224,
	data: [{ url: 'https://x.test/1.jpeg', size: '1760x2368' }],
	usage: { generated_images: 1, output_tokens: 16280, total_tokens: 16280 },
};

const REASON = 'The parameter `size` specified in the request is not valid.';

export const ARK_ANSWERS: DocumentedAnswers = {
	accepted: ANSWER,
	finished: ANSWER,
	images: 1,
	refused: { error: { code: 'InvalidParameter', message: REASON, param: '', type: '' } },
	reason: REASON,
};

const CORRECT = /Correct what the message names/;
const NOT_OPEN = /Activate the model.*or choose another/;
const CHECK_KEY = /Check the API key.*one region/;
const PAY = /unpaid bill.*Pay it/;
const MANY_REQUESTS = /Too many requests.*Concurrency/;
const MANY_TOKENS = /tokens per minute.*Concurrency/;

/** ModelArk docs 1299023. Each kind of rate limit has words of its own. */
const CODES: readonly CodeRow[] = [
	[400, 'MissingParameter', CORRECT, false],
	[400, 'InvalidParameter', CORRECT, false],
	[
		400,
		'InvalidImageURL.EmptyURL',
		/reference image could not be fetched.*as a binary field/,
		false,
	],
	[400, 'InvalidImageURL.InvalidFormat', /reference image/, false],
	[400, 'InputTextSensitiveContentDetected', MODERATED_PROMPT, false],
	[400, 'InputTextSensitiveContentDetected.PolicyViolation', MODERATED_PROMPT, false],
	[400, 'InputTextRiskDetection', MODERATED_PROMPT, false],
	[400, 'InputImageSensitiveContentDetected', MODERATED_INPUT, false],
	[400, 'InputImageSensitiveContentDetected.PolicyViolation', MODERATED_INPUT, false],
	[400, 'InputImageSensitiveContentDetected.PrivacyInformation', MODERATED_INPUT, false],
	[400, 'InputImageRiskDetection', MODERATED_INPUT, false],
	[400, 'OutputImageSensitiveContentDetected', MODERATED_OUTPUT, true],
	[400, 'OutputImageSensitiveContentDetected.DeepFake', MODERATED_OUTPUT, true],
	[400, 'OutputImageRiskDetection', MODERATED_OUTPUT, true],
	[400, 'SensitiveContentDetected', MODERATED, false],
	[400, 'SensitiveContentDetected.SevereViolation', MODERATED, false],
	[401, 'AuthenticationError', CHECK_KEY, false],
	[403, 'AccountOverdueError', PAY, false],
	[403, 'AccessDenied', /Allow the API key to use this model/, false],
	[403, 'OperationDenied.ServiceNotOpen', /console/, false],
	[404, 'InvalidEndpointOrModel.NotFound', NOT_OPEN, false],
	[404, 'ModelNotOpen', NOT_OPEN, false],
	[404, 'ModelIDAccessDisabled', NOT_OPEN, false],
	[404, 'UnsupportedModel', NOT_OPEN, false],
	[429, 'RateLimitExceeded.EndpointRPMExceeded', MANY_REQUESTS, true],
	[429, 'RateLimitExceeded.EndpointTPMExceeded', MANY_TOKENS, true],
	[429, 'ModelAccountIpmRateLimitExceeded', /images per minute.*Concurrency/, true],
	[429, 'ModelAccountRpmRateLimitExceeded', MANY_REQUESTS, true],
	[429, 'ModelAccountTpmRateLimitExceeded', MANY_TOKENS, true],
	[429, 'APIAccountRpmRateLimitExceeded', MANY_REQUESTS, true],
	[429, 'AccountRateLimitExceeded', MANY_REQUESTS, true],
	[429, 'RequestBurstTooFast', MANY_REQUESTS, true],
	[429, 'InflightBatchsizeExceeded', MANY_REQUESTS, true],
	[429, 'ServerOverloaded', /overloaded.*again in a few minutes/, true],
	[429, 'QuotaExceeded', /quota.*Raise it/, false],
	[429, 'SetLimitExceeded', /spending limit.*Raise it/, false],
];

export function arkRefusal(_: number, code: string, message: string) {
	return { error: { code, message, param: '', type: 'BadRequest' } };
}

/** What an answer says of so many images of 2048x2048. */
export function arkDetails(images: number) {
	const tokens = 16384 * images;
	return {
		width: 2048,
		height: 2048,
		usage: { generated_images: images, output_tokens: tokens, total_tokens: tokens },
	};
}

/** How one answers who has the whole API of the models' maker. */
export function arkSynchronous({ ids, linkHours, areErrorsFree, sameAs }: Seller): Synchronous {
	const item = {
		model: ids['seedream-4.0'],
		isDated: true,
		...(linkHours !== undefined && { linkHours }),
		rest: arkDetails,
	};
	return {
		item,
		streamed: item,
		unstreamed: ['seedream-5.0-pro', 'seedream-5.0-flash', 'seedream-5.5'],
		fileType: 'jpeg',
		namesFailedMembers: true,
		areErrorsFree,
		takesBase64: true,
		links: (url) => [
			{ says: 'an object in a list', body: { created: 1, data: [{ url, size: '2048x2048' }] } },
			{
				says: 'a transparent one of 5.5, which says so',
				body: {
					created: 1,
					data: [{ url, size: '2048x2048', output_format: 'png', background: 'transparent' }],
				},
			},
		],
		embedded: (base64) => [
			{ says: 'b64_json', body: { created: 1, data: [{ b64_json: base64, size: '40x30' }] } },
		],
		refusal: arkRefusal,
		wrongKey: { httpStatus: 401, code: 'AuthenticationError', advice: CHECK_KEY },
		noCredit: { httpStatus: 403, code: 'AccountOverdueError', advice: PAY },
		notAllowed: { httpStatus: 404, code: 'ModelNotOpen', advice: NOT_OPEN },
		unknownModel: { httpStatus: 404, code: 'InvalidEndpointOrModel.NotFound', advice: NOT_OPEN },
		moderatedReference: 'InputImageSensitiveContentDetected',
		codes: sameAs === undefined ? CODES : [],
		troubles: [[500, 'InternalServiceError']],
	};
}
