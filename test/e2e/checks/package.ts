import assert from 'node:assert/strict';
import { FIXTURES } from '../../providers';
import { credentialData, GOOD_KEY } from '../stage';
import type { Check } from './check';

const WANTED = ['n8n-nodes-seedream.seedream', 'n8n-nodes-seedream.seedreamTool'];

export const packageListed: Check = {
	name: 'package is listed',
	run: async ({ rest }) => {
		const offered = new Set((await rest.nodeTypes()).map(({ name }) => name));
		const missing = WANTED.filter((name) => !offered.has(name));
		assert.deepEqual(missing, [], 'node types that n8n does not offer');
		const credentials = await rest.credentialTypes();
		assert.ok(
			credentials.includes('seedreamApi'),
			'n8n does not offer the credentials seedreamApi',
		);
		return `${WANTED.join(', ')}, credentials seedreamApi`;
	},
};

/** The Test button for every provider: content with a good key, not with another, and never paid for. */
export const credentialTest: Check = {
	name: 'credential test',
	run: async ({ rest, emulator, credential }) => {
		const said: string[] = [];
		for (const { id: provider } of FIXTURES) {
			const test = async (apiKey: string) =>
				await rest.testCredential(credential, credentialData(emulator, apiKey, provider));
			const good = await test(GOOD_KEY);
			assert.equal(good.status, 'OK', `${provider}: ${good.message}`);
			const bad = await test('no-such-key');
			assert.equal(bad.status, 'Error', `${provider}: a wrong key passed the test`);
			said.push(`${provider} "${bad.message}"`);
		}
		const paid = emulator.requestsOf('create').length;
		assert.equal(paid, 0, 'the test asked for images');
		return `good key OK, wrong key ${said.join(', ')}; ${emulator.requests.length} requests, none of them paid`;
	},
};
