import { beforeEach, describe, expect, it } from 'vitest';
import { callbackKey, verifyCallbackParameters } from '../../nodes/shared/seedream/callbackUrl';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, NODE, paidBodies, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 50 });
beforeEach(() => {
	// The addresses here are examples: nobody is really called.
	emulator.addFault({ on: 'create', noCallback: true });
});

const SUBMIT = { operation: 'generate', prompt: 'A boat', completion: 'submit' };
const HOOK = 'https://n8n.example.com/webhook/seedream?tenant=a%20b';

function callbackUrls(): URL[] {
	return paidBodies(emulator).map(
		(body) => new URL(String(body instanceof Object ? Reflect.get(body, 'callback_url') : '')),
	);
}

describe('Submit with a callback URL', () => {
	it('sends the URL as it is, with time and signature added, and not the key', async () => {
		await runSeedream(emulator, { ...SUBMIT, callbackUrl: HOOK });
		const [url] = callbackUrls();
		expect(url?.origin).toBe('https://n8n.example.com');
		expect(url?.pathname).toBe('/webhook/seedream');
		expect(url?.searchParams.get('tenant')).toBe('a b');
		expect(url?.toString()).not.toContain('test-key');
		expect(Object.keys(paidBodies(emulator)[0] ?? {})).toEqual([
			'model',
			'prompt',
			'n',
			'size',
			'quality',
			'callback_url',
		]);
	});

	it('signs it so that only who has the API key can make another', async () => {
		await runSeedream(emulator, { ...SUBMIT, callbackUrl: HOOK, callbackContext: '{"rowId": 42}' });
		const parameters = Object.fromEntries(callbackUrls()[0]?.searchParams ?? []);
		const verify = (given: Record<string, string>, key: string) =>
			verifyCallbackParameters(given, callbackKey(key), Date.now(), HOOK);
		expect(verify(parameters, 'test-key')).toEqual({
			issuedAt: expect.any(Number),
			context: { rowId: 42 },
		});
		expect(verify(parameters, 'other-key')).toBeUndefined();
		expect(verify({ ...parameters, sd_ctx: '{"rowId":43}' }, 'test-key')).toBeUndefined();
		expect(verify({ ...parameters, tenant: 'c' }, 'test-key')).toBeUndefined();
	});

	it.each([
		{ as: 'JSON text', context: '["a", 1]', gives: ['a', 1] },
		{
			as: 'an expression that gives an object',
			context: '={{ { row: $json.row } }}',
			gives: { row: 7 },
		},
		{ as: 'nothing', context: '', gives: undefined },
	])('hands on a context given as $as', async ({ context, gives }) => {
		await runSeedream(
			emulator,
			{ ...SUBMIT, callbackUrl: '={{ $json.hook }}', callbackContext: context },
			{ items: itemsOf({ row: 7, hook: HOOK }) },
		);
		const parameters = Object.fromEntries(callbackUrls()[0]?.searchParams ?? []);
		expect(
			verifyCallbackParameters(parameters, callbackKey('test-key'), Date.now(), HOOK)?.context,
		).toEqual(gives);
	});

	it('gives the task at once, with what is known of it', async () => {
		const result = await runSeedream(emulator, { ...SUBMIT, callbackUrl: HOOK, numberOfImages: 2 });
		expect(result.items(NODE)).toEqual([
			{
				json: {
					taskId: expect.stringMatching(/^task-unified-/),
					status: 'pending',
					provider: 'evolink',
					model: 'doubao-seedream-4.0',
					progress: 0,
					estimatedSeconds: expect.any(Number),
					requestedCount: 2,
					createdAt: expect.stringMatching(/Z$/),
					usage: expect.objectContaining({ credits_reserved: 3.6 }),
					warnings: [],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(emulator.requestsOf('query')).toHaveLength(0);
	});

	it('sends no callback URL when the node waits itself', async () => {
		await runSeedream(emulator, {
			...SUBMIT,
			completion: 'poll',
			callbackUrl: HOOK,
			download: false,
		});
		expect(paidBodies(emulator)[0]).not.toHaveProperty('callback_url');
	});
});

describe('A callback URL that the provider would refuse is refused here', () => {
	const publicApi = {
		provider: 'evolink',
		apiKey: 'test-key',
		baseUrl: 'https://api.evolink.invalid',
	};

	it.each([
		{ what: 'no URL', callbackUrl: 'my hook', says: ['my hook', 'https://'] },
		{
			what: 'not https',
			callbackUrl: 'http://n8n.example.com/x',
			says: ['http://', 'https://', 'WEBHOOK_URL', 'polling'],
		},
		{
			what: 'this machine',
			callbackUrl: 'https://localhost:5678/x',
			says: ['localhost', 'WEBHOOK_URL', 'polling'],
		},
		{
			what: 'a private host',
			callbackUrl: 'https://192.168.1.7/x',
			says: ['192.168.1.7', 'WEBHOOK_URL', 'polling'],
		},
		{
			what: 'a private host (172.16)',
			callbackUrl: 'https://172.20.0.3/x',
			says: ['172.20.0.3', 'WEBHOOK_URL'],
		},
		{
			what: 'too long',
			callbackUrl: `https://n8n.example.com/${'x'.repeat(2048)}`,
			says: ['2048', 'characters'],
		},
	])('$what', async ({ callbackUrl, says }) => {
		const result = await runSeedream(
			emulator,
			{ ...SUBMIT, callbackUrl },
			{ credentials: publicApi },
		);
		for (const text of says) expect(result.error?.message).toContain(text);
		expect(result.error).toMatchObject({ context: { data: { error: { billed: 'no' } } } });
		expect(emulator.requests).toHaveLength(0);
	});

	it('context that is no JSON', async () => {
		const result = await runSeedream(emulator, {
			...SUBMIT,
			callbackUrl: HOOK,
			callbackContext: '={{ "{row: 4" }}',
		});
		expect(result.error?.message).toContain('Callback Context is not valid JSON: {row: 4');
		expect(emulator.requests).toHaveLength(0);
	});

	it.each(['?id=1&id=2', '?tags[]=x'])(
		'a query that could never be verified: %s',
		async (query) => {
			const result = await runSeedream(emulator, {
				...SUBMIT,
				callbackUrl: `${HOOK.split('?')[0]}${query}`,
			});
			expect(result.error?.message).toMatch(/Callback URL has the query parameter/);
			expect(emulator.requests).toHaveLength(0);
		},
	);

	it('a private one is fine where the API itself is private', async () => {
		const result = await runSeedream(emulator, { ...SUBMIT, callbackUrl: 'http://10.0.0.5/hook' });
		expect(result.error).toBeUndefined();
		expect(callbackUrls()[0]?.host).toBe('10.0.0.5');
	});
});
