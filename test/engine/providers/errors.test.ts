import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator';
import { useEmulator } from '../../emulator/useEmulator';
import { SYNCHRONOUS, SYNCHRONOUS_DIALECTS } from '../../providers';
import type { Refusal } from '../../providers/fixture';
import { paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import { BOAT, failureOf, jsonOf, paidRequests, type Failure } from './support';

const emulator = useEmulator({ taskMs: 20 });

const fail = async (
	provider: string,
	run: SeedreamRun = {},
	parameters: INodeParameters = BOAT,
): Promise<Failure> => await failureOf(emulator, parameters, { provider, ...run });

describe.each(SYNCHRONOUS)(
	'Refused by $name: one POST, not billed, and what to do',
	({ id: provider, name, synchronous: { wrongKey, noCredit, notAllowed } }) => {
		const facts = { provider, billed: 'no', retryable: false, requestId: expect.any(String) };

		function expectRefused(failure: Failure, { advice, ...more }: Refusal): void {
			expect(failure).toMatchObject({ ...facts, ...more });
			expect(failure.message).toMatch(advice);
			expect(paidRequests(emulator)).toBe(1);
		}

		it('a key that is wrong', async () => {
			const failure = await fail(provider, { apiKey: 'wrong-key-4711' });
			expectRefused(failure, wrongKey);
			expect(failure.message).toMatch(/Check the API key in the credentials/);
			expect(failure.message).toContain(name);
		});

		it('an account without money', async () => {
			expectRefused(await fail(provider, { apiKey: 'poor-key' }), noCredit);
		});

		it('a model that the key may not use', async () => {
			const parameters = { ...BOAT, model: 'seedream-4.5' };
			expectRefused(await fail(provider, { apiKey: 'limited-key' }, parameters), notAllowed);
		});

		it('a node that continues gives the same as an error item', async () => {
			const result = await runSeedream(emulator, BOAT, {
				provider,
				apiKey: 'poor-key',
				node: { onError: 'continueRegularOutput' },
			});
			const { advice, ...more } = noCredit;
			const error = { ...facts, ...more, message: expect.stringMatching(advice) };
			expect(jsonOf(result)).toMatchObject([{ error }]);
			expect(result.saved).not.toContain('poor-key');
		});
	},
);

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

describe.each(SYNCHRONOUS_DIALECTS)(
	'A request to $name that may have been accepted is never sent again',
	({ id: provider, name }) => {
		it.each(UNANSWERED)(
			'$what: one POST, and the error says that it may be billed',
			async ({ fault, options }) => {
				emulator.addFault({ on: 'create', provider, ...fault });
				const failure = await fail(provider, { options });
				expect(paidRequests(emulator)).toBe(1);
				expect(failure).toMatchObject({ provider, billed: 'unknown', retryable: false });
				expect(failure.message).toMatch(/may have been (accepted|billed)/);
				expect(failure.message).toContain(name);
			},
		);

		it('nor by Retry On Fail', async () => {
			emulator.addFault({ on: 'create', provider, status: 500, times: 1 });
			await fail(provider, { node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } });
			expect(paidRequests(emulator)).toBe(1);
		});

		it('an answer that comes late, but comes, is waited for', async () => {
			emulator.addFault({ on: 'create', provider, hang: 300 });
			const options = { maxWaitSeconds: 3 };
			const result = await runSeedream(emulator, BOAT, { provider, options });
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

describe.each(SYNCHRONOUS_DIALECTS)(
	'Moderation at $name',
	({ id: provider, synchronous: { refusal, moderatedReference } }) => {
		const edit = {
			...BOAT,
			operation: 'edit',
			imageSource: 'url',
			imageUrls: 'https://example.com/a.png',
		};

		const ofPrompt = async () =>
			await fail(provider, {}, { ...BOAT, prompt: 'A boat [moderated]' });
		const ofOutput = async () =>
			await fail(provider, {}, { ...BOAT, prompt: 'A boat [moderated-output:1]' });
		const ofInput = async () => {
			const body = refusal(400, moderatedReference, 'The image may contain sensitive information.');
			emulator.addFault({ on: 'create', provider, status: 400, body });
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
			const failures = [await ofPrompt(), await ofOutput(), await ofInput()];
			expect(new Set(failures.map(({ advice }) => advice)).size).toBe(3);
			expect(paidRequests(emulator)).toBe(3);
		});
	},
);
