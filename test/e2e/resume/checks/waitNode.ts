import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from '../../checks/check';
import type { WorkflowNode } from '../../support/workflow';
import { callBack, callbackUrls, tally } from '../callbacks';
import { begin, flow, untilOver, untilWaiting } from '../flow';

/** n8n's own Wait node, which waits for an approval by POST. */
const approval: WorkflowNode = {
	name: 'Approval',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	webhookId: '6f1d3c52-8a77-4a57-9c0e-3f6d5b9f0a11',
	parameters: { resume: 'webhook', httpMethod: 'POST', options: {} },
};

/** Late and repeated callbacks of the provider do not give the approval that the next node waits for. */
export const waitNodeAfter: Check = {
	name: 'a Wait node after Seedream is not resumed by callbacks',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1500);
		emulator.addFault({ on: 'callback', duplicateCallback: 2 });
		const definition = flow(stage, 'Approval', {
			prompts: ['A kite'],
			parameters: { completion: 'callback' },
			then: [approval],
		});
		const started = await begin(stage, definition);
		await untilWaiting(stage, started);
		await pause(6000);
		const [url = ''] = callbackUrls(emulator);
		const late = [await callBack(url, { id: '' }), await callBack(url, { id: '' })];
		const { status } = await untilWaiting(stage, started);
		assert.equal(status, 'waiting', 'the approval is still waited for');
		assert.deepEqual(
			late.map((answer) => answer.status),
			[404, 404],
		);

		const own = new URL(url);
		own.pathname = own.pathname.replace(/\/seedream$/, '');
		own.searchParams.delete('sd_k');
		const approved = await callBack(own.toString(), {});
		assert.equal(approved.status, 200, approved.text);
		const execution = await untilOver(stage, started);
		assert.equal(execution.status, 'success');
		return `callbacks ${tally(emulator.callbacks)}, late ${tally(late)}: still waiting; resumed by its own URL alone`;
	},
};

/** Braces in a node's name end expressions, in which its context is read. */
export const bracedName: Check = {
	name: 'a node whose name holds {{ and }} resumes',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1500);
		const name = 'Make {{ $json.row }} }} "x" \\';
		const started = await begin(
			stage,
			flow(stage, 'Braces', {
				prompts: ['A kite'],
				parameters: { completion: 'callback' },
				settings: { name },
			}),
		);
		await untilWaiting(stage, started);
		const execution = await untilOver(stage, started);
		assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
		assert.equal(emulator.imagesMade(), 1);
		return `"${name}": 1 image`;
	},
};
