import assert from 'node:assert/strict';
import { ASYNCHRONOUS } from '../../../providers';
import type { Check } from '../../checks/check';
import { credentialData, GOOD_KEY, type Stage } from '../../stage';
import { itemsOf } from '../../support/execution';
import { tally } from '../callbacks';
import { begin, flow, NEXT, untilOver, untilWaiting } from '../flow';
import { expectImages, fileSize } from '../images';
import { handedOn, listen, submit } from '../triggered';

const PROMPTS = ['A kite', 'A boat'];

/** With the callbacks of each other provider, every one of them sent twice: a workflow sleeps and wakes once, and the trigger starts once for each end. */
export const eachProvider: Check[] = ASYNCHRONOUS.filter(({ id }) => id !== 'evolink').map(
	({ id: provider }) => ({
		name: `suspend and trigger with ${provider}`,
		run: async (stage) => {
			const data = credentialData(stage.emulator, GOOD_KEY, provider);
			const credential = await stage.rest.createCredential(
				`Seedream on ${provider}`,
				'seedreamApi',
				data,
			);
			const there = { ...stage, credential };
			const asleep = await sleepsAndWakes(there, provider);
			stage.emulator.reset();
			return `${asleep}; ${await startsTheOther(there)}`;
		},
	}),
);

async function sleepsAndWakes(stage: Stage, provider: string): Promise<string> {
	const { emulator, rest } = stage;
	emulator.setTaskMs(2500);
	emulator.addFault({ on: 'callback', duplicateCallback: 1 });
	const parameters = { completion: 'callback' };
	const definition = flow(stage, `Suspend on ${provider}`, { prompts: PROMPTS, parameters });
	const started = await begin(stage, definition);
	await untilWaiting(stage, started);
	const execution = await untilOver(stage, started);
	await expectImages(stage, execution, [...PROMPTS.keys()]);
	for (const { json } of itemsOf(execution, NEXT)) assert.equal(json['provider'], provider);
	await emulator.settled();
	assert.equal(emulator.requestsOf('create').length, PROMPTS.length);
	assert.equal((await rest.executions(started.workflow)).length, 1);
	return `${PROMPTS.length} images after the sleep, callbacks ${tally(emulator.callbacks)}`;
}

async function startsTheOther(stage: Stage): Promise<string> {
	const { emulator } = stage;
	emulator.setTaskMs(1500);
	emulator.addFault({ on: 'callback', duplicateCallback: 1 });
	const listener = await listen(stage);
	await submit(stage, listener.url, PROMPTS);
	const { executions, items, failed } = await handedOn(stage, listener, 2 * PROMPTS.length);
	assert.equal(failed, 0);
	assert.equal(items.length, PROMPTS.length, 'ends that were handed on');
	for (const item of items.flat()) await fileSize(stage, item);
	return `${executions} reports started ${items.length} ends, callbacks ${tally(emulator.callbacks)}`;
}
