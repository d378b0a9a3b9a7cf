import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE, startEmulator } from './index';
import type { HeldConnection } from './index';
import { create, queryTask, request, run, taskIn } from './testClient';
import { useEmulator } from './useEmulator';

const lake = { model: 'doubao-seedream-4.0', prompt: 'a lake', size: '960x960' };
const arkLake = { model: 'seedream-4-0-250828', prompt: 'a lake', size: '960x960' };

const emulator = useEmulator({ taskMs: 20 });

/** What a new connection to the emulator meets; `fetch` may have kept an old one. */
async function knock(): Promise<string | undefined> {
	return await new Promise((resolve) => {
		const socket = connect(emulator.port, '127.0.0.1', () => resolve('open'));
		socket
			.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
			.on('connect', () => socket.destroy());
	});
}

describe('a fault', () => {
	it('with a status refuses in the provider’s words, so many times', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 2, times: 1 });
		const refused = await create(emulator, 'evolink', lake);
		expect(refused).toMatchObject({
			status: 429,
			body: { error: { code: 'rate_limit_exceeded' } },
		});
		expect(refused.headers.get('retry-after')).toBe('2');
		expect(emulator.creditsUsed()).toBe(0);
		expect((await create(emulator, 'evolink', lake)).status).toBe(200);
	});

	it('can wait, can be for one provider, and can have its own body', async () => {
		emulator.addFault({
			on: 'create',
			provider: 'byteplus',
			after: 1,
			status: 500,
			body: { error: 'x' },
		});
		expect((await create(emulator, 'evolink', lake)).status).toBe(200);
		expect((await create(emulator, 'byteplus', arkLake)).status).toBe(200);
		expect(await create(emulator, 'byteplus', arkLake)).toMatchObject({
			status: 500,
			body: { error: 'x' },
		});
	});

	it('gives its answer before the next one gives its own', async () => {
		emulator.addFault({ on: 'query', status: 503, times: 1 });
		emulator.addFault({ on: 'query', status: 429, times: 1 });
		const { id } = taskIn(await create(emulator, 'evolink', lake));
		const statuses = [];
		for (let i = 0; i < 3; i += 1)
			statuses.push((await request(`${emulator.baseUrl('evolink')}/v1/tasks/${id}`)).status);
		expect(statuses).toEqual([503, 429, 200]);
	});

	it('resets before the request counts, or after it was charged', async () => {
		emulator.addFault({ on: 'create', reset: 'before', times: 1 });
		await expect(create(emulator, 'evolink', lake)).rejects.toThrow('fetch failed');
		expect(emulator.creditsUsed()).toBe(0);
		emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		await expect(create(emulator, 'evolink', lake)).rejects.toThrow('fetch failed');
		expect(emulator.creditsUsed()).toBe(CREDITS_PER_IMAGE);
		expect(emulator.requestsOf('create').map(({ status }) => status)).toEqual([
			undefined,
			undefined,
		]);
	});

	it('hangs, after the request was charged', async () => {
		emulator.addFault({ on: 'create', hang: 5000, times: 1 });
		const url = `${emulator.baseUrl('byteplus')}/images/generations`;
		const headers = { authorization: 'Bearer test-key' };
		const sent = fetch(url, {
			method: 'POST',
			headers,
			body: JSON.stringify(arkLake),
			signal: AbortSignal.timeout(200),
		});
		await expect(sent).rejects.toThrow(/timeout/);
		expect(emulator.imagesMade()).toBe(1);
	});

	it('cuts a download short, breaks its link, or serves a web page instead', async () => {
		const { results } = await run(emulator, lake);
		const link = results[0] ?? '';
		emulator.addFault({ on: 'download', truncate: true, times: 1 });
		await expect(fetch(link).then((response) => response.arrayBuffer())).rejects.toThrow();
		emulator.addFault({ on: 'download', provider: 'evolink', deadLink: true, times: 1 });
		expect((await fetch(link)).status).toBe(404);
		emulator.addFault({ on: 'download', notJson: true, times: 1 });
		expect((await fetch(link)).headers.get('content-type')).toBe('text/html');
		expect((await fetch(link)).headers.get('content-type')).toBe('image/jpeg');
	});

	it('makes the links of a task dead from the start', async () => {
		emulator.addFault({ on: 'create', deadLink: true });
		const { results } = await run(emulator, lake);
		expect((await fetch(results[0] ?? '')).status).toBe(404);
	});

	it('answers a request that was accepted with a page, or with any body', async () => {
		emulator.addFault({ on: 'create', notJson: true, times: 1 });
		await expect(create(emulator, 'evolink', lake)).rejects.toThrow(/JSON/);
		expect(emulator.creditsUsed()).toBe(CREDITS_PER_IMAGE);
		emulator.addFault({ on: 'create', body: { odd: true }, times: 1 });
		expect(await create(emulator, 'evolink', lake)).toMatchObject({
			status: 200,
			body: { odd: true },
		});
	});

	it('fails a task, or lets it go on for ever', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'm' },
			times: 1,
		});
		expect(await run(emulator, lake)).toMatchObject({
			status: 'failed',
			error: { code: 'service_error', message: 'm' },
		});
		expect(emulator.creditsUsed()).toBe(0);
		emulator.addFault({ on: 'create', neverEnds: true, times: 1 });
		const { id } = taskIn(await create(emulator, 'evolink', lake));
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(await queryTask(emulator, id)).toMatchObject({ status: 'processing', progress: 99 });
	});

	it('lets a task have failed before it is answered, and cost nothing', async () => {
		emulator.setTaskMs(10_000);
		const bornFailed = { code: 'service_error', message: 'm' };
		emulator.addFault({ on: 'create', bornFailed, times: 1 });
		const { id } = taskIn(await create(emulator, 'evolink', lake));
		expect(emulator.acceptedCreates()).toMatchObject([{ taskId: id, outcome: 'failed' }]);
		expect(await queryTask(emulator, id)).toMatchObject({ status: 'failed', error: bornFailed });
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('lets a task not be found yet', async () => {
		const { id } = taskIn(await create(emulator, 'evolink', lake));
		emulator.addFault({ on: 'query', notYet: true, times: 1 });
		const url = `${emulator.baseUrl('evolink')}/v1/tasks/${id}`;
		expect(await request(url)).toMatchObject({
			status: 404,
			body: { error: { code: 'task_not_found' } },
		});
		expect(await request(url)).toMatchObject({ status: 200, body: { id } });
	});

	it('lets a task be completed without images', async () => {
		emulator.addFault({ on: 'create', noImages: true, times: 1 });
		expect(await run(emulator, lake)).toMatchObject({ status: 'completed', results: [] });
	});

	it('fails a synchronous request, which then costs nothing', async () => {
		emulator.addFault({ on: 'create', failTask: { code: 'InternalServiceError', message: 'm' } });
		expect(await create(emulator, 'byteplus', arkLake)).toMatchObject({
			status: 500,
			body: { error: { code: 'InternalServiceError' } },
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('with a status may have been accepted all the same, and may point elsewhere', async () => {
		emulator.addFault({
			on: 'create',
			status: 307,
			accepted: true,
			location: '/elsewhere',
			times: 1,
		});
		const url = `${emulator.baseUrl('evolink')}/v1/images/generations`;
		const headers = { authorization: 'Bearer test-key' };
		const moved = await fetch(url, {
			method: 'POST',
			headers,
			body: JSON.stringify(lake),
			redirect: 'manual',
		});
		expect([moved.status, moved.headers.get('location')]).toEqual([307, '/elsewhere']);
		expect(emulator.creditsUsed()).toBe(CREDITS_PER_IMAGE);
		emulator.addFault({ on: 'create', status: 503, times: 1 });
		expect((await create(emulator, 'evolink', lake)).status).toBe(503);
		expect(emulator.acceptedCreates()).toHaveLength(1);
	});

	it('takes the server down once a request is answered, until it comes back', async () => {
		emulator.addFault({ on: 'create', thenDown: true, times: 1 });
		expect(await knock()).toBe('open');
		const { id } = taskIn(await create(emulator, 'evolink', lake));
		expect(await knock()).toBe('ECONNREFUSED');
		await emulator.comeBack();
		expect(await knock()).toBe('open');
		expect(await queryTask(emulator, id)).toMatchObject({ id });
		emulator.goDown();
		expect(await knock()).toBe('ECONNREFUSED');
		await emulator.comeBack();
		await emulator.comeBack();
		expect(await knock()).toBe('open');
	});

	it('comes back on a port that no system gives away meanwhile', () => {
		expect(emulator.port).toBeLessThan(32_768);
	});

	it('lets the links of a task lead to a host where nobody listens', async () => {
		emulator.addFault({ on: 'create', lostHost: true });
		const { results } = await run(emulator, lake);
		await expect(fetch(results[0] ?? '')).rejects.toMatchObject({
			cause: { message: expect.stringMatching(/ECONNREFUSED|bad port/) },
		});
	});

	it('tells who waits for an answer that is held back', async () => {
		const waiting: HeldConnection[] = [];
		const held = await startEmulator({ onHang: (connection) => waiting.push(connection) });
		held.addFault({ on: 'credits', hang: 1 });
		await request(`${held.baseUrl('evolink')}/v1/credits`);
		await held.stop();
		expect(waiting).toEqual([{ server: held.port, client: expect.any(Number) }]);
	});

	it('sends a stream slowly, or half of it', async () => {
		emulator.addFault({ on: 'create', slow: 200, times: 1 });
		const url = `${emulator.baseUrl('byteplus')}/images/generations`;
		const headers = { authorization: 'Bearer test-key' };
		const send = async () =>
			await fetch(url, {
				method: 'POST',
				headers,
				body: JSON.stringify({ ...arkLake, stream: true }),
			});
		const start = Date.now();
		expect(await (await send()).text()).toContain('[DONE]');
		expect(Date.now() - start).toBeGreaterThanOrEqual(55);
		emulator.addFault({ on: 'create', truncate: true, times: 1 });
		await expect((await send()).text()).rejects.toThrow();
	});

	it('sends a body slowly', async () => {
		emulator.addFault({ on: 'credits', slow: 150 });
		const start = Date.now();
		await request(`${emulator.baseUrl('evolink')}/v1/credits`);
		expect(Date.now() - start).toBeGreaterThan(100);
	});

	it('has exactly one effect', () => {
		expect(() => emulator.addFault({ on: 'create', accepted: true })).toThrow(/exactly one/);
		expect(() => emulator.addFault({ on: 'create' })).toThrow(/exactly one/);
		expect(() => emulator.addFault({ on: 'create', status: 500, hang: 1 })).toThrow(/exactly one/);
	});
});

describe('the paid requests that were accepted', () => {
	it('are known with their prompts and what became of them, however their answers were lost', async () => {
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		await create(emulator, 'evolink', { ...lake, prompt: 'refused' });
		emulator.addFault({ on: 'create', reset: 'before', times: 1 });
		await expect(create(emulator, 'evolink', { ...lake, prompt: 'cut before' })).rejects.toThrow();
		emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		await expect(create(emulator, 'evolink', { ...lake, prompt: 'cut after' })).rejects.toThrow();
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'm' },
			times: 1,
		});
		const failed = await run(emulator, { ...lake, prompt: 'failed' });
		emulator.addFault({
			on: 'create',
			failTask: { code: 'InternalServiceError', message: 'm' },
			times: 1,
		});
		await create(emulator, 'byteplus', { ...arkLake, prompt: 'failed at once' });
		await create(emulator, 'byteplus', { ...arkLake, prompt: 'made at once' });
		await emulator.settled();
		expect(emulator.acceptedCreates()).toEqual([
			{
				provider: 'evolink',
				prompt: 'cut after',
				taskId: expect.any(String),
				outcome: 'completed',
			},
			{ provider: 'evolink', prompt: 'failed', taskId: failed.id, outcome: 'failed' },
			{ provider: 'byteplus', prompt: 'failed at once', outcome: 'failed' },
			{ provider: 'byteplus', prompt: 'made at once', outcome: 'completed' },
		]);
		emulator.reset();
		expect(emulator.acceptedCreates()).toEqual([]);
	});

	it('end when the test says so', async () => {
		emulator.setTaskMs(60_000);
		const { id } = taskIn(await create(emulator, 'evolink', lake));
		expect(emulator.acceptedCreates()).toMatchObject([{ taskId: id, outcome: 'open' }]);
		emulator.finishTasks();
		await emulator.settled();
		expect(await queryTask(emulator, id)).toMatchObject({ status: 'completed' });
	});
});
