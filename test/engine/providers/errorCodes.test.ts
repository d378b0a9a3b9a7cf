import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Provider } from '../../emulator';
import { startOtherServer } from '../otherServer';
import { ARK, BOAT, failureOf, NAMES, paidRequests, SYNCHRONOUS, type Failure } from './support';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

type Row = readonly [status: number, code: string, advice: RegExp, retryable: boolean];

const SAID = 'Something of the provider, said in its own words.';

async function refusedWith(provider: Provider, status: number, body: unknown): Promise<Failure> {
	emulator.addFault({
		on: 'create',
		provider,
		status,
		body,
		...(status === 429 && { retryAfter: 0 }),
	});
	return await failureOf(emulator, BOAT, { provider });
}

const MODERATED_PROMPT = /prompt was refused by moderation.*Change its wording/;
const MODERATED_INPUT = /reference image was refused by moderation.*Use another image/;
const MODERATED_OUTPUT = /image that was made was refused by moderation.*may pass/;
const MODERATED = /Moderation refused the request/;
const NOT_OPEN = /Activate the model.*or choose another/;

/** ModelArk docs 1299023. */
const ARK_CODES: Row[] = [
	[400, 'MissingParameter', /Correct what the message names/, false],
	[400, 'InvalidParameter', /Correct what the message names/, false],
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
	[400, 'SensitiveContentDetected', MODERATED, false],
	[400, 'SensitiveContentDetected.SevereViolation', MODERATED, false],
	[401, 'AuthenticationError', /Check the API key.*one region/, false],
	[403, 'AccountOverdueError', /unpaid bill.*Pay it/, false],
	[403, 'AccessDenied', /Allow the API key to use this model/, false],
	[403, 'OperationDenied.ServiceNotOpen', /console/, false],
	[404, 'InvalidEndpointOrModel.NotFound', NOT_OPEN, false],
	[404, 'ModelNotOpen', NOT_OPEN, false],
	[404, 'ModelIDAccessDisabled', NOT_OPEN, false],
	[404, 'UnsupportedModel', NOT_OPEN, false],
];

/** Each kind of rate limit in words of its own. */
const ARK_LIMITS: Row[] = [
	[429, 'RateLimitExceeded.EndpointRPMExceeded', /Too many requests.*Concurrency/, true],
	[429, 'RateLimitExceeded.EndpointTPMExceeded', /tokens per minute.*Concurrency/, true],
	[429, 'ModelAccountIpmRateLimitExceeded', /images per minute.*Concurrency/, true],
	[429, 'ModelAccountRpmRateLimitExceeded', /Too many requests.*Concurrency/, true],
	[429, 'ModelAccountTpmRateLimitExceeded', /tokens per minute.*Concurrency/, true],
	[429, 'APIAccountRpmRateLimitExceeded', /Too many requests.*Concurrency/, true],
	[429, 'AccountRateLimitExceeded', /Too many requests.*Concurrency/, true],
	[429, 'RequestBurstTooFast', /Too many requests.*Concurrency/, true],
	[429, 'InflightBatchsizeExceeded', /Too many requests.*Concurrency/, true],
	[429, 'ServerOverloaded', /overloaded.*again in a few minutes/, true],
	[429, 'QuotaExceeded', /quota.*Raise it/, false],
	[429, 'SetLimitExceeded', /spending limit.*Raise it/, false],
];

const arkBody = (code: string) => ({
	error: { code, message: SAID, param: '', type: 'BadRequest' },
});

