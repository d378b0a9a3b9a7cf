import { createServer } from 'node:https';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../emulator/useEmulator';
import { useCompressedTime } from '../properties/support/time';
import { BOAT, credentialsFor, itemsOf, NODE, runSeedream } from './seedream';
import { SELF_SIGNED } from './support/selfSigned';

const emulator = useEmulator({ taskMs: 20 });
useCompressedTime(50);

/** Runs with credentials that lead somewhere else. */
async function runAt(baseUrl: string, node = {}) {
	return await runSeedream(emulator, BOAT, {
		credentials: { ...credentialsFor(emulator), baseUrl },
		items: itemsOf({}, {}),
		node,
	});
}

describe('What cannot have left this machine is not billed', () => {
	it.each([
		'api.evolink.ai',
		'evolink',
		'//api.evolink.ai',
		'https://',
		'ftp://api.evolink.ai',
		'https:///v1',
		'https://a b',
	])('a base URL that is no web address: "%s"', async (baseUrl) => {
		const result = await runAt(baseUrl);
		expect(result.error).toMatchObject({
			message: expect.stringContaining(`"${baseUrl.replace(/\/+$/, '')}"`),
			description: expect.stringContaining('https://'),
			context: { data: { error: { code: 'invalid_credentials', billed: 'no', retryable: false } } },
		});
	});

	it('likewise the upload base URL, before anything is sent', async () => {
		const credentials = { ...credentialsFor(emulator), uploadBaseUrl: 'files.example.com' };
		const result = await runSeedream(emulator, BOAT, { credentials });
		expect(result.error).toMatchObject({
			context: { data: { error: { code: 'invalid_credentials', billed: 'no' } } },
		});
		expect(emulator.requests).toHaveLength(0);
	});

	it('as error items where the node continues', async () => {
		const result = await runAt('evolink', { onError: 'continueRegularOutput' });
		const item = { json: { error: { code: 'invalid_credentials', billed: 'no' } } };
		expect(result.items(NODE)).toMatchObject([item, item]);
	});

	it('a name that does not exist', async () => {
		const result = await runAt('https://api.evolink.invalid');
		expect(result.error).toMatchObject({
			message: expect.stringContaining('could not be reached'),
			context: {
				data: {
					error: {
						code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
						billed: 'no',
						retryable: true,
					},
				},
			},
		});
	});

	it('a certificate that is not accepted', async () => {
		const requests: string[] = [];
		const server = createServer(SELF_SIGNED, (request, response) => {
			requests.push(request.url ?? '');
			response.end('{}');
		});
		const port = await new Promise<number>((resolve) => {
			server.listen(0, '127.0.0.1', () => {
				const address = server.address();
				resolve(address instanceof Object ? address.port : 0);
			});
		});
		const result = await runAt(`https://localhost:${port}`);
		server.close();
		expect(requests).toHaveLength(0);
		expect(result.error).toMatchObject({
			message: expect.stringContaining('certificate'),
			context: { data: { error: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', billed: 'no' } } },
		});
	});

	it('but a server that speaks no TLS where TLS is wanted may have got anything: unknown', async () => {
		const result = await runAt(`https://127.0.0.1:${emulator.port}`);
		expect(result.error).toMatchObject({
			message: expect.stringContaining('EPROTO'),
			context: { data: { error: { code: 'no_answer', billed: 'unknown', retryable: false } } },
		});
	});
});

describe('A provider that asks to wait longer than a minute', () => {
	it('is asked once, and the error says how long it wants', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 300 });
		const result = await runSeedream(emulator, BOAT);
		expect(emulator.requestsOf('create')).toHaveLength(1);
		expect(result.error).toMatchObject({
			description: expect.stringContaining('asks to wait 5 minutes before the next request'),
			context: { data: { error: { billed: 'no', httpStatus: 429, code: 'rate_limit_exceeded' } } },
		});
	});

	it('up to a minute it is obeyed', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 60, times: 1 });
		const began = Date.now();
		const result = await runSeedream(emulator, BOAT);
		expect(result.status).toBe('success');
		expect(Date.now() - began).toBeGreaterThanOrEqual(60_000);
	});
});
