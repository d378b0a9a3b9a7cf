import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import type { Stage } from '../../stage';
import { callBack, callbackUrls, tally, withParameter, type Answer } from '../callbacks';
import { fileSize } from '../images';
import { handedOn, listen, settle, submit, submittedTask, type Listener } from '../triggered';

const MOST_ANSWER_MS = 2000;
/** Deliveries of one end at the same moment. */
const AT_ONCE = 3;

function slowest(answers: readonly Answer[]): number {
	return Math.max(...answers.map(({ ms }) => ms));
}

/** The body that the provider sent for the first task. */
function firstReport({ emulator }: Stage): { url: string; body: unknown } {
	const [delivery] = emulator.callbacks;
	assert.ok(delivery, 'the provider did not call back');
	return delivery;
}

/** One workflow submits, another one is started by the provider: once for each task, with its images and its context. */
export const triggerPair: Check = {
	name: 'trigger: a pair of workflows',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1500);
		const prompts = ['A kite', 'A boat', 'A house'];
		const listener = await listen(stage);
		await submit(stage, listener.url, prompts);
		const { executions, items } = await handedOn(stage, listener, prompts.length);
		assert.equal(executions, prompts.length);
		const contexts = items.map(([item]) => item?.json['context']);
		const rows = contexts.map((context) =>
			typeof context === 'object' && context !== null ? Reflect.get(context, 'row') : context,
		);
		assert.deepEqual([...rows].sort(), [0, 1, 2]);
		assert.deepEqual(contexts[0], { row: rows[0], customer: 'Ä & Söhne' });
		for (const each of items) {
			assert.equal(each.length, 1);
			for (const item of each) await fileSize(stage, item);
		}
		return `${prompts.length} tasks, ${executions} executions with image and context, callbacks ${tally(emulator.callbacks)}`;
	},
};

/** However often and at once an end is reported, the workflow goes on once; and no more after a restart. */
export const triggerOnce: Check = {
	name: 'trigger: repeated, parallel and after a restart',
	run: async (stage) => {
		const { emulator, n8n } = stage;
		emulator.setTaskMs(1500);
		const listener = await listen(stage);
		await submit(stage, listener.url, ['A kite']);
		await handedOn(stage, listener, 1);
		const { url, body } = firstReport(stage);

		const repeated = [
			await callBack(url, body),
			await callBack(url, body),
			await callBack(url, body),
		];
		const parallel = await Promise.all(
			Array.from({ length: 5 }, async () => await callBack(url, body)),
		);
		await settle();
		const before = await handedOn(stage, listener, 9);
		assert.equal(before.items.length, 1, 'executions that went on behind the trigger');

		await n8n.kill();
		await n8n.start();
		const again = [await callBack(url, body), await callBack(url, body)];
		await settle();
		const after = await handedOn(stage, listener, 11);
		assert.equal(after.items.length, 1, 'executions that went on, after the restart');
		assert.equal(after.failed, 0);
		const answers = [...repeated, ...parallel, ...again];
		assert.deepEqual(
			answers.filter(({ status }) => status !== 200),
			[],
		);
		assert.ok(slowest(answers) <= MOST_ANSWER_MS, `slowest answer ${slowest(answers)} ms`);
		return `1 end, 11 deliveries (3 repeated, 5 at once, 2 after SIGKILL): ${tally(answers)}, ${after.executions} executions, of which 1 went on; slowest answer ${slowest(answers)} ms`;
	},
};

/** The first deliveries of an end all come at the same moment, for so many ends, one after the other. */
export function triggerRace(rounds: number): Check {
	return {
		name: 'trigger: first deliveries at once',
		run: async (stage) => {
			// The same trigger for all: where n8n keeps what it has seen is only made with the first end.
			const listener = await listen(stage);
			const ends: unknown[] = [];
			for (let round = 0; round < rounds; round += 1) ends.push(await raceOnce(stage, listener));
			const { items, failed } = await handedOn(stage, listener, rounds * AT_ONCE);
			const handed = ends.map((id) => items.filter(([item]) => item?.json['taskId'] === id).length);
			assert.deepEqual(
				handed,
				ends.map(() => 1),
				`how often each of ${rounds} ends was handed on (${failed} executions failed)`,
			);
			return `${rounds} ends, each delivered ${AT_ONCE} times at once: each handed on once, ${failed} executions failed`;
		},
	};
}

