import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { SYNCHRONOUS, SYNCHRONOUS_DIALECTS } from '../../providers';
import {
	MODERATED_INPUT,
	MODERATED_OUTPUT,
	MODERATED_PROMPT,
} from '../../providers/shared/moderation';
import { BOAT, failureOf, paidRequests, type Failure } from './support';

const emulator = useEmulator({ taskMs: 20 });

const SAID = 'Something of the provider, said in its own words.';

async function refusedWith(provider: string, status: number, body: unknown): Promise<Failure> {
	emulator.addFault({
		on: 'create',
		provider,
		status,
		body,
		...(status === 429 && { retryAfter: 0 }),
	});
	return await failureOf(emulator, BOAT, { provider });
}

const CODES = SYNCHRONOUS.flatMap(({ id, synchronous }) =>
	synchronous.codes.map(([status, code, advice, retryable]) => ({
		provider: id,
		status,
		code,
		advice,
		retryable,
		body: synchronous.refusal(status, code, SAID),
	})),
);

describe('What a provider refuses with becomes a message that says what to do', () => {
	it.each(CODES)(
		'$provider: HTTP $status $code',
		async ({ provider, status, code, advice, retryable, body }) => {
			const failure = await refusedWith(provider, status, body);
			expect(failure).toMatchObject({
				provider,
				code,
				httpStatus: status,
				billed: 'no',
				retryable,
			});
			expect(failure.message).toMatch(advice);
			expect(failure.message).toContain(SAID);
		},
	);

	it.each(CODES.filter(({ status, retryable }) => status === 429 && !retryable))(
		'$provider: $code is not asked again, since asking does not help',
		async ({ provider, status, body }) => {
			await refusedWith(provider, status, body);
			expect(paidRequests(emulator)).toBe(1);
		},
	);
});

const TROUBLES = SYNCHRONOUS_DIALECTS.flatMap(({ id, synchronous }) =>
	synchronous.troubles.map(([status, code]) => ({
		provider: id,
		status,
		code,
		body: synchronous.refusal(status, code, SAID),
	})),
);

describe('What may have been accepted is not sent again, and nobody knows whether it is billed', () => {
	it.each(TROUBLES)('$provider: HTTP $status $code', async ({ provider, status, code, body }) => {
		const failure = await refusedWith(provider, status, body);
		expect(failure).toMatchObject({ code, httpStatus: status, billed: 'unknown' });
		expect(failure.message).toContain(SAID);
		expect(paidRequests(emulator)).toBe(1);
	});
});

const PASSED_ON = SYNCHRONOUS.flatMap(({ id, synchronous: { passedOn } }) =>
	(
		[
			['InputTextSensitiveContentDetected', MODERATED_PROMPT],
			['InputImageSensitiveContentDetected', MODERATED_INPUT],
			['OutputImageSensitiveContentDetected', MODERATED_OUTPUT],
		] as const
	).flatMap(([code, advice]) =>
		(passedOn?.(code, SAID) ?? []).map((form) => ({ provider: id, code, advice, ...form })),
	),
);

describe("An error of the models' maker that a provider passes on", () => {
	it.each(PASSED_ON)('$provider: $code, $says', async ({ provider, code, advice, body }) => {
		const failure = await refusedWith(provider, 400, body);
		expect(failure.code).toBe(code);
		expect(failure.message).toMatch(advice);
		expect(failure.message).toContain(SAID);
		expect(failure.message).not.toContain('{');
	});
});

describe.each(SYNCHRONOUS_DIALECTS)(
	'What is not among the documented errors of $name',
	({ id: provider, name, synchronous: { unknownModel } }) => {
		it('an unknown model: choose another', async () => {
			const parameters = { ...BOAT, model: 'custom', modelId: 'no-such-model' };
			const failure = await failureOf(emulator, parameters, { provider });
			const { advice, ...facts } = unknownModel;
			expect(failure).toMatchObject(facts);
			expect(failure.message).toMatch(advice);
			expect(emulator.requests).toHaveLength(1);
		});

		it('a code and a status that nobody knows are handed on as they came', async () => {
			const body = { error: { code: 'teapot', message: SAID } };
			const failure = await refusedWith(provider, 418, body);
			expect(failure).toMatchObject({ code: 'teapot', httpStatus: 418, billed: 'no' });
			expect(failure.message).toContain(SAID);
		});

		it('so is an error that is only text', async () => {
			const failure = await refusedWith(provider, 400, { error: SAID });
			expect(failure.message).toContain(SAID);
		});

		it('a page in place of an answer: check the base URL', async () => {
			emulator.addFault({ on: 'create', provider, notJson: true });
			const failure = await failureOf(emulator, BOAT, { provider });
			expect(failure).toMatchObject({ billed: 'unknown', retryable: false, httpStatus: 200 });
			expect(failure.message).toMatch(new RegExp(`${name}.*base URL`));
		});
	},
);

describe.each(SYNCHRONOUS)(
	'HTTP 200 from $name with an error',
	({ id: provider, synchronous: { areErrorsFree } }) => {
		it('is an error in the words of the provider, and billed as far as that is known', async () => {
			const code = 'OutputImageSensitiveContentDetected';
			emulator.addFault({ on: 'create', provider, body: { error: { message: SAID, code } } });
			const failure = await failureOf(emulator, BOAT, { provider });
			expect(failure.message).toContain(SAID);
			expect(paidRequests(emulator)).toBe(1);
			expect(failure.billed).toBe(areErrorsFree ? 'no' : 'unknown');
			if (!areErrorsFree) return;
			expect(failure.code).toBe(code);
			expect(failure.message).toMatch(MODERATED_OUTPUT);
		});
	},
);
