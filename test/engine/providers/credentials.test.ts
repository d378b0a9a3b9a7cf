import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { FIXTURES } from '../../providers';
import { credentialsFor, runSeedream } from '../seedream';
import { testAddress, testCredentials } from './credentialTest';
import { BOAT } from './support';

const emulator = useEmulator({ taskMs: 20 });

describe.each(FIXTURES)(
	'The Test button of the credentials for $name',
	({ testPath, wrongKeyStatus, keyScheme = 'Bearer', ...fixture }) => {
		const { id: provider, baseUrl = '', testBaseUrl: documented = baseUrl } = fixture;
		const here = () => new URL(emulator.baseUrl(provider)).pathname + testPath;

		it('is content with a good key, and costs nothing', async () => {
			await testCredentials(credentialsFor(emulator, { provider }));
			expect(emulator.requests).toMatchObject([
				{
					provider,
					method: 'GET',
					path: here(),
					status: 200,
					headers: { authorization: `${keyScheme} test-key` },
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
			expect(new Set(emulator.requests.map(({ status }) => status))).toEqual(
				new Set([wrongKeyStatus]),
			);
		});

		it('is not content with an empty key', async () => {
			await expect(
				testCredentials(credentialsFor(emulator, { provider, apiKey: '' })),
			).rejects.toThrow();
			const isSaidInBody = wrongKeyStatus === 200;
			for (const { status = 0 } of emulator.requests) {
				expect(Math.floor(status / 100)).toBe(isSaidInBody ? 2 : 4);
			}
		});

		it.each([
			['a slash at its end', '', '/'],
			['slashes at its end', '', '///'],
			['blanks around it', ' ', ' '],
		])('takes a base URL with %s, and so does the node', async (_, before, after) => {
			const baseUrl = before + emulator.baseUrl(provider) + after;
			const credentials = { ...credentialsFor(emulator, { provider }), baseUrl };
			await testCredentials(credentials);
			const result = await runSeedream(emulator, BOAT, { credentials });
			expect(result.error).toBeUndefined();
			expect(emulator.requests[0]).toMatchObject({ path: here(), status: 200 });
			expect(emulator.requestsOf('create')[0]?.path).not.toContain('//');
		});

		it('goes to the documented host where no base URL is given', async () => {
			const account = { provider, apiKey: 'test-key' };
			const there = { baseURL: documented, url: testPath };
			expect(await testAddress(account)).toEqual(there);
			expect(await testAddress({ ...account, baseUrl: '' })).toEqual(there);
			expect(emulator.requests).toHaveLength(0);
		});

		it('goes to another host where one is given', async () => {
			const address = await testAddress({
				provider,
				apiKey: 'test-key',
				baseUrl: 'https://proxy.example.com/api/plan/v3/',
			});
			expect(address).toEqual({
				baseURL: 'https://proxy.example.com/api/plan/v3',
				url: testPath,
			});
		});
	},
);

const WITHOUT_BASE_URL = FIXTURES.filter(({ baseUrl }) => baseUrl === undefined);

describe('Credentials filled in carelessly', () => {
	it.each(WITHOUT_BASE_URL)(
		'a node on $name without a base URL: an error that says what to enter, and nothing is sent',
		async ({ id: provider, name }) => {
			const result = await runSeedream(emulator, BOAT, {
				credentials: { provider, apiKey: 'test-key', baseUrl: '' },
			});
			expect(result.error).toMatchObject({
				message: expect.stringMatching(new RegExp(`base URL.*empty.*${name}`)),
				description: expect.stringMatching(/Enter the base URL/),
			});
			expect(emulator.requests).toHaveLength(0);
			expect(result.saved).not.toContain('test-key');
		},
	);

	it('EvoLink is meant where no provider is chosen', async () => {
		expect(await testAddress({ apiKey: 'test-key' })).toEqual({
			baseURL: 'https://api.evolink.ai',
			url: '/v1/credits',
		});
	});
});
