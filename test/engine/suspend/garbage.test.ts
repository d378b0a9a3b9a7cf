import { describe, expect, it } from 'vitest';
import { NODE } from '../seedream';
import { findExecution, retryExecution } from '../support';
import { useScene } from './scene';
import { Sleepers } from './sleepers';

const scene = useScene();
const sleepers = new Sleepers(scene);

const call = async (body?: unknown, contentType?: string) =>
	await scene.post(scene.callbackUrls()[0] ?? '', body, contentType);

describe('A body that makes no sense, from somebody who knows the secret', () => {
	it.each([
		{ what: 'nothing', body: '' },
		{ what: 'null', body: null },
		{ what: 'a list', body: [1, { id: 2 }] },
		{ what: 'a number', body: 7 },
		{ what: 'a text', body: 'done!', type: 'text/plain' },
		{ what: 'a type that n8n does not parse', body: '<done/>', type: 'image/png' },
		{ what: 'an ID that is no text', body: { id: { $ne: 1 }, status: ['completed'] } },
		{
			what: 'an ID that is a path',
			body: { id: 'task-unified-1-00000000/../../credits', status: 'completed' },
		},
		{ what: 'an ID that nobody has', body: { id: 'task-unified-1-00000000', status: 'completed' } },
		{ what: 'a megabyte', body: { id: 'x'.repeat(1_000_000), status: 'completed' } },
	])(
		'$what: the execution sleeps on while a task is open, and resumes when all have ended',
		async ({ body, type }) => {
			const asleep = await sleepers.two({ isOneOpen: true });
			const ours = scene.taskIds();
			expect(await call(body, type)).toMatchObject({ status: 200 });
			sleepers.expectAsleep(asleep);
			await scene.failTask(scene.taskIds()[1] ?? '');
			expect(await call(body, type)).toMatchObject({ status: 200 });
			expect((await scene.n8n.run(0)).error?.message).toContain('no GPU');
			expect(scene.emulator.requestsOf('other')).toHaveLength(0);
			expect(scene.taskIds()).toEqual(ours);
		},
	);

	it('broken JSON is refused by n8n and changes nothing', async () => {
		const asleep = await sleepers.two();
		expect(await call('{"id": "task', 'application/json')).toMatchObject({ status: 422 });
		sleepers.expectAsleep(asleep);
	});
});

describe('What goes wrong while a callback is taken', () => {
	it.each([
		{ what: 'the API is down', fault: { status: 503 } },
		{ what: 'the API has too many requests', fault: { status: 429, retryAfter: 30 } },
		{ what: 'the connection to the API is cut', fault: { reset: 'before' } },
		{ what: 'the answer of the API breaks off', fault: { truncate: true } },
	] as const)(
		'$what: the caller is told to come again, and its next call resumes',
		async ({ fault }) => {
			const asleep = await sleepers.two();
			scene.emulator.addFault({ on: 'query', ...fault, times: 1 });
			expect(await call({ id: scene.taskIds()[0] })).toMatchObject({ status: 503 });
			sleepers.expectAsleep(asleep);
			expect(await call({ id: scene.taskIds()[0] })).toMatchObject({ status: 200 });
			await sleepers.expectAwake();
		},
	);

	it('the API is down for a task that the callback is not about: told to come again as well', async () => {
		const asleep = await sleepers.two();
		scene.emulator.addFault({ on: 'query', status: 503, after: 1, times: 1 });
		expect(await call({ id: scene.taskIds()[0] })).toMatchObject({ status: 503 });
		sleepers.expectAsleep(asleep);
	});

	it('the API answers one reading with a web page: the images come all the same', async () => {
		await sleepers.two();
		scene.emulator.addFault({ on: 'query', notJson: true, times: 1 });
		await call();
		await call();
		await sleepers.expectAwake();
	});

	it('the credentials are gone: told to come again; once they are back, the next call resumes', async () => {
		const asleep = await sleepers.two();
		const credentials = findExecution(asleep.executionId)?.options.credentials ?? {};
		const { seedreamApi } = credentials;
		Reflect.deleteProperty(credentials, 'seedreamApi');
		expect(await call()).toMatchObject({ status: 503 });
		sleepers.expectAsleep(asleep);
		Object.assign(credentials, { seedreamApi });
		expect(await call()).toMatchObject({ status: 200 });
		await sleepers.expectAwake();
	});

	it.each([
		{ what: 'are those of another provider', changed: { provider: 'novita' } },
		{ what: 'have a key that is not valid', changed: { apiKey: 'other-key' } },
	])(
		'the credentials $what: an error that has the task IDs, and a retry with the right ones gets the images',
		async ({ changed }) => {
			const asleep = await sleepers.two();
			const { seedreamApi = {} } = findExecution(asleep.executionId)?.options.credentials ?? {};
			const before = { ...seedreamApi };
			Object.assign(seedreamApi, changed);
			expect((await call()).status).not.toBe(500);
			const failed = await scene.n8n.run(0);
			expect(failed.status).toBe('error');
			const { message, description, context } = failed.error ?? {};
			for (const id of scene.taskIds())
				expect(`${message} ${description} ${JSON.stringify(context?.data)}`).toContain(id);

			Object.assign(seedreamApi, before);
			const retried = await retryExecution(failed);
			expect(retried.items(NODE)).toMatchObject(
				[1, 2].map(() => ({ json: { status: 'completed' } })),
			);
			expect(scene.paid()).toBe(2);
		},
	);
});
