import type { INodeParameters } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Fault, type Provider } from '../../emulator';
import { paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import {
	ARK,
	BOAT,
	failureOf,
	jsonOf,
	NAMES,
	paidRequests,
	SYNCHRONOUS,
	type Failure,
} from './support';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

const fail = async (
	provider: Provider,
	run: SeedreamRun = {},
	parameters: INodeParameters = BOAT,
): Promise<Failure> => await failureOf(emulator, parameters, { provider, ...run });

/** What each provider says to a key that it does not know, to one without money, and to one that may not use the model. */
const REFUSALS: ReadonlyArray<{
	provider: Provider;
	wrongKey: Partial<Failure>;
	noCredit: Partial<Failure>;
	topUp: RegExp;
	notAllowed: Partial<Failure>;
	openModel: RegExp;
}> = [
	{
		provider: 'novita',
		wrongKey: { httpStatus: 403, code: 'INVALID_API_KEY' },
		noCredit: { httpStatus: 400, code: 'BILLING_BALANCE_NOT_ENOUGH' },
		topUp: /Top up/,
		notAllowed: { httpStatus: 403, code: 'API_NOT_ALLOWED' },
		openModel: /may not use this model.*choose another/,
	},
	{
		provider: 'uniall',
		wrongKey: { httpStatus: 401 },
		noCredit: { httpStatus: 403, code: 'insufficient_user_quota' },
		topUp: /Top up/,
		notAllowed: { httpStatus: 403, code: 'access_denied' },
		openModel: /Choose another model/,
	},
	{
		provider: 'tokaify',
		wrongKey: { httpStatus: 401 },
		noCredit: { httpStatus: 403, code: 'insufficient_user_quota' },
		topUp: /Top up/,
		notAllowed: { httpStatus: 403, code: 'access_denied' },
		openModel: /Choose another model/,
	},
	...ARK.map((provider) => ({
		provider,
		wrongKey: { httpStatus: 401, code: 'AuthenticationError' },
		noCredit: { httpStatus: 403, code: 'AccountOverdueError' },
		topUp: /Pay/,
		notAllowed: { httpStatus: 404, code: 'ModelNotOpen' },
		openModel: /Activate the model.*or choose another/,
	})),
];

describe.each(REFUSALS)('Refused by $provider: one POST, not billed, and what to do', (refusal) => {
	const { provider } = refusal;
	const facts = { provider, billed: 'no', retryable: false, requestId: expect.any(String) };

	it('a key that is wrong', async () => {
		const failure = await fail(provider, { apiKey: 'wrong-key-4711' });
		expect(failure).toMatchObject({ ...facts, ...refusal.wrongKey });
		expect(failure.message).toMatch(/Check the API key in the credentials/);
		expect(failure.message).toContain(NAMES[provider]);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('an account without money', async () => {
		const failure = await fail(provider, { apiKey: 'poor-key' });
		expect(failure).toMatchObject({ ...facts, ...refusal.noCredit });
		expect(failure.message).toMatch(refusal.topUp);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('a model that the key may not use', async () => {
		const failure = await fail(
			provider,
			{ apiKey: 'limited-key' },
			{ ...BOAT, model: 'seedream-4.5' },
		);
		expect(failure).toMatchObject({ ...facts, ...refusal.notAllowed });
		expect(failure.message).toMatch(refusal.openModel);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('a node that continues gives the same as an error item', async () => {
		const result = await runSeedream(emulator, BOAT, {
			provider,
			apiKey: 'poor-key',
			node: { onError: 'continueRegularOutput' },
		});
		const error = { ...facts, ...refusal.noCredit, message: expect.stringMatching(refusal.topUp) };
		expect(jsonOf(result)).toMatchObject([{ error }]);
		expect(result.saved).not.toContain('poor-key');
	});
});

interface Unanswered {
	what: string;
	fault: Omit<Fault, 'on'>;
	options?: INodeParameters;
}

const UNANSWERED: Unanswered[] = [
	{ what: 'HTTP 500', fault: { status: 500 } },
	{ what: 'HTTP 502 that is no JSON', fault: { status: 502, body: '<html>' } },
	{ what: 'HTTP 503 with Retry-After', fault: { status: 503, retryAfter: 0 } },
	{ what: 'HTTP 504', fault: { status: 504 } },
	{ what: 'HTTP 408', fault: { status: 408 } },
	{ what: 'HTTP 409, as the request is there already', fault: { status: 409 } },
	{ what: 'a redirect', fault: { status: 307, location: '/elsewhere' } },
	{ what: 'a connection that is cut before the request is looked at', fault: { reset: 'before' } },
	{ what: 'a connection that is cut after the request is accepted', fault: { reset: 'after' } },
	{ what: 'an answer that is cut off half-way', fault: { truncate: true } },
	{
		what: 'silence for longer than Max Wait',
		fault: { hang: 5000 },
		options: { maxWaitSeconds: 0.5 },
	},
	{ what: 'a web page', fault: { notJson: true } },
	{ what: 'an empty object', fault: { body: {} } },
	{ what: 'an empty list', fault: { body: [] } },
	{ what: 'no images', fault: { body: { created: 1, images: [], data: [] } } },
];

describe.each(SYNCHRONOUS)(
	'A request to %s that may have been accepted is never sent again',
	(provider) => {
		it.each(UNANSWERED)(
			'$what: one POST, and the error says that it may be billed',
			async ({ fault, options }) => {
				emulator.addFault({ on: 'create', provider, ...fault });
				const failure = await fail(provider, { options });
				expect(paidRequests(emulator)).toBe(1);
				expect(failure).toMatchObject({ provider, billed: 'unknown', retryable: false });
				expect(failure.message).toMatch(/may have been (accepted|billed)/);
				expect(failure.message).toContain(NAMES[provider]);
			},
		);

		it('nor by Retry On Fail', async () => {
			emulator.addFault({ on: 'create', provider, status: 500, times: 1 });
			await fail(provider, { node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } });
			expect(paidRequests(emulator)).toBe(1);
		});

		it('an answer that comes late, but comes, is waited for', async () => {
			emulator.addFault({ on: 'create', provider, hang: 300 });
			const result = await runSeedream(emulator, BOAT, {
				provider,
				options: { maxWaitSeconds: 3 },
			});
			expect(result.error).toBeUndefined();
			expect(paidRequests(emulator)).toBe(1);
		});

		it('refused for being too many (429): sent again, the same, until it is taken', async () => {
			emulator.addFault({ on: 'create', provider, status: 429, retryAfter: 0, times: 2 });
			const result = await runSeedream(emulator, BOAT, { provider });
			expect(result.error).toBeUndefined();
			const bodies = paidBodies(emulator);
			expect(bodies).toHaveLength(3);
			expect(bodies).toEqual(bodies.map(() => bodies[0]));
			expect(emulator.imagesMade()).toBe(1);
		});

		it('429 for ever: given up in the end, not billed, and the advice names what to change', async () => {
			emulator.addFault({ on: 'create', provider, status: 429, retryAfter: 0 });
			const failure = await fail(provider);
			expect(paidRequests(emulator)).toBeLessThan(10);
			expect(failure).toMatchObject({ httpStatus: 429, billed: 'no', retryable: true });
			expect(failure.message).toContain('Concurrency');
		});
	},
);

describe.each(SYNCHRONOUS)('Moderation at %s', (provider) => {
	const inputImage =
		provider === 'novita'
			? {
					code: 400,
					reason: 'ILLEGAL_IMAGE_CONTENT',
					message: 'illegal image content',
					metadata: {},
				}
			: {
					error: {
						code: 'InputImageSensitiveContentDetected',
						message: 'The input image may contain sensitive information.',
					},
				};
	const edit = {
		...BOAT,
		operation: 'edit',
		imageSource: 'url',
		imageUrls: 'https://example.com/a.png',
	};

	const ofPrompt = async () => await fail(provider, {}, { ...BOAT, prompt: 'A boat [moderated]' });
	const ofOutput = async () =>
		await fail(provider, {}, { ...BOAT, prompt: 'A boat [moderated-output:1]' });
	const ofInput = async () => {
		emulator.addFault({ on: 'create', provider, status: 400, body: inputImage });
		return await fail(provider, {}, edit);
	};

	it('of the prompt: change its wording', async () => {
		const failure = await ofPrompt();
		expect(failure).toMatchObject({ billed: 'no', retryable: false });
		expect(failure.message).toMatch(/prompt.*moderation|moderation.*prompt/i);
		expect(failure.message).toMatch(/change/i);
	});

	it('of a reference image: use another', async () => {
		const failure = await ofInput();
		expect(failure).toMatchObject({ billed: 'no', retryable: false });
		expect(failure.message).toMatch(/image.*moderation|moderation.*image/i);
	});

	it('of the image that was made: another try may pass', async () => {
		const failure = await ofOutput();
		expect(failure).toMatchObject({ code: 'OutputImageSensitiveContentDetected' });
		expect(failure.message).toMatch(/may pass/);
		expect(failure.billed).not.toBe('yes');
	});

	it('is told apart, and none of it is tried again by itself', async () => {
		const advice = [(await ofPrompt()).advice, (await ofOutput()).advice, (await ofInput()).advice];
		expect(new Set(advice).size).toBe(3);
		expect(paidRequests(emulator)).toBe(3);
	});
});