describe.each(ARK)('What %s refuses with becomes a message that says what to do', (provider) => {
	it.each([...ARK_CODES, ...ARK_LIMITS])('HTTP %d %s', async (status, code, advice, retryable) => {
		const failure = await refusedWith(provider, status, arkBody(code));
		expect(failure).toMatchObject({ provider, code, httpStatus: status, billed: 'no', retryable });
		expect(failure.message).toMatch(advice);
		expect(failure.message).toContain(SAID);
	});

	it.each(['QuotaExceeded', 'SetLimitExceeded'])(
		'%s is not asked again, since asking does not help',
		async (code) => {
			await refusedWith(provider, 429, arkBody(code));
			expect(paidRequests(emulator)).toBe(1);
		},
	);

	it('HTTP 500 InternalServiceError: may have been accepted, so it is not sent again', async () => {
		const failure = await refusedWith(provider, 500, arkBody('InternalServiceError'));
		expect(failure).toMatchObject({ code: 'InternalServiceError', billed: 'unknown' });
		expect(failure.message).toContain(SAID);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('HTTP 200 with an error at the top: an error, in the words of the provider', async () => {
		emulator.addFault({
			on: 'create',
			provider,
			body: { created: 1, ...arkBody('OutputImageSensitiveContentDetected') },
		});
		const failure = await failureOf(emulator, BOAT, { provider });
		expect(failure).toMatchObject({ code: 'OutputImageSensitiveContentDetected' });
		expect(failure.message).toContain(SAID);
		expect(failure.message).toMatch(MODERATED_OUTPUT);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('a reference that the provider cannot fetch: the way out is to send the file itself', async () => {
		const gone = await startOtherServer(() => undefined);
		await gone.stop();
		const edit = { ...BOAT, operation: 'edit', imageSource: 'url', imageUrls: `${gone.url}/a.png` };
		const failure = await failureOf(emulator, edit, { provider });
		expect(failure).toMatchObject({ httpStatus: 400, billed: 'no' });
		expect(failure.message).toMatch(/Timeout while downloading/);
		expect(failure.message).toMatch(/binary field/);
	});
});

/** novita.ai/docs/api-reference/basic-error-code: the reason counts, not the status. */
const NOVITA_REASONS: Row[] = [
	[400, 'INVALID_REQUEST_BODY', /Correct/, false],
	[400, 'IMAGE_FILE_EXCEEDS_MAX_SIZE', /reference images/, false],
	[400, 'INVALID_IMAGE_FORMAT', /reference images/, false],
	[400, 'IMAGE_EXCEEDS_MAX_RESOLUTION', /reference images/, false],
	[400, 'INVALID_IMAGE_SIZE', /size/, false],
	[400, 'ILLEGAL_PROMPT', /prompt/i, false],
	[400, 'ILLEGAL_IMAGE_CONTENT', /image/i, false],
	[400, 'BILLING_BALANCE_NOT_ENOUGH', /Top up/, false],
	[403, 'BILLING_BALANCE_NOT_ENOUGH', /Top up/, false],
	[400, 'MISSING_API_KEY', /Check the API key/, false],
	[401, 'FAILED_TO_AUTH', /Check the API key/, false],
	[403, 'INVALID_API_KEY', /Check the API key/, false],
	[403, 'BILLING_AUTH_FAILED', /Check the API key/, false],
	[403, 'FEATURE_NOT_ALLOWED', /may not use this model/, false],
	[403, 'API_NOT_ALLOWED', /may not use this model/, false],
	[403, 'ACCESS_DENY', /may not use this model/, false],
	[403, 'NEED_REAL_NAME_VERIFY', /Verify your identity/, false],
	[403, 'NOT_ENOUGH_BALANCE', /Top up/, false],
	[404, 'API_NOT_FOUND', /model/, false],
	[429, 'RATE_LIMIT_EXCEEDED', /images per minute.*Concurrency/, true],
];

describe('What Novita refuses with becomes a message that says what to do', () => {
	it.each(NOVITA_REASONS)('HTTP %d %s', async (status, reason, advice, retryable) => {
		const failure = await refusedWith('novita', status, {
			code: status,
			reason,
			message: SAID,
			metadata: {},
		});
		expect(failure).toMatchObject({ code: reason, httpStatus: status, billed: 'no', retryable });
		expect(failure.message).toMatch(advice);
		expect(failure.message).toContain(SAID);
	});

	it.each([
		[500, 'BILLING_FAILED'],
		[500, 'CREATE_TASK_FAILED'],
		[500, 'GET_RESULT_FAILED'],
		[500, 'TASK_FAILED'],
		[503, 'SERVICE_NOT_AVAILABLE'],
	])('HTTP %d %s: nobody knows whether it is billed', async (status, reason) => {
		const failure = await refusedWith('novita', status, {
			code: status,
			reason,
			message: SAID,
			metadata: {},
		});
		expect(failure).toMatchObject({ code: reason, httpStatus: status, billed: 'unknown' });
		expect(failure.message).toContain(SAID);
		expect(paidRequests(emulator)).toBe(1);
	});

	const FROM_ARK: ReadonlyArray<readonly [string, RegExp]> = [
		['InputTextSensitiveContentDetected', MODERATED_PROMPT],
		['InputImageSensitiveContentDetected', MODERATED_INPUT],
		['OutputImageSensitiveContentDetected', MODERATED_OUTPUT],
	];

	it.each(FROM_ARK)(
		"%s of the models' maker, as JSON text inside the message",
		async (code, advice) => {
			const message = JSON.stringify(arkBody(code));
			const failure = await refusedWith('novita', 400, {
				code: 400,
				reason: 'TASK_FAILED',
				message,
				metadata: {},
			});
			expect(failure.code).toBe(code);
			expect(failure.message).toMatch(advice);
			expect(failure.message).toContain(SAID);
			expect(failure.message).not.toContain('{');
		},
	);

	it.each(FROM_ARK)("%s of the models' maker, as it came from there", async (code, advice) => {
		const failure = await refusedWith('novita', 400, arkBody(code));
		expect(failure.code).toBe(code);
		expect(failure.message).toMatch(advice);
		expect(failure.message).toContain(SAID);
	});
});

const RELAY_CODES: Row[] = [
	[403, 'insufficient_user_quota', /Top up/, false],
	[402, 'insufficient_user_quota', /Top up/, false],
	[403, 'access_denied', /Choose another model/, false],
	[404, 'model_not_found', /Choose another model/, false],
	[400, 'InputTextSensitiveContentDetected', MODERATED_PROMPT, false],
	[400, 'InputImageSensitiveContentDetected', MODERATED_INPUT, false],
	[400, 'OutputImageSensitiveContentDetected', MODERATED_OUTPUT, true],
	[429, 'ModelAccountIpmRateLimitExceeded', /images per minute/, true],
];

describe.each(['uniall', 'tokaify'] as const)(
	'What %s refuses with becomes a message that says what to do',
	(provider) => {
		it.each(RELAY_CODES)('HTTP %d %s', async (status, code, advice, retryable) => {
			const error = {
				message: `${SAID} (request id: 2026)`,
				type: 'new_api_error',
				param: '',
				code,
			};
			const failure = await refusedWith(provider, status, { error });
			expect(failure).toMatchObject({
				provider,
				code,
				httpStatus: status,
				billed: 'no',
				retryable,
			});
			expect(failure.message).toMatch(advice);
			expect(failure.message).toContain(SAID);
		});

		it('an unknown model, for which such relays answer 503', async () => {
			const failure = await failureOf(
				emulator,
				{ ...BOAT, model: 'custom', modelId: 'no-such-model' },
				{ provider },
			);
			expect(failure).toMatchObject({ code: 'model_not_found', httpStatus: 503 });
			expect(failure.message).toMatch(/Choose another model/);
			expect(paidRequests(emulator)).toBe(1);
		});
	},
);

describe('Errors that are documented nowhere are handed on as they came', () => {
	it.each(SYNCHRONOUS)('%s: a code and a status that nobody knows', async (provider) => {
		const failure = await refusedWith(provider, 418, { error: { code: 'teapot', message: SAID } });
		expect(failure).toMatchObject({ code: 'teapot', httpStatus: 418, billed: 'no' });
		expect(failure.message).toContain(SAID);
	});

	it.each(SYNCHRONOUS)('%s: an error that is only text', async (provider) => {
		const failure = await refusedWith(provider, 400, { error: SAID });
		expect(failure.message).toContain(SAID);
	});

	it.each(SYNCHRONOUS)('%s: a page in place of an answer', async (provider) => {
		emulator.addFault({ on: 'create', provider, notJson: true });
		const failure = await failureOf(emulator, BOAT, { provider });
		expect(failure).toMatchObject({ billed: 'unknown', retryable: false, httpStatus: 200 });
		expect(failure.message).toMatch(new RegExp(`${NAMES[provider]}.*base URL`));
	});

	const RELAYS = ['novita', 'uniall', 'tokaify'] as const;
	it.each(RELAYS)(
		'%s: HTTP 200 with an error: the words of the provider, and it may be billed',
		async (provider) => {
			emulator.addFault({
				on: 'create',
				provider,
				body: { error: { code: 'OutputImageRiskDetection', message: SAID } },
			});
			const failure = await failureOf(emulator, BOAT, { provider });
			expect(failure.billed).toBe('unknown');
			expect(failure.message).toContain(SAID);
			expect(paidRequests(emulator)).toBe(1);
		},
	);
});
