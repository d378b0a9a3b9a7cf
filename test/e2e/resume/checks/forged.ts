import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import { callBack, callbackUrls, tally, withParameter, type Answer } from '../callbacks';
import { begin, flow, untilOver, untilWaiting } from '../flow';
import { expectImages } from '../images';

const ALL_DONE = {
	id: 'task-unified-1-00000000',
	status: 'completed',
	results: ['https://example.com/evil.png'],
};

/** Bodies that no provider sends. */
const GARBAGE: ReadonlyArray<{ body: string; type?: string }> = [
	{ body: '' },
	{ body: 'null' },
	{ body: '[]' },
	{ body: '42' },
	{ body: '{"id":' },
	{ body: '{"id":{"a":[1,2,3]},"status":7}' },
	{ body: '{"__proto__":{"status":"completed"},"constructor":1}' },
	{ body: `${'['.repeat(5000)}${']'.repeat(5000)}` },
	{ body: '\u0000\uffff garbage', type: 'text/plain' },
	{ body: '<task id="1"/>', type: 'application/xml' },
	{ body: 'x'.repeat(3_000_000), type: 'application/octet-stream' },
];

/** While tasks are open, nothing that anybody sends wakes the execution; the true callbacks then do. */
export const forgedCallbacks: Check = {
	name: 'forged, tampered and garbage callbacks',
	run: async (stage) => {
		const { emulator, n8n, rest } = stage;
		const [startsBefore, pidBefore] = [n8n.starts, n8n.pid];
		emulator.setTaskMs(8000);
		const prompts = ['A kite', 'A boat'];
		const started = await begin(
			stage,
			flow(stage, 'Forged', { prompts, parameters: { completion: 'callback' } }),
		);
		await untilWaiting(stage, started);
		const [url = ''] = callbackUrls(emulator);

		const strangers = await Promise.all([
			callBack(withParameter(url, 'sd_k', undefined), ALL_DONE),
			callBack(withParameter(url, 'sd_k', '0'.repeat(48)), ALL_DONE),
			callBack(withParameter(url, 'sd_k', ''), ALL_DONE),
			callBack(
				withParameter(url, 'signature', '0'.repeat(64)).replace(/sd_k=[^&]*/, 'sd_k=x'),
				ALL_DONE,
			),
		]);
		assert.deepEqual(
			strangers.map(({ status }) => status),
			[401, 401, 401, 401],
		);
		const elsewhere = await Promise.all([
			callBack(url.replace(/webhook-waiting\/\d+/, 'webhook-waiting/99999999'), ALL_DONE),
			callBack(url.replace('?', '/other?'), ALL_DONE),
			callBack(url, undefined, { method: 'GET', body: null }),
		]);
		assert.deepEqual(
			elsewhere.map(({ status }) => status),
			[404, 404, 404],
		);
		const claims = [
			await callBack(url, ALL_DONE),
			await callBack(url, { id: '', status: 'failed' }),
		];
		const garbage: Answer[] = [];
		for (const { body, type = 'application/json' } of GARBAGE) {
			garbage.push(await callBack(url, body, { headers: { 'content-type': type } }));
		}
		for (const { status, text } of [...claims, ...garbage]) {
			assert.ok(status < 500 || status === 503, `garbage was answered with ${status}: ${text}`);
		}
		const { status } = await untilWaiting(stage, started);
		assert.equal(status, 'waiting');

		const execution = await untilOver(stage, started);
		await expectImages(stage, execution, [0, 1]);
		const [late] = [await callBack(url, ALL_DONE)];
		assert.deepEqual([n8n.starts, n8n.pid], [startsBefore, pidBefore], 'n8n lives');
		assert.equal((await rest.executions(started.workflow)).length, 1);
		return `strangers ${tally(strangers)}, other paths and methods ${tally(elsewhere)}, claims ${tally(claims)}, garbage ${tally(garbage)}, after the end ${tally([late])}; 2 images, 1 execution`;
	},
};

/** A body that claims success for a task that the API calls failed. */
export const liedAboutFailure: Check = {
	name: 'a callback claims success, the API says failed',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(2000);
		emulator.addFault({ on: 'callback', body: ALL_DONE });
		const parameters = { completion: 'callback' };
		const started = await begin(
			stage,
			flow(stage, 'Lied', { prompts: ['A [moderated] kite'], parameters }),
		);
		const execution = await untilOver(stage, started);
		const message = execution.data.resultData.error?.message ?? '';
		assert.equal(execution.status, 'error');
		assert.match(message, /policy/i);
		return `callbacks ${tally(emulator.callbacks)}; execution error "${message.split('\n')[0]}"`;
	},
};
