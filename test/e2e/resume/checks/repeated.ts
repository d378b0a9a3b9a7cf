import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from '../../checks/check';
import type { Stage } from '../../stage';
import { callBack, callbackUrls, tally, type Answer } from '../callbacks';
import { begin, flow, untilOver, untilWaiting } from '../flow';
import { expectImages } from '../images';

const ROUNDS = 3;
const AT_ONCE = 5;

async function parallelRound(stage: Stage): Promise<Answer[]> {
	const { emulator, rest } = stage;
	emulator.reset();
	emulator.setTaskMs(1500);
	emulator.addFault({ on: 'callback', noCallback: true });
	const prompts = ['A kite', 'A boat', 'A house'];
	const started = await begin(
		stage,
		flow(stage, 'Parallel', { prompts, parameters: { completion: 'callback' } }),
	);
	await untilWaiting(stage, started);
	await pause(1500);
	const [url = ''] = callbackUrls(emulator);
	const answers = await Promise.all(
		Array.from({ length: AT_ONCE }, async () => await callBack(url, { id: '' })),
	);
	await expectImages(stage, await untilOver(stage, started), [0, 1, 2]);
	const repeated = await callBack(url, { id: '' });
	assert.equal(repeated.status, 409, repeated.text);
	assert.equal((await rest.executions(started.workflow)).length, 1);
	assert.equal(emulator.requestsOf('create').length, prompts.length);
	return answers;
}

/** Several callbacks at the same moment, all of which would wake the execution. */
export const parallelCallbacks: Check = {
	name: 'parallel and repeated callbacks',
	run: async (stage) => {
		const answers: Answer[] = [];
		for (let round = 0; round < ROUNDS; round += 1) answers.push(...(await parallelRound(stage)));
		const woke = answers.filter(
			({ status, text }) => status === 200 && text.includes('"waiting":false'),
		).length;
		return `${ROUNDS} rounds of ${AT_ONCE} at once: ${tally(answers)}, of which ${woke} woke the execution; repeated after the end 409; each ran once, with 3 images`;
	},
};

/** The provider calls before the task has ended, and before n8n has put the execution to sleep. */
export const earlyCallbacks: Check = {
	name: 'early and duplicate callbacks',
	run: async (stage) => {
		const { emulator, rest } = stage;
		emulator.setTaskMs(3000);
		emulator.addFault({ on: 'callback', earlyCallback: true });
		emulator.addFault({ on: 'callback', duplicateCallback: 2 });
		const prompts = ['A kite', 'A boat', 'A house'];
		const started = await begin(
			stage,
			flow(stage, 'Early', { prompts, parameters: { completion: 'callback' } }),
		);
		await untilWaiting(stage, started);
		await expectImages(stage, await untilOver(stage, started), [0, 1, 2]);
		assert.equal((await rest.executions(started.workflow)).length, 1);
		assert.equal(emulator.requestsOf('create').length, prompts.length);
		return `callbacks ${tally(emulator.callbacks)}; ran once, 3 images`;
	},
};

/** Tasks that end before the node has submitted the last one: there is nothing to wait for, or the first reading shows it. */
export const instantTasks: Check = {
	name: 'tasks that end at once',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1);
		const prompts = ['A kite', 'A boat', 'A house'];
		const started = await begin(
			stage,
			flow(stage, 'Instant', { prompts, parameters: { completion: 'callback' } }),
		);
		await expectImages(stage, await untilOver(stage, started), [0, 1, 2]);
		return `3 images, callbacks until then ${tally(emulator.callbacks)}`;
	},
};
