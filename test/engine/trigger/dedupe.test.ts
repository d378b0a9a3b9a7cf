import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it, vi } from 'vitest';
import { signCallbackUrl } from '../../../nodes/shared/seedream/callbackUrl';
import { until } from '../../emulator/testClient';
import { findExecution, retryExecution, type RunResult, type WebhookServer } from '../support';
import { CredentialStore } from '../support/credentials';
import { MemoryDeduplicator } from '../support/deduplicator';
import { handedOn, newIdentity, useTriggerScene, type Submitted } from './run';

const scene = useTriggerScene();

const LINKS: INodeParameters = { download: false };

async function report({ taskId, url }: Submitted, status = 'completed'): Promise<void> {
	expect(await scene.post(url, { id: taskId, status })).toMatchObject({ status: 200 });
}

/** The results of so many executions, which have all been started by now. */
async function ended(count: number, process: WebhookServer = scene.n8n): Promise<RunResult[]> {
	expect(process.runs).toHaveLength(count);
	return await Promise.all(process.runs.map(async ({ result }) => await result));
}

function itemCounts(results: RunResult[]): number[] {
	expect(results.map(({ status }) => status)).toEqual(results.map(() => 'success'));
	return results.map((result) => handedOn(result).length);
}

describe('The end of a task starts the workflow once', () => {
	it('when it is reported three times, one after the other', async () => {
		const submitted = await scene.submitSilently(await scene.publish(LINKS));
		for (const index of [0, 1, 2]) {
			await report(submitted);
			await scene.n8n.run(index);
		}
		expect(itemCounts(await ended(3))).toEqual([1, 0, 0]);
	});

	it('when the provider repeats its callback', async () => {
		scene.emulator.addFault({ on: 'callback', duplicateCallback: 2 });
		await scene.submit(await scene.publish(LINKS));
		for (const index of [0, 1, 2]) await scene.n8n.run(index);
		expect(itemCounts(await ended(3)).sort()).toEqual([0, 0, 1]);
	});

	it('when it is reported five times at once, also for the first task that the workflow ever sees', async () => {
		const submitted = await scene.submitSilently(await scene.publish(LINKS));
		await Promise.all([1, 2, 3, 4, 5].map(async () => await report(submitted)));
		expect(itemCounts(await ended(5)).sort()).toEqual([0, 0, 0, 0, 1]);
	});

	it('when it is reported five times at once, and others have been seen before', async () => {
		const hook = await scene.publish(LINKS);
		await report(await scene.submitSilently(hook));
		await scene.n8n.run(0);
		const submitted = await scene.submitSilently(hook);
		await Promise.all([1, 2, 3, 4, 5].map(async () => await report(submitted)));
		expect(itemCounts(await ended(6)).sort()).toEqual([0, 0, 0, 0, 1, 1]);
	});

	it('when several tasks end at once: each of them', async () => {
		const hook = await scene.publish(LINKS);
		const tasks = [
			await scene.submitSilently(hook),
			await scene.submitSilently(hook),
			await scene.submitSilently(hook),
		];
		await Promise.all(tasks.map(async (task) => await report(task)));
		await Promise.all((await ended(3)).map(({ executionId }) => executionId));
		for (const task of tasks) await report(task);
		const results = await ended(6);
		const ids = results.flatMap(handedOn).map(({ json }) => json.taskId);
		expect(ids.sort()).toEqual(tasks.map(({ taskId }) => taskId).sort());
	});

	it("when 20 tasks end at once: n8n's list is read and written a few times, the credentials are decrypted for no call", async () => {
		const hook = await scene.publish(LINKS);
		await report(await scene.submitSilently(hook));
		await scene.n8n.run(0);
		const tasks: Submitted[] = [];
		while (tasks.length < 20) tasks.push(await scene.submitSilently(hook));
		const listed = vi.spyOn(MemoryDeduplicator.prototype, 'checkProcessedAndRecord');
		const decrypted = vi.spyOn(CredentialStore.prototype, 'getDecrypted');
		await Promise.all(tasks.map(async (task) => await report(task)));
		const results = await ended(21);
		expect(listed.mock.calls.length).toBeLessThan(20);
		// Each of the executions that are started does it once.
		expect(decrypted).toHaveBeenCalledTimes(20);
		expect(new Set(results.flatMap(handedOn).map(({ json }) => json.taskId)).size).toBe(21);
		vi.restoreAllMocks();
	});

	it('after a restart of n8n, or in another of its processes', async () => {
		const identity = newIdentity();
		const submitted = await scene.submitSilently(await scene.publish(LINKS, { identity }));
		await report(submitted);
		expect(itemCounts(await ended(1))).toEqual([1]);

		const process = await scene.startProcess();
		const hook = await scene.publish(LINKS, { identity, process });
		await report({ ...submitted, url: hook + new URL(submitted.url).search });
		expect(itemCounts(await ended(1, process))).toEqual([0]);
	});

	it('when two processes take a report each, at the same time', async () => {
		const identity = newIdentity();
		await report(await scene.submitSilently(await scene.publish(LINKS, { identity })));
		await scene.n8n.run(0);
		const submitted = await scene.submitSilently(await scene.publish(LINKS, { identity }));
		vi.resetModules();
		const { SeedreamTrigger } = await import('../../../nodes/SeedreamTrigger/SeedreamTrigger.node');
		const process = await scene.startProcess();
		const hook = await scene.publish(LINKS, { identity, process, node: new SeedreamTrigger() });
		await Promise.all([
			report(submitted),
			report({ ...submitted, url: hook + new URL(submitted.url).search }),
		]);
		const results = [...(await ended(2)).slice(1), ...(await ended(1, process))];
		expect(itemCounts(results).sort()).toEqual([0, 1]);
	});

	it('and a report whose task could not be read does not count', async () => {
		const submitted = await scene.submitSilently(await scene.publish(LINKS));
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		await report(submitted);
		expect((await scene.n8n.run(0)).status).toBe('error');
		await report(submitted);
		expect(handedOn(await scene.n8n.run(1))).toHaveLength(1);
	});

	it('and a report that came too early does not count', async () => {
		const submitted = await scene.submitSilently(await scene.publish(LINKS));
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		await report(submitted, 'processing');
		expect(handedOn(await scene.n8n.run(0))).toHaveLength(0);
		await report(submitted);
		expect(handedOn(await scene.n8n.run(1))).toHaveLength(1);
	});
});

