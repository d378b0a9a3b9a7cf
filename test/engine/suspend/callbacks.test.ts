import { describe, expect, it } from 'vitest';
import { until } from '../../emulator/testClient';
import { NODE } from '../seedream';
import { BOAT, BOATS, LONG_MS, numbered, settle, useScene } from './scene';
import { Sleepers } from './sleepers';

const scene = useScene();
const sleepers = new Sleepers(scene);

const call = async (body?: unknown) => await scene.post(scene.callbackUrls()[0] ?? '', body);

describe('Callbacks that come', () => {
	it('in another order than the tasks: the last one resumes, and the output is in the order of the input', async () => {
		scene.emulator.addFault({ on: 'create', neverEnds: true });
		const run = {
			items: numbered(3),
			options: { concurrency: 1 },
			node: { onError: 'continueRegularOutput' },
		} as const;
		await scene.suspend(BOATS, run);
		const [first = '', second = '', third = ''] = scene.taskIds();
		for (const id of [third, first, second]) {
			expect(scene.n8n.runs).toHaveLength(0);
			await scene.failTask(id);
			expect(await call({ id })).toMatchObject({ status: 200 });
		}
		const awake = await scene.n8n.run(0);
		expect(awake.items(NODE)).toMatchObject(
			[first, second, third].map((taskId) => ({ json: { error: { taskId } } })),
		);
	});

	it('each several times, also after the end: one execution goes on, once', async () => {
		scene.emulator.addFault({ on: 'callback', duplicateCallback: 2 });
		await scene.suspend(BOATS, { items: numbered(3) });
		await sleepers.expectAwake(3);
		await settle(250);
		expect(scene.n8n.runs).toHaveLength(1);
	});

	it('five at once when all has ended: one of them resumes the execution, which goes on once', async () => {
		await sleepers.two();
		const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => await call({})));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
		await sleepers.expectAwake();
	});

	it('five at once while a task is open: the execution stays asleep, untouched', async () => {
		const asleep = await sleepers.two({ isOneOpen: true });
		const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => await call({})));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		sleepers.expectAsleep(asleep);
	});

	it('while the node is still sending: n8n refuses them, and the repetition resumes', async () => {
		scene.emulator.setTaskMs(1);
		scene.emulator.addFault({ on: 'create', hang: 100, after: 1, times: 1 });
		// The tasks have ended by then, and are open to the node all the same when it looks at them.
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 2 });
		expect((await scene.run(BOATS, { items: numbered(2) })).status).toBe('waiting');
		await sleepers.expectAwake();
		expect(scene.n8n.statuses[0]).toBe(409);
	});

	it('after a lost one: whichever comes last makes the node look at all tasks', async () => {
		scene.emulator.addFault({ on: 'callback', noCallback: true, times: 2 });
		for (const slow of [1, 1, 200]) scene.emulator.addFault({ on: 'callback', slow, times: 1 });
		await scene.suspend(BOATS, { items: numbered(3), options: { concurrency: 1 } });
		await sleepers.expectAwake(3);
		expect(new Set(scene.emulator.callbacks.map(({ taskId }) => taskId)).size).toBe(1);
	});
});

describe('A callback is a hint, and the API has the truth', () => {
	it('early, before the task has ended: it is asked to come again, and the execution stays asleep', async () => {
		scene.emulator.addFault({ on: 'callback', earlyCallback: true });
		scene.emulator.setTaskMs(LONG_MS);
		const asleep = await scene.run(BOATS, { items: numbered(2) });
		await until(() => scene.n8n.statuses.includes(503) || undefined);
		sleepers.expectAsleep(asleep);
		scene.emulator.finishTasks();
		await sleepers.expectAwake();
	});

	it('"completed" for a task that the API has in processing changes nothing', async () => {
		const asleep = await sleepers.two({ isOneOpen: true });
		const [, open] = scene.taskIds();
		const lie = { id: open, status: 'completed', results: ['https://evil.example.com/x.png'] };
		expect(await call(lie)).toMatchObject({ status: 503 });
		sleepers.expectAsleep(asleep);
	});

	it('"completed" for a task that the API calls failed: the node fails, with the API\'s reason', async () => {
		scene.emulator.addFault({ on: 'create', noCallback: true });
		scene.emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'no GPU' },
		});
		await scene.suspend(BOAT);
		await settle();
		const [id] = scene.taskIds();
		await call({ id, status: 'completed', results: ['https://evil.example.com/x.png'] });
		const ended = await scene.n8n.run(0);
		expect(ended.error?.message).toContain('no GPU');
		expect(ended.saved).not.toContain('evil.example.com');
	});

	it('"failed" for a task that the API calls completed: its images come', async () => {
		await sleepers.two();
		const [id] = scene.taskIds();
		await call({ id, status: 'failed', error: { code: 'x', message: 'a lie' } });
		await sleepers.expectAwake();
	});
});

describe('A forged callback', () => {
	const forgeries: Array<{ what: string; forge: (query: URLSearchParams) => void }> = [
		{ what: "without the node's secret", forge: (query) => query.delete('sd_k') },
		{ what: 'with an empty secret', forge: (query) => query.set('sd_k', '') },
		{
			what: 'with a wrong secret of the same length',
			forge: (query) => query.set('sd_k', '0'.repeat(48)),
		},
		{
			what: 'with a part of the secret',
			forge: (query) => query.set('sd_k', query.get('sd_k')?.slice(0, 47) ?? ''),
		},
		{ what: "without n8n's signature", forge: (query) => query.delete('signature') },
	];

	it.each(forgeries)(
		'$what is refused with 401, before the API is asked, and changes nothing',
		async ({ forge }) => {
			const asleep = await sleepers.two();
			const queries = scene.queries();
			const [real = ''] = scene.callbackUrls();
			const forged = new URL(real);
			forge(forged.searchParams);
			expect(
				await scene.post(forged.href, { id: scene.taskIds()[0], status: 'completed' }),
			).toMatchObject({ status: 401 });
			expect(scene.queries()).toBe(queries);
			sleepers.expectAsleep(asleep);
			await scene.post(real);
			await sleepers.expectAwake();
		},
	);

	it('with the secret of another execution is refused too', async () => {
		await sleepers.two();
		const [other = ''] = scene.callbackUrls();
		const asleep = await scene.suspend(BOAT);
		const forged = new URL(scene.callbackUrls()[2] ?? '');
		forged.searchParams.set('sd_k', new URL(other).searchParams.get('sd_k') ?? '');
		expect(await scene.post(forged.href)).toMatchObject({ status: 401 });
		sleepers.expectAsleep(asleep);
	});
});
