import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SeedreamTrigger } from '../../nodes/SeedreamTrigger/SeedreamTrigger.node';
import { until } from '../emulator/testClient';
import { credentialsFor } from './seedream';
import { retryExecution, type RunResult } from './support';
import { useTriggerScene } from './trigger/run';

const scene = useTriggerScene();

afterEach(() => vi.restoreAllMocks());

/** The error as workflows see it: the task may be paid for, is named, and can be had by Get Task. */
function expectKept(error: unknown, taskId: string, facts: object = {}): void {
	expect(error).toMatchObject({ billed: 'unknown', retryable: false, ...facts });
	expect(Object(error).message).toMatch(new RegExp(`Get Task.*${taskId}|${taskId}.*Get Task`));
}

const errorOf = (result: RunResult): unknown => Object(result.error?.context).data?.error;

/** Takes a callback with good credentials; its run fails, and somebody retries it after `spoil`. */
async function retryWith(
	spoil: (good: ICredentialDataDecryptedObject) => ICredentialDataDecryptedObject,
) {
	let current = credentialsFor(scene.emulator);
	const spoilt = spoil(current);
	const credentials = Object.defineProperties(
		{},
		Object.fromEntries(
			Object.keys(current).map((name) => [name, { enumerable: true, get: () => current[name] }]),
		),
	);
	const { taskId, url } = await scene.submitSilently(await scene.publish({}, { credentials }));
	scene.emulator.addFault({ on: 'query', status: 401 });
	await scene.post(url, { id: taskId, status: 'completed' });
	const failed = await scene.n8n.run(0);
	scene.emulator.clearFaults();
	current = spoilt;
	return { taskId, failed, retried: await retryExecution(failed) };
}

describe('When the trigger runs and its credentials are', () => {
	it('not good any more: the task is named', async () => {
		const { taskId, failed } = await retryWith((good) => good);
		expectKept(errorOf(failed), taskId, { httpStatus: 401, taskId });
	});

	it.each([
		['for a provider that there is not', { provider: 'nobody' }],
		['with a base URL that is none', { baseUrl: 'api.evolink.ai' }],
		['for a provider without base URL', { provider: 'uniall', baseUrl: '' }],
	])('%s: nobody knows, and the task is named', async (_, wrong) => {
		const { taskId, retried } = await retryWith((good) => ({ ...good, ...wrong }));
		expect(retried.status).toBe('error');
		expectKept(errorOf(retried), taskId, { code: 'invalid_credentials' });
	});

	it('deleted: nobody knows, and the task is named', async () => {
		const { taskId, retried } = await retryWith((good) => ({
			...good,
			get provider(): string {
				throw new Error('Credential with ID "1" does not exist for type "seedreamApi".');
			},
		}));
		expect(retried.status).toBe('error');
		expectKept(errorOf(retried), taskId);
	});

	it('of a provider that has no tasks: the task is named', async () => {
		const { retried } = await retryWith((good) => ({
			...good,
			provider: 'novita',
			baseUrl: scene.emulator.baseUrl('novita'),
		}));
		expect(retried.status).toBe('error');
		expect(errorOf(retried)).toMatchObject({
			code: 'no_tasks',
			billed: 'unknown',
			message: expect.stringContaining('task-unified-'),
		});
	});
});

describe('When the trigger', () => {
	it('is stopped while it reads the task: nobody knows, and the task is named', async () => {
		vi.spyOn(SeedreamTrigger.prototype, 'execute');
		const { taskId, url } = await scene.submitSilently(await scene.publish());
		scene.emulator.addFault({ on: 'query', hang: 4000 });
		await scene.post(url, { id: taskId, status: 'completed' });
		await until(() => (scene.emulator.requestsOf('query').length > 0 ? true : undefined));
		scene.n8n.runs[0]?.cancel();
		await scene.n8n.run(0);
		const end = await until(() => {
			const [first] = vi.mocked(SeedreamTrigger.prototype.execute).mock.settledResults;
			return first && first.type !== 'incomplete' ? first : undefined;
		}, 6000);
		expect(end.type).toBe('rejected');
		expectKept(Object(Object(end.value).context).data?.error, taskId, {
			code: 'execution_stopped',
		});
	});

	it('is stopped while it waits for an end that the API does not show: likewise', async () => {
		vi.spyOn(SeedreamTrigger.prototype, 'execute');
		const { taskId, url } = await scene.submitSilently(await scene.publish());
		scene.emulator.addFault({ on: 'query', neverEnds: true });
		await scene.post(url, { id: taskId, status: 'completed' });
		await until(() => (scene.emulator.requestsOf('query').length > 1 ? true : undefined));
		scene.n8n.runs[0]?.cancel();
		await scene.n8n.run(0);
		const end = await until(() => {
			const [first] = vi.mocked(SeedreamTrigger.prototype.execute).mock.settledResults;
			return first && first.type !== 'incomplete' ? first : undefined;
		});
		expectKept(Object(Object(end.value).context).data?.error, taskId, {
			code: 'execution_stopped',
		});
	});

	it('has a field that cannot be read: nobody knows, and the task is named', async () => {
		const { taskId, url } = await scene.submitSilently(
			await scene.publish({ options: { outputMode: '={{ "both" }}' } }),
		);
		await scene.post(url, { id: taskId, status: 'completed' });
		expectKept(errorOf(await scene.n8n.run(0)), taskId, { code: 'invalid_request' });
	});

	it('hands on a task that failed: it was not billed', async () => {
		const { taskId, url } = await scene.submitSilently(await scene.publish(), {
			prompt: '[moderated]',
		});
		await scene.post(url, { id: taskId, status: 'failed' });
		const result = await scene.n8n.run(0);
		expect(result.items('End')).toMatchObject([{ json: { error: { billed: 'no', taskId } } }]);
	});
});
