import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { create, request, taskIn, until } from './testClient';
import { useEmulator } from './useEmulator';

const lake = { model: 'doubao-seedream-4.0', prompt: 'a lake' };

let received: unknown[];
let types: string[];
let answers: number[];
const listener = createServer(async (incoming, response) => {
	let body = '';
	for await (const part of incoming) body += String(part);
	types.push(String(incoming.headers['content-type']));
	received.push(parsed(body));
	response.writeHead(answers.shift() ?? 200).end();
});
let callbackUrl: string;

/** The text where it is no JSON. */
function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}

beforeEach(async () => {
	[received, types, answers] = [[], [], []];
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const address = listener.address();
	if (address === null || typeof address === 'string') throw new Error('not listening on a port');
	callbackUrl = `http://127.0.0.1:${address.port}/done`;
});
afterEach(async () => {
	listener.closeAllConnections();
	await new Promise((resolve) => listener.close(resolve));
});

const arrived = (count: number) => until(() => (received.length >= count ? true : undefined));
/** Time enough for a callback that should not come. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 90));

describe('a callback', () => {
	const emulator = useEmulator({ taskMs: 30, callbackRetryMs: [5, 10, 15] });
	const begin = async () =>
		taskIn(await create(emulator, 'evolink', { ...lake, callback_url: callbackUrl })).id;

	it('carries what a query answers', async () => {
		const id = await begin();
		await arrived(1);
		const { body } = await request(`${emulator.baseUrl('evolink')}/v1/tasks/${id}`);
		expect(received).toEqual([body]);
		expect(emulator.callbacks).toMatchObject([{ taskId: id, attempt: 1, status: 200 }]);
	});

	it('says how long it waited for its answer', async () => {
		await begin();
		await emulator.settled();
		const [{ ms = -1 } = {}] = emulator.callbacks;
		expect(ms).toBeGreaterThanOrEqual(0);
		expect(ms).toBeLessThan(10_000);
	});

	it('comes in its turn when tasks are told to end within some time', async () => {
		emulator.setTaskMs(60_000);
		for (let task = 0; task < 3; task += 1) await begin();
		emulator.finishTasks(150);
		await arrived(3);
		const [first = 0, second = 0, third = 0] = emulator.callbacks.map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(40);
		expect(third - second).toBeGreaterThanOrEqual(40);
	});

	it('tells of a failure too', async () => {
		await create(emulator, 'evolink', {
			...lake,
			prompt: '[moderated]',
			callback_url: callbackUrl,
		});
		await arrived(1);
		expect(received).toMatchObject([
			{ status: 'failed', error: { code: 'content_policy_violation' } },
		]);
	});

	it('is tried again until it is taken', async () => {
		answers = [500, 302, 204];
		await begin();
		await arrived(3);
		await settle();
		expect(emulator.callbacks.map(({ attempt, status }) => [attempt, status])).toEqual([
			[1, 500],
			[2, 302],
			[3, 204],
		]);
	});

	it('is given up after three retries', async () => {
		answers = [500, 500, 500, 500, 500];
		await begin();
		await arrived(4);
		await settle();
		expect(received).toHaveLength(4);
	});

	it('can be lost, late, repeated, early, or a lie', async () => {
		emulator.addFault({ on: 'callback', noCallback: true, times: 1 });
		await begin();
		await settle();
		expect(received).toHaveLength(0);
		emulator.addFault({ on: 'callback', duplicateCallback: 2, times: 1 });
		await begin();
		await arrived(3);
		emulator.addFault({ on: 'callback', earlyCallback: true, times: 1 });
		await begin();
		await arrived(5);
		expect(received.slice(3)).toMatchObject([{ status: 'pending' }, { status: 'completed' }]);
		emulator.addFault({ on: 'callback', body: { id: 'forged' }, times: 1 });
		await begin();
		await arrived(6);
		expect(received[5]).toEqual({ id: 'forged' });
		emulator.addFault({ on: 'callback', slow: 500, times: 1 });
		await begin();
		await settle();
		expect(received).toHaveLength(6);
	});

	it('can be cut before it is heard, or before its answer is: it comes again', async () => {
		emulator.addFault({ on: 'callback', reset: 'before', times: 1 });
		await begin();
		emulator.addFault({ on: 'callback', hang: 1, times: 1 });
		await begin();
		await emulator.settled();
		expect(received).toHaveLength(0);
		expect(emulator.callbacks).toHaveLength(8);
		emulator.addFault({ on: 'callback', reset: 'after', times: 1 });
		await begin();
		await emulator.settled();
		expect(received).toHaveLength(4);
	});

	it('can be a page, or break off', async () => {
		emulator.addFault({ on: 'callback', notJson: true, times: 1 });
		await begin();
		await emulator.settled();
		expect(types).toEqual(['text/html']);
		emulator.addFault({ on: 'callback', truncate: true, times: 1 });
		await begin();
		await emulator.settled();
		expect(received.at(-1)).toMatch(/^\{"created":\d+,"id":[^}]*$/);
	});
});

describe('where the documented rules are on', () => {
	const emulator = useEmulator({ taskMs: 30, allowPrivateCallbacks: false });

	it('a private or plain callback URL is refused', async () => {
		const urls = [
			'http://example.com/a',
			'https://127.0.0.1/a',
			'https://10.0.0.1/a',
			'https://172.20.0.1/',
			'https://192.168.1.1/a',
			'ftp://example.com',
		];
		for (const url of [...urls, `https://example.com/${'a'.repeat(2048)}`]) {
			const answer = await create(emulator, 'evolink', { ...lake, callback_url: url });
			expect(answer).toMatchObject({ status: 400, body: { error: { param: 'callback_url' } } });
		}
		expect(
			(await create(emulator, 'evolink', { ...lake, callback_url: 'https://example.com/a' }))
				.status,
		).toBe(200);
		await until(() => emulator.callbacks[0]);
		expect(emulator.callbacks[0]?.error).toMatch(/not sent/);
	});
});
