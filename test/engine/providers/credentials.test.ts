import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROVIDERS, startEmulator, type Emulator } from '../../emulator';
import { credentialsFor, runSeedream } from '../seedream';
import { testAddress, testCredentials } from './credentialTest';
import { BOAT } from './support';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

/** What is read to test the credentials, where it is when no base URL is given, and how a wrong key is refused. */
const FACTS: Readonly<Record<string, { host: string; path: string; refusal: number }>> = {
	evolink: { host: 'https://api.evolink.ai', path: '/v1/credits', refusal: 401 },
	novita: {
		host: 'https://api.novita.ai',
		path: '/openapi/v1/billing/balance/detail',
		refusal: 403,
	},
	uniall: { host: '', path: '/v1/models', refusal: 401 },
	tokaify: { host: 'https://api.tokaify.com', path: '/v1/models', refusal: 401 },
	byteplus: {
		host: 'https://ark.ap-southeast.bytepluses.com/api/v3',
		path: '/models',
		refusal: 401,
	},
	volcengine: { host: 'https://ark.cn-beijing.volces.com/api/v3', path: '/models', refusal: 401 },
};

describe.each(PROVIDERS)('The Test button of the credentials for %s', (provider) => {
	const facts = FACTS[provider];
	if (facts === undefined) throw new Error(`No facts for ${provider}`);
	const { host, path, refusal } = facts;
	const here = () => new URL(emulator.baseUrl(provider)).pathname + path;

	it('is content with a good key, and costs nothing', async () => {
		await testCredentials(credentialsFor(emulator, { provider }));
		expect(emulator.requests).toMatchObject([
			{
				provider,
				method: 'GET',
				path: here(),
				status: 200,
				headers: { authorization: 'Bearer test-key' },
			},
		]);
		expect(emulator.requests[0]?.headers).not.toHaveProperty('x-api-key');
		expect(emulator.creditsUsed()).toBe(0);
	});

	// n8n itself asks once more after a 401.
	it('is not content with a wrong key', async () => {
		await expect(
			testCredentials(credentialsFor(emulator, { provider, apiKey: 'wrong-key' })),
		).rejects.toThrow();
		expect(emulator.requests[0]).toMatchObject({ path: here() });
		expect(new Set(emulator.requests.map(({ status }) => status))).toEqual(new Set([refusal]));
	});

	it('is not content with an empty key', async () => {
		await expect(
			testCredentials(credentialsFor(emulator, { provider, apiKey: '' })),
		).rejects.toThrow();
		for (const { status = 0 } of emulator.requests) expect(Math.floor(status / 100)).toBe(4);
	});

	it.each(['/', '///'])('takes a base URL with %s at its end', async (slashes) => {
		const credentials = credentialsFor(emulator, { provider });
		const baseUrl = `${emulator.baseUrl(provider)}${slashes}`;
		await testCredentials({ ...credentials, baseUrl });
		const result = await runSeedream(emulator, BOAT, { credentials: { ...credentials, baseUrl } });
		expect(result.error).toBeUndefined();
		expect(emulator.requests[0]).toMatchObject({ path: here(), status: 200 });
		expect(emulator.requestsOf('create')[0]?.path).not.toContain('//');
	});

	it('goes to the documented host where no base URL is given', async () => {
		expect(await testAddress({ provider, apiKey: 'test-key' })).toEqual({
			baseURL: host,
			url: path,
		});
		expect(await testAddress({ provider, apiKey: 'test-key', baseUrl: '' })).toEqual({
			baseURL: host,
			url: path,
		});
		expect(emulator.requests).toHaveLength(0);
	});

	it('goes to another host where one is given', async () => {
		const address = await testAddress({
			provider,
			apiKey: 'test-key',
			baseUrl: 'https://proxy.example.com/api/plan/v3/',
		});
		expect(address).toEqual({ baseURL: 'https://proxy.example.com/api/plan/v3', url: path });
	});
});

describe('Credentials filled in carelessly', () => {
	it('a base URL with blanks around it is taken by the Test button as it is by the node', async () => {
		const credentials = credentialsFor(emulator, { provider: 'novita' });
		const baseUrl = ` ${emulator.baseUrl('novita')} `;
		const result = await runSeedream(emulator, BOAT, { credentials: { ...credentials, baseUrl } });
		expect(result.error).toBeUndefined();
		await testCredentials({ ...credentials, baseUrl });
		expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('a node on UniAll without a base URL: an error that says what to enter, and nothing is sent', async () => {
		const result = await runSeedream(emulator, BOAT, {
			credentials: { provider: 'uniall', apiKey: 'test-key', baseUrl: '' },
		});
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/base URL.*empty.*UniAll/),
			description: expect.stringMatching(/Enter the base URL/),
		});
		expect(emulator.requests).toHaveLength(0);
		expect(result.saved).not.toContain('test-key');
	});

	it('EvoLink is meant where no provider is chosen', async () => {
		expect(await testAddress({ apiKey: 'test-key' })).toEqual({
			baseURL: 'https://api.evolink.ai',
			url: '/v1/credits',
		});
	});
});
