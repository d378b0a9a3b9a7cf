import assert from 'node:assert/strict';
import { credentialData, GOOD_KEY } from '../stage';
import { itemsOf } from '../support/execution';
import type { ExampleRun, Particulars } from './exampleRun';

const FIRST = 'evolink';
const SECOND = 'fal';

/** One idea is made, one is refused, of one nobody knows: only what was refused goes to the second provider. */
export const secondProvider: Particulars = {
	prepare: async ({ rest, emulator }) => {
		const name = 'Seedream account of another provider';
		await rest.createCredential(name, 'seedreamApi', credentialData(emulator, GOOD_KEY, SECOND));
		const refused = { error: { code: 'insufficient_quota', message: 'no credits' } };
		emulator.addFault({ on: 'create', provider: FIRST, status: 402, body: refused, times: 1 });
		emulator.addFault({ on: 'create', provider: FIRST, status: 500, accepted: true, times: 1 });
	},
	prove: async ({ stage, execution }: ExampleRun) => {
		const accepted = stage.emulator.acceptedCreates().map(({ provider }) => provider);
		assert.deepEqual([...accepted].sort(), [FIRST, FIRST, SECOND]);
		assert.equal(stage.emulator.requestsOf('create', FIRST).length, 3);
		assert.equal(stage.emulator.requestsOf('create', SECOND).length, 1);
		const [asked, ...more] = itemsOf(execution, 'Look at the Account First');
		assert.deepEqual([asked?.json['billed'], more], ['unknown', []]);
		const titles = itemsOf(execution, 'Second Provider').map(({ json }) => json['provider']);
		assert.deepEqual(titles, [SECOND]);
		const billed = itemsOf(execution, 'Nothing Billed?').map(({ json }) => json['error']);
		return `of ${billed.length + 1} failures one went to ${SECOND}, the other waits for a person; ${accepted.length} requests accepted`;
	},
};
