import { expect, it } from 'vitest';
import { startEmulator } from './index';
import { create, dataUri, download, request, run } from './testClient';
import { useEmulator } from './useEmulator';

const lake = { model: 'doubao-seedream-4.0', prompt: 'a lake', size: '960x960' };

const emulator = useEmulator({ taskMs: 20 });
const control = () => `http://127.0.0.1:${emulator.port}/_control`;

it('refuses a download that carries a key, and records it', async () => {
	const { results } = await run(emulator, lake);
	const leaked = await fetch(results[0] ?? '', { headers: { authorization: 'Bearer test-key' } });
	expect(leaked.status).toBe(400);
	expect(emulator.requestsOf('download', 'evolink')).toMatchObject([
		{ status: 400, headers: { authorization: 'Bearer test-key' } },
	]);
});

it('serves the same image each time, with its length', async () => {
	const { results } = await run(emulator, lake);
	const [first, second] = [await fetch(results[0] ?? ''), await fetch(results[0] ?? '')];
	const bytes = Buffer.from(await first.arrayBuffer());
	expect(first.headers.get('content-length')).toBe(String(bytes.length));
	expect(bytes.equals(Buffer.from(await second.arrayBuffer()))).toBe(true);
});

it('makes incompressible images when told to', async () => {
	await request(`${control()}/settings`, { body: { noise: true } });
	const { results } = await run(emulator, lake);
	const bytes = await (await fetch(results[0] ?? '')).arrayBuffer();
	expect(bytes.byteLength).toBeGreaterThan(500_000);
});

it('makes them however narrow they are', async () => {
	await request(`${control()}/settings`, { body: { noise: true } });
	const { results } = await run(emulator, { ...lake, size: '3600x260' });
	expect(await download(results[0] ?? '')).toMatchObject({ size: '3600x260' });
});

it('records requests with their bodies, base64 shortened', async () => {
	const image = await dataUri(200, 200);
	await create(emulator, 'byteplus', {
		model: 'seedream-4-0-250828',
		prompt: 'p '.repeat(200),
		image,
	});
	const [recorded] = emulator.requestsOf('create', 'byteplus');
	expect(recorded).toMatchObject({
		method: 'POST',
		path: '/byteplus/api/v3/images/generations',
		status: 200,
	});
	expect(recorded?.body).toMatchObject({
		prompt: 'p '.repeat(200),
		image: `${image.slice(0, 40)}…(${image.length} chars)`,
	});
});

it('can be controlled from another process', async () => {
	await request(`${control()}/faults`, { body: { on: 'create', status: 500 } });
	expect((await create(emulator, 'evolink', lake)).status).toBe(500);
	expect(
		await request(`${control()}/faults`, { body: { on: 'nothing', status: 500 } }),
	).toMatchObject({ status: 400, body: { field: 'on' } });
	await request(`${control()}/faults`, { method: 'DELETE' });
	await run(emulator, lake);
	expect((await request(`${control()}/stats`)).body).toEqual({
		creditsUsed: emulator.creditsUsed(),
		imagesMade: 1,
		callbacks: [],
	});
	expect((await request(`${control()}/requests?kind=create`)).body).toMatchObject([
		{ status: 500 },
		{ status: 200 },
	]);
	await request(`${control()}/reset`, { method: 'POST' });
	expect((await request(`${control()}/requests`)).body).toEqual([]);
	expect(emulator.imagesMade()).toBe(0);
});

it('says in each provider’s words that there is no such path', async () => {
	expect(await request(`${emulator.baseUrl('evolink')}/v1/none`)).toMatchObject({
		status: 404,
		body: { error: { message: 'Invalid URL (GET /v1/none)' } },
	});
	expect(await request(`${emulator.baseUrl('novita')}/v3/none`)).toMatchObject({
		status: 404,
		body: { reason: 'API_NOT_FOUND' },
	});
	expect((await request(`http://127.0.0.1:${emulator.port}/elsewhere`)).status).toBe(404);
});

it('stops while tasks and requests are under way', async () => {
	const other = await startEmulator({ taskMs: 60_000 });
	await create(other, 'evolink', lake);
	const hanging = create(other, 'byteplus', { model: 'seedream-4-0-250828', prompt: 'a lake' });
	const failed = expect(hanging).rejects.toThrow();
	await new Promise((resolve) => setTimeout(resolve, 50));
	await other.stop();
	await failed;
});
