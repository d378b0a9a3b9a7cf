import { describe, expect, it } from 'vitest';
import { until } from '../../emulator/testClient';
import { itemsOf, NODE, paidBodies } from '../seedream';
import { findExecution, retryExecution, type RunResult } from '../support';
import { BOAT, LONG_MS, settle, useScene } from './scene';

const scene = useScene();

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const PROMPTS = { ...BOAT, prompt: '={{ $json.p }}' };
const ABC = itemsOf({ p: 'a' }, { p: 'b' }, { p: 'c' });
const COMPLETED = [0, 1, 2].map((item) => ({
	json: { status: 'completed' },
	pairedItem: { item },
}));

const prompts = () =>
	paidBodies(scene.emulator).map((body) =>
		body instanceof Object ? Reflect.get(body, 'prompt') : '',
	);
const failOnce = (after: number) =>
	scene.emulator.addFault({
		on: 'create',
		failTask: { code: 'service_error', message: 'busy' },
		after,
		times: 1,
	});

/** The end of an execution, after however many waits. It never comes where the execution waits for nothing. */
async function endOf(asleep: RunResult): Promise<RunResult> {
	await until(() => (scene.record(asleep).status === 'success' ? true : undefined), 4000);
	return await scene.n8n.run(scene.n8n.runs.length - 1);
}

/** After the first wait the node makes a task anew, and sleeps until that one has ended. */
async function sleepAgain(): Promise<void> {
	scene.emulator.setTaskMs(LONG_MS);
	expect((await scene.n8n.run(0)).status).toBe('waiting');
	scene.emulator.finishTasks();
}

describe('Retry On Fail, when a task has failed after the wait', () => {
	it('makes that one anew, suspends again, and hands on all three; the others are not paid again', async () => {
		failOnce(1);
		await scene.suspend(PROMPTS, { items: ABC, options: { concurrency: 1 }, node: RETRY });
		await sleepAgain();
		const ended = await scene.n8n.run(1);
		expect(ended.status).toBe('success');
		expect(ended.items(NODE)).toMatchObject(COMPLETED);
		expect(ended.items('End')).toHaveLength(3);
		expect(prompts()).toEqual(['a', 'b', 'c', 'b']);
		expect(scene.emulator.creditsUsed()).toBeCloseTo(3 * 1.8);
	});

	it.each([
		['two', 2, 2],
		['four', 4, 4],
		['not set, which n8n takes for three', undefined, 3],
	])(
		'gives up after Max Tries: a task that always fails is not made anew for ever (%s)',
		async (_, maxTries, most) => {
			const asleep = await scene.suspend(
				{ ...BOAT, prompt: '[moderated]' },
				{ node: { ...RETRY, maxTries } },
			);
			await until(
				() => (scene.record(asleep).status === 'error' || scene.paid() > most ? true : undefined),
				8000,
			);
			expect(scene.paid()).toBe(most);
			expect(scene.record(asleep).status).toBe('error');
		},
	);

	it('with a node that continues, too: the first item is made anew, and the others are picked up', async () => {
		failOnce(0);
		const node = { ...RETRY, onError: 'continueRegularOutput' } as const;
		await scene.suspend(PROMPTS, { items: ABC, options: { concurrency: 1 }, node });
		await sleepAgain();
		const ended = await scene.n8n.run(1);
		expect(ended.items(NODE)).toMatchObject(COMPLETED);
		expect(prompts()).toEqual(['a', 'b', 'c', 'a']);
	});
});

describe('Retry On Fail, when a request was refused and others wait for their callback', () => {
	it('the refused one is sent again, and all images come', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, times: 1 });
		const node = { ...RETRY, onError: 'continueRegularOutput' } as const;
		const asleep = await scene.suspend(PROMPTS, { items: ABC, options: { concurrency: 1 }, node });
		const ended = await endOf(asleep);
		expect(ended.items(NODE)).toMatchObject(COMPLETED);
		expect(prompts()).toEqual(['a', 'b', 'c', 'a']);
	});

	it('one that is refused each time is an error item, and the images of the others come', async () => {
		const parameters = { ...PROMPTS, numberOfImages: '={{ $json.count }}' };
		const items = itemsOf({ p: 'a', count: 99 }, { p: 'b', count: 1 });
		const asleep = await scene.suspend(parameters, {
			items,
			node: { ...RETRY, onError: 'continueRegularOutput' },
		});
		const ended = await endOf(asleep);
		expect(ended.items(NODE)).toMatchObject([
			{ json: { error: { code: 'invalid_request' } } },
			{ json: { status: 'completed' } },
		]);
		expect(prompts()).toEqual(['b']);
	});
});