describe('It starts the workflow again', () => {
	it('for another end of the same task', async () => {
		const submitted = await scene.submitSilently(
			await scene.publish({ ...LINKS, confirmWithApi: false }),
		);
		for (const status of ['failed', 'cancelled', 'failed']) {
			await report(submitted, status);
			await Promise.all(scene.n8n.runs.map(async ({ result }) => await result));
		}
		expect(itemCounts(await ended(3))).toEqual([1, 1, 0]);
	});

	it('for another workflow', async () => {
		const submitted = await scene.submitSilently(await scene.publish(LINKS));
		await report(submitted);
		await scene.n8n.run(0);
		const other = await scene.publish(LINKS);
		await report({ ...submitted, url: signCallbackUrl(other, 'test-key', Date.now()) });
		expect(handedOn(await scene.n8n.run(1))).toHaveLength(1);
	});

	it('with Deduplicate switched off', async () => {
		const submitted = await scene.submitSilently(
			await scene.publish({ ...LINKS, deduplicate: false }),
		);
		for (const index of [0, 1]) {
			await report(submitted);
			expect(handedOn(await scene.n8n.run(index))).toHaveLength(1);
		}
	});

	it('in tests from the editor, which leave no trace for the active workflow either', async () => {
		const identity = newIdentity();
		const submitted = await scene.submitSilently(
			await scene.publish(LINKS, { identity, mode: 'manual' }),
		);
		for (const index of [0, 1]) {
			await report(submitted);
			expect(handedOn(await scene.n8n.run(index))).toHaveLength(1);
		}
		const process = await scene.startProcess();
		const hook = await scene.publish(LINKS, { identity, process });
		await report({ ...submitted, url: hook + new URL(submitted.url).search });
		expect(handedOn(await process.run(0))).toHaveLength(1);
	});
});

describe('A run that a person retries is never taken for a repetition', () => {
	it('n8n was killed between seeing the end and handing it on: the retry hands it on', async () => {
		const submitted = await scene.submitSilently(await scene.publish({ download: true }));
		scene.emulator.addFault({ on: 'download', hang: 2000, times: 1 });
		await report(submitted);
		await until(() => scene.emulator.requestsOf('download')[0]);
		const [killed] = scene.n8n.runs;
		const record = findExecution(killed?.executionId ?? '');
		if (!killed || !record) throw new Error('Nothing was started');
		record.status = 'crashed';
		const retried = await retryExecution(killed);
		expect(handedOn(retried)).toMatchObject([
			{ json: { taskId: submitted.taskId, status: 'completed' }, binary: { data: {} } },
		]);
		await killed.result;
	});

	it('and a callback that comes after the retry still is one', async () => {
		const submitted = await scene.submitSilently(await scene.publish(LINKS));
		scene.emulator.addFault({ on: 'query', status: 401, times: 1 });
		await report(submitted);
		const failed = await scene.n8n.run(0);
		expect(failed.status).toBe('error');
		expect(handedOn(await retryExecution(failed))).toHaveLength(1);
		await report(submitted);
		expect(handedOn(await scene.n8n.run(1))).toHaveLength(0);
	});
});
