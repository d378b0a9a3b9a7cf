import { Container } from '@n8n/di';
import { Logger } from '@n8n/backend-common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, itemsOf, runSeedream, startSeedream, type SeedreamRun } from './seedream';

const emulator = useEmulator({ taskMs: 20 });
const logged: string[] = [];
beforeEach(() => {
	logged.length = 0;
	vi.spyOn(Container.get(Logger), 'warn').mockImplementation(
		(message) => void logged.push(message),
	);
});
afterEach(() => vi.restoreAllMocks());

/** Stops the execution as soon as `moment` has come, and gives its error when the node has ended. */
async function stopWhen(moment: () => boolean, parameters = BOAT, run: SeedreamRun = {}) {
	const handle = startSeedream(emulator, parameters, run);
	await until(() => (moment() ? true : undefined));
	handle.cancel();
	const { error, nodeError } = await handle.result;
	return error ?? nodeError('Seedream');
}

const accepted = () => emulator.requestsOf('create').filter(({ status }) => status === 200).length;
const asked = () =>
	new Set(emulator.requestsOf('query').map(({ path }) => path.split('/').at(-1) ?? ''));

describe('Stop, while tasks are open', () => {
	it('while it waits: the IDs of all of them are in the log', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		await stopWhen(() => asked().size === 3, BOAT, { items: itemsOf({}, {}, {}) });
		expect(logged).toHaveLength(1);
		for (const id of asked()) expect(logged[0]).toContain(id);
		expect(logged[0]).toMatch(/was stopped.*Get Task.*do not run the request again/);
	});

	it('while a request is under way: its answer is waited for, so that its ID is in the log', async () => {
		emulator.addFault({ on: 'create', hang: 300 });
		await stopWhen(() => emulator.requestsOf('create').length === 1, BOAT);
		expect(accepted()).toBe(1);
		await until(() => (logged.length > 0 ? true : undefined));
		expect(logged[0]).toMatch(/task-unified-/);
	});

	it('with the completion Submit Only, too', async () => {
		emulator.addFault({ on: 'create', hang: 300 });
		await stopWhen(() => emulator.requestsOf('create').length === 1, {
			...BOAT,
			completion: 'submit',
		});
		await until(() => (logged.length > 0 ? true : undefined));
		expect(logged[0]).toMatch(/task-unified-/);
	});

	it('between two requests: the second one is not sent', async () => {
		emulator.addFault({ on: 'create', hang: 200 });
		await stopWhen(() => emulator.requestsOf('create').length === 1, BOAT, {
			items: itemsOf({}, {}),
			options: { concurrency: 1 },
		});
		await until(() => (logged.length > 0 ? true : undefined));
		expect(emulator.requestsOf('create')).toHaveLength(1);
	});

	it('while Get Task waits: the IDs that were asked for', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const [made] = (await runSeedream(emulator, { ...BOAT, completion: 'submit' })).items(
			'Seedream',
		);
		const taskId = String(made?.json.taskId);
		await stopWhen(() => asked().size === 1, { operation: 'getTask', taskId, waitUntilDone: true });
		expect(logged[0]).toContain(taskId);
	});

	it('in the pause after a refusal: nothing was accepted, so nothing is logged', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 5 });
		await stopWhen(
			() => accepted() === 0 && emulator.requestsOf('create').some(({ status }) => status === 429),
		);
		expect(emulator.requestsOf('create')).toHaveLength(1);
		expect(logged).toEqual([]);
	});
});

describe('A request to a provider that answers with the images', () => {
	it('ends with Stop at once, and says that it may be billed', async () => {
		emulator.addFault({ on: 'create', hang: 5000 });
		const began = Date.now();
		await stopWhen(() => emulator.requestsOf('create').length === 1, BOAT, { provider: 'novita' });
		expect(Date.now() - began).toBeLessThan(3000);
		expect(logged[0]).toMatch(/may be billed/);
	});
});
