import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fal, linksIn, requestIn, run, T2I } from './falClient';
import { until } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 30, callbackRetryMs: [5] });

let received: unknown[];
const listener = createServer(async (incoming, response) => {
	let body = '';
	for await (const part of incoming) body += String(part);
	received.push(JSON.parse(body));
	response.writeHead(200).end();
});
let webhook: string;

beforeEach(async () => {
	received = [];
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const address = listener.address();
	if (address === null || typeof address === 'string') throw new Error('not listening on a port');
	webhook = `http://127.0.0.1:${address.port}/done?secret=a%2Fb`;
});
afterEach(async () => {
	listener.closeAllConnections();
	await new Promise((resolve) => listener.close(resolve));
});

async function begin(body: unknown): Promise<string> {
	const path = `${T2I}?fal_webhook=${encodeURIComponent(webhook)}`;
	const made = await fal(emulator, path, body);
	const { request_id: id } = requestIn(made);
	expect(made.body).toMatchObject({ status: 'IN_QUEUE', gateway_request_id: id });
	return id;
}

it('a webhook of fal carries the result, in a body of its own', async () => {
	const id = await begin({ prompt: 'a lake' });
	await until(() => received[0]);
	const { body } = await fal(emulator, `fal-ai/bytedance/requests/${id}`);
	expect(received).toEqual([
		{ request_id: id, gateway_request_id: id, status: 'OK', payload: body },
	]);
	expect(emulator.callbacks).toMatchObject([{ taskId: id, url: webhook, status: 200 }]);
});

it('or why there is none', async () => {
	const id = await begin({ prompt: 'a lake', num_images: 9 });
	await until(() => received[0]);
	expect(received).toMatchObject([
		{
			request_id: id,
			status: 'ERROR',
			error: 'Invalid status code: 422',
			payload: { detail: [{ type: 'less_than_equal', loc: ['body', 'num_images'] }] },
		},
	]);
});

it('or nothing, where it comes too early', async () => {
	emulator.addFault({ on: 'callback', earlyCallback: true, times: 1 });
	await begin({ prompt: 'a lake' });
	await until(() => received[1]);
	expect(received).toMatchObject([
		{ status: 'OK', payload: null, payload_error: expect.any(String) },
		{ status: 'OK', payload: { images: [{}] } },
	]);
});

it('and is not sent where none was asked for, or to what is no address', async () => {
	linksIn(await run(emulator, T2I, { prompt: 'a lake' }));
	await fal(emulator, `${T2I}?fal_webhook=nowhere`, { prompt: 'a lake' });
	await emulator.settled();
	expect(emulator.callbacks).toEqual([]);
});
