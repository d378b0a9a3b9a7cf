import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { FIXTURES } from '../providers';
import { useCompressedTime } from '../properties/support/time';
import { failureOf, NAMES } from './providers/support';
import { itemsOf, NODE, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 20 });
useCompressedTime(50);

const BALANCE: INodeParameters = { operation: 'getBalance' };
const TELLERS = FIXTURES.filter(({ tellsBalance }) => tellsBalance).map(({ id }) => id);
const SILENT = FIXTURES.map(({ id }) => id).filter((id) => !TELLERS.includes(id));

const posted = () => emulator.requests.filter(({ method }) => method !== 'GET');
const asked = () => emulator.requestsOf('credits').length;

describe.each(SILENT)('Get Balance at %s', (provider) => {
	it('is a clear error, and nothing is sent', async () => {
		const failure = await failureOf(emulator, BALANCE, { provider });
		expect(failure).toMatchObject({ code: 'no_balance', provider, billed: 'no', retryable: false });
		expect(failure.message).toContain(NAMES[provider]);
		expect(failure.message).toContain('balance');
		expect(failure.advice).toContain(`your account at ${NAMES[provider]}`);
		expect(emulator.requests).toEqual([]);
	});

	it('likewise as an error item for each item, where the node continues', async () => {
		const run = {
			provider,
			items: itemsOf({}, {}),
			node: { onError: 'continueRegularOutput' },
		} as const;
		const result = await runSeedream(emulator, BALANCE, run);
		expect(result.items(NODE)).toMatchObject(
			[0, 1].map((item) => ({
				json: { error: { code: 'no_balance', billed: 'no' } },
				pairedItem: { item },
			})),
		);
		expect(emulator.requests).toEqual([]);
	});
});

describe.each(TELLERS)('When %s does not tell', (provider) => {
	it('for a wrong key: what to check, and the key is nowhere', async () => {
		const failure = await failureOf(emulator, BALANCE, {
			provider,
			apiKey: 'sk-wrong-key-0987654321',
		});
		// Novita says 403 to a key that it does not know.
		expect(failure).toMatchObject({
			httpStatus: provider === 'novita' ? 403 : 401,
			provider,
			billed: 'no',
			retryable: false,
		});
		expect(failure.advice).toContain('API key in the credentials');
		expect(posted()).toEqual([]);
	});

	it('the key is nowhere even where the provider repeats it', async () => {
		const apiKey = 'sk-wrong-key-0987654321';
		const body = {
			message: `Bad key ${apiKey}`,
			error: { message: `Bad key ${apiKey}`, code: apiKey },
		};
		emulator.addFault({ on: 'credits', status: 401, body });
		expect((await failureOf(emulator, BALANCE, { provider, apiKey })).message).toContain(
			'Bad key ***',
		);
		emulator.clearFaults();
		emulator.addFault({ on: 'credits', body: `Hello ${apiKey}` });
		expect((await failureOf(emulator, BALANCE, { provider, apiKey })).message).toContain(
			'Hello ***',
		);
	});

	it('for a while only: it is asked again', async () => {
		emulator.addFault({ on: 'credits', status: 500, times: 1 });
		emulator.addFault({ on: 'credits', status: 503, retryAfter: 0, times: 1 });
		emulator.addFault({ on: 'credits', status: 429, retryAfter: 0, times: 1 });
		emulator.addFault({ on: 'credits', reset: 'before', times: 1 });
		const result = await runSeedream(emulator, BALANCE, { provider });
		expect(result.items(NODE)).toMatchObject([{ json: { provider, balance: expect.any(Number) } }]);
		expect(asked()).toBe(5);
		expect(posted()).toEqual([]);
	});

	it('for ever: an error that it may pass', async () => {
		emulator.addFault({ on: 'credits', status: 500 });
		const failure = await failureOf(emulator, BALANCE, { provider });
		expect(failure).toMatchObject({ httpStatus: 500, provider, billed: 'no', retryable: true });
		expect(asked()).toBe(5);
		expect(posted()).toEqual([]);
	});

	it('as nobody listens there: not billed', async () => {
		emulator.goDown();
		const failure = await failureOf(emulator, BALANCE, { provider });
		await emulator.comeBack();
		expect(failure).toMatchObject({ code: 'ECONNREFUSED', billed: 'no', retryable: true });
		expect(failure.message).toContain('could not be reached');
	});

	const UNREADABLE: ReadonlyArray<readonly [what: string, fault: Omit<Fault, 'on'>]> = [
		['a web page', { notJson: true }],
		['an empty object', { body: {} }],
		['an empty list', { body: [] }],
		['a list in its data', { body: { data: [] } }],
		[
			'words for numbers',
			{ body: { availableBalance: 'plenty', data: { user: { remaining_credits: 'plenty' } } } },
		],
		[
			'an empty text for a number',
			{ body: { availableBalance: '', data: { user: { remaining_credits: '' } } } },
		],
		[
			'a blank for a number',
			{ body: { availableBalance: ' ', data: { user: { remaining_credits: ' ' } } } },
		],
		[
			'nothing for a number',
			{ body: { availableBalance: null, data: { user: { remaining_credits: null } } } },
		],
		['the key alone', { body: { data: { token: { remaining_credits: 7 } } } }],
		['a redirection', { status: 302, location: 'https://example.com/login' }],
	];

	it.each(UNREADABLE)(
		'but answers with %s: an error, no number that is made up, and billed "no"',
		async (_, fault) => {
			emulator.addFault({ on: 'credits', ...fault });
			const failure = await failureOf(emulator, BALANCE, { provider });
			expect(failure).toMatchObject({ provider, billed: 'no', retryable: false });
			expect(failure.advice).toContain('base URL');
			expect(failure.advice).not.toMatch(/again later|may have been accepted/);
			expect(asked()).toBe(1);
		},
	);

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s: an error item for each input item',
		async (onError) => {
			emulator.addFault({ on: 'credits', status: 401 });
			const result = await runSeedream(emulator, BALANCE, {
				provider,
				items: itemsOf({ n: 1 }, { n: 2 }, { n: 3 }),
				node: { onError },
			});
			expect(result.status).toBe('success');
			const rows = result.outputs(NODE)[onError === 'continueErrorOutput' ? 1 : 0];
			expect(rows).toMatchObject(
				[0, 1, 2].map((item) => ({
					json: { error: { httpStatus: 401, billed: 'no' } },
					pairedItem: { item },
				})),
			);
			expect(asked()).toBe(1);
			expect(result.saved).not.toContain('test-key');
		},
	);
});