describe('Retry On Fail, when a callback of an earlier try comes last', () => {
	it('it wakes the execution: the secret in the callback URLs is the same for all tries', async () => {
		scene.emulator.addFault({ on: 'create', status: 402, after: 1, times: 1 });
		scene.emulator.addFault({ on: 'callback', slow: 400, times: 1 });
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 2 });
		const items = itemsOf({ p: 'a' }, { p: 'b' });
		const asleep = await scene.run(PROMPTS, { items, options: { concurrency: 1 }, node: RETRY });
		expect(asleep.status).toBe('waiting');
		expect(prompts()).toEqual(['a', 'b', 'b']);
		expect(new Set(scene.callbackUrls()).size).toBe(1);
		const ended = await scene.n8n.run(0);
		expect(ended.items(NODE)).toMatchObject(COMPLETED.slice(0, 2));
		expect(scene.n8n.statuses).not.toContain(401);
	});
});

describe('Retry, from the list, of an execution whose task calls back to the one that failed', () => {
	it('waits for that task by asking, and does not sleep for a callback that never comes here', async () => {
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		const failed = await scene.run(BOAT, { options: { pollIntervalSeconds: 0.05 } });
		expect(failed.status).toBe('error');
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 2 });
		const retried = await retryExecution(failed);
		expect(retried.status).toBe('success');
		expect(retried.waitTill).toBeUndefined();
		expect(retried.items(NODE)).toMatchObject([
			{ json: { taskId: scene.taskIds()[0], status: 'completed' } },
		]);
		expect(scene.paid()).toBe(1);
	});
});

describe('Retry, from the list, of an execution that failed after the wait', () => {
	it('makes anew what failed, from the original input, picks up the rest, and suspends for it', async () => {
		failOnce(1);
		await scene.suspend(PROMPTS, { items: ABC, options: { concurrency: 1 } });
		const failed = await scene.n8n.run(0);
		expect(failed.status).toBe('error');

		scene.emulator.addFault({ on: 'query', neverEnds: true, after: 3, times: 1 });
		const asleep = await retryExecution(failed);
		expect(asleep.status).toBe('waiting');
		const ended = await scene.n8n.run(1);
		expect(ended.executionId).toBe(asleep.executionId);
		expect(ended.items(NODE)).toMatchObject(COMPLETED);
		expect(prompts()).toEqual(['a', 'b', 'c', 'b']);
		expect(scene.emulator.creditsUsed()).toBeCloseTo(3 * 1.8);
	});

	it('pays nothing where all was made and only the reading failed', async () => {
		await scene.suspend(PROMPTS, { items: ABC });
		// To the callbacks, and to the node when it has been woken.
		scene.emulator.addFault({ on: 'query', status: 401, times: 6 });
		const failed = await scene.n8n.run(0);
		expect(failed.status).toBe('error');
		const ended = await retryExecution(failed);
		expect(ended.status).toBe('success');
		expect(ended.items(NODE)).toMatchObject(COMPLETED);
		expect(scene.paid()).toBe(3);
	});
});

describe('An execution that was killed', () => {
	it('while it collected: a retry gets the images, and nothing is sent again', async () => {
		await scene.suspend({ ...PROMPTS, download: true, resolution: '1K' }, { items: ABC });
		scene.emulator.addFault({ on: 'download', hang: 1500, times: 3 });
		while (scene.emulator.requestsOf('download').length === 0) await settle(10);
		const killed = scene.n8n.runs[0];
		const record = findExecution(killed?.executionId ?? '');
		if (!killed || !record) throw new Error('Nothing was resumed');
		record.status = 'crashed';
		const ended = await retryExecution(killed);
		expect(ended.items(NODE)).toMatchObject(
			COMPLETED.map((item) => ({ ...item, binary: { data: {} } })),
		);
		expect(scene.paid()).toBe(3);
		await killed.result;
	});

	it('while it waited, with tasks that are still open: a retry pays nothing again, and no task ID is lost', async () => {
		scene.emulator.addFault({ on: 'create', neverEnds: true, after: 1 });
		const asleep = await scene.suspend(PROMPTS, { items: ABC, options: { concurrency: 1 } });
		const record = findExecution(asleep.executionId);
		if (record) record.status = 'canceled';
		const ended = await retryExecution(asleep);
		expect(ended.items(NODE).map(({ json }) => json.taskId)).toEqual(scene.taskIds());
		expect(scene.paid()).toBe(3);
	});
});
