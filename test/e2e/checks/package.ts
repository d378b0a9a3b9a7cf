import assert from 'node:assert/strict';
import { credentialData } from '../stage';
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

export const credentialTest: Check = {
	name: 'credential test',
	run: async ({ rest, emulator, credential }) => {
		const good = await rest.testCredential(credential, credentialData(emulator));
		assert.equal(good.status, 'OK', good.message);
		const bad = await rest.testCredential(credential, credentialData(emulator, 'no-such-key'));
		assert.equal(bad.status, 'Error', 'a wrong key passed the test');
		const paid = emulator.requestsOf('create').length;
		assert.equal(paid, 0, 'the test asked for images');
		return `good key OK, wrong key Error "${bad.message}", ${emulator.requests.length} requests, none of them paid`;
	},
};
