import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import { itemsOf } from '../../support/execution';
import { begin, flow, untilOver, untilWaiting } from '../flow';
import { expectImages } from '../images';
import { getTask } from '../nodes';

const PROMPTS = ['A kite', 'A boat', 'A house'];
const WAIT_SECONDS = 3;

/** No callback comes in time. The node itself is not asked then: n8n hands on what it left behind. */
export const deadlinePasses: Check = {
	name: 'deadline without callbacks',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(2000);
		emulator.addFault({ on: 'callback', noCallback: true });
		const parameters = { completion: 'callback', options: { maxWaitSeconds: WAIT_SECONDS } };
		const then = [getTask(stage.credential)];
		const started = await begin(
			stage,
			flow(stage, 'Deadline', { prompts: PROMPTS, parameters, then }),
		);
		await untilWaiting(stage, started);
		const waiting = Date.now();
		const execution = await untilOver(stage, started, 150_000);
		const seconds = ((Date.now() - waiting) / 1000).toFixed(0);

		const late = itemsOf(execution, 'Seedream');
		assert.equal(late.length, PROMPTS.length);
		for (const [index, { json, binary, pairedItem }] of late.entries()) {
			assert.match(String(json['taskId']), /^task-unified-/);
			assert.ok(
				['pending', 'processing'].includes(String(json['status'])),
				`status ${String(json['status'])}`,
			);
			assert.match(JSON.stringify(json['warnings']), /No callback came in time/);
			assert.equal(binary, undefined);
			assert.deepEqual(pairedItem, { item: index });
		}
		await expectImages(stage, execution, [...PROMPTS.keys()]);
		assert.equal(emulator.requestsOf('create').length, PROMPTS.length);
		return `Max Wait ${WAIT_SECONDS} s, n8n went on after ${seconds} s; ${late.length} items with task ID, status ${String(late[0]?.json['status'])} and a warning; Get Task behind it got ${PROMPTS.length} images`;
	},
};