async function raceOnce(stage: Stage, listener: Listener): Promise<unknown> {
	stage.emulator.reset();
	stage.emulator.setTaskMs(1);
	stage.emulator.addFault({ on: 'callback', noCallback: true });
	const id = submittedTask(await submit(stage, listener.url, ['A kite']));
	const [url = ''] = callbackUrls(stage.emulator);
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => await callBack(url, { id, status: 'completed' })),
	);
	// The emulator forgets the task with the next round.
	await settle();
	return id;
}

/** Who is not let in, what is no report, and a report that is not true. */
export const triggerRefuses: Check = {
	name: 'trigger: forged, tampered and garbage',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1500);
		const listener = await listen(stage);
		await submit(stage, listener.url, ['A kite']);
		await handedOn(stage, listener, 1);
		const { url, body } = firstReport(stage);

		const strangers = [
			await callBack(listener.url, body),
			await callBack(withParameter(url, 'sd_sig', undefined), body),
			await callBack(withParameter(url, 'sd_sig', 'A'.repeat(43)), body),
			await callBack(withParameter(url, 'sd_ctx', '{"row":7}'), body),
			await callBack(withParameter(url, 'sd_t', String(Date.now() + 1)), body),
			await callBack(withParameter(url, 'extra', '1'), body),
		];
		assert.deepEqual(
			strangers.map(({ status }) => status),
			strangers.map(() => 401),
		);
		const garbage = [
			...(await Promise.all(
				['{}', '[]', '"text"', '{"id":7}', '', '{"id":', '{"id":{"a":1}}'].map(
					async (text) => await callBack(url, text),
				),
			)),
			await callBack(url, '<task/>', { headers: { 'content-type': 'application/xml' } }),
		];
		for (const { status, text } of garbage)
			assert.ok(status >= 400 && status < 500, `garbage was answered with ${status}: ${text}`);
		await settle();
		const { executions, items } = await handedOn(stage, listener, 1);
		assert.deepEqual([executions, items.length], [1, 1]);
		return `strangers ${tally(strangers)}, garbage ${tally(garbage)}, no further execution`;
	},
};

/** A signed URL is good for its own trigger alone; where anybody may call, strangers cannot fill the list of executions. */
export const triggerElsewhere: Check = {
	name: 'trigger: another trigger, and strangers',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1500);
		const [listener, other] = [await listen(stage), await listen(stage)];
		const anybody = await listen(stage, { authentication: 'none' });
		await submit(stage, listener.url, ['A kite']);
		await handedOn(stage, listener, 1);
		const { url, body } = firstReport(stage);
		const elsewhere = await callBack(other.url + new URL(url).search, body);
		assert.equal(elsewhere.status, 401);
		const prefixed = url.replace('/webhook/', '/webhook-test/');
		const test = await callBack(prefixed, body);
		assert.equal(test.status, 404, 'nobody listens at the test URL');

		const unknown = {
			id: 'task-unified-1-00000000',
			status: 'completed',
			results: ['https://example.com/evil.png'],
		};
		const strangers = [
			await callBack(anybody.url, unknown),
			await callBack(anybody.url, { ...unknown, id: 'job-7' }),
		];
		const known = await callBack(anybody.url, body);
		const { executions, failed, items } = await handedOn(stage, anybody, 1);
		assert.deepEqual([executions, failed, items.length], [1, 0, 1]);
		assert.equal((await handedOn(stage, other)).executions, 0);
		return `another trigger ${elsewhere.status}; strangers ${tally(strangers)} and no execution, a true report ${known.status} and its image`;
	},
};

/** The body says completed, the API says failed. */
export const triggerTruth: Check = {
	name: 'trigger: the truth from the API',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(1500);
		emulator.addFault({ on: 'callback', noCallback: true });
		const listener = await listen(stage);
		const execution = await submit(stage, listener.url, ['A [moderated] kite']);
		const [url = ''] = callbackUrls(emulator);
		const id = submittedTask(execution);
		const early = await callBack(url, {
			id,
			status: 'completed',
			results: ['https://example.com/evil.png'],
		});
		await settle();
		await settle();
		const lie = await callBack(url, {
			id,
			status: 'completed',
			results: ['https://example.com/evil.png'],
		});
		const unknown = await callBack(url, { id: 'task-unified-1-00000000', status: 'completed' });
		await settle();
		const { executions, failed, items } = await handedOn(stage, listener, 3);
		assert.equal(items.length, 1);
		const json = items[0]?.[0]?.json ?? {};
		assert.equal(json['status'], 'failed');
		assert.match(JSON.stringify(json['error']), /policy/i);
		assert.equal(items[0]?.[0]?.binary, undefined);
		return `early ${early.status}, lie ${lie.status}, unknown task ${unknown.status}: ${executions} executions (${failed} failed), 1 went on with status failed and its error`;
	},
};
