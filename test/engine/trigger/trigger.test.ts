import { describe, expect, it, vi } from 'vitest';
import { signCallbackUrl } from '../../../nodes/shared/seedream/callbackUrl';
import { credentialsFor } from '../seedream';
import { readBinary } from '../support';
import { handedOn, TRIGGER, useTriggerScene } from './run';

const scene = useTriggerScene();

const HOUR = 3_600_000;
const CONTEXT = { rowId: 42, ü: 'a+b & c=%d "e" #f 船' };

describe('A task that a Seedream node submitted starts the workflow when it has ended', () => {
	it('with its images, and the context that was given along', async () => {
		const url = await scene.publish();
		const { taskId } = await scene.submit(url, {
			callbackContext: JSON.stringify(CONTEXT),
			prompt: 'three boats',
			numberOfImages: 3,
		});
		const items = handedOn(await scene.n8n.run(0));
		expect(items).toMatchObject(
			[0, 1, 2].map((imageIndex) => ({
				json: {
					taskId,
					status: 'completed',
					provider: 'evolink',
					imageIndex,
					imageCount: 3,
					context: CONTEXT,
					width: 1024,
					height: 1024,
				},
				binary: { data: { mimeType: 'image/jpeg', fileName: `${taskId}-${imageIndex + 1}.jpg` } },
			})),
		);
		expect(items[0]?.json).not.toHaveProperty('error');
		expect((await readBinary(items[0]?.binary?.data))?.length).toBeGreaterThan(1000);
		expect(scene.n8n.statuses).toEqual([200]);
		expect(scene.emulator.callbacks).toMatchObject([{ attempt: 1, status: 200 }]);
	});

	it('without a context there is none', async () => {
		await scene.submit(await scene.publish());
		const [item] = handedOn(await scene.n8n.run(0));
		expect(item?.json).not.toHaveProperty('context');
	});

	it('without downloads: links only', async () => {
		await scene.submit(await scene.publish({ download: false }));
		const [item] = handedOn(await scene.n8n.run(0));
		expect(item).toMatchObject({ json: { url: expect.stringContaining('http') } });
		expect(item).not.toHaveProperty('binary');
		expect(scene.emulator.requestsOf('download')).toHaveLength(0);
	});

	it('as one item for the task, in a binary field of another name', async () => {
		const options = { outputMode: 'task', outputBinaryProperty: 'photo' };
		await scene.submit(await scene.publish({ options }), {
			prompt: 'two boats',
			numberOfImages: 2,
		});
		const items = handedOn(await scene.n8n.run(0));
		expect(items).toMatchObject([
			{ json: { imageCount: 2, images: [{ imageIndex: 0 }, { imageIndex: 1 }] } },
		]);
		expect(Object.keys(items[0]?.binary ?? {})).toEqual(['photo', 'photo_1']);
	});

	it('a download that fails: the item has its link and a warning', async () => {
		scene.emulator.addFault({ on: 'download', status: 404 });
		await scene.submit(await scene.publish());
		expect(handedOn(await scene.n8n.run(0))).toMatchObject([
			{ json: { url: expect.any(String), warnings: [expect.any(String)] } },
		]);
	});

	it('and nothing secret stands in the URL, in what comes out or in what n8n saves', async () => {
		const { url } = await scene.submit(await scene.publish(), { callbackContext: '{"rowId": 42}' });
		const result = await scene.n8n.run(0);
		const signature = new URL(url).searchParams.get('sd_sig') ?? '?';
		expect(signature).toMatch(/^[\w-]{43}$/);
		expect(url).not.toContain('test-key');
		for (const secret of ['test-key', signature]) expect(result.saved).not.toContain(secret);
	});
});

describe('Signed URL: nobody else is let in', () => {
	const tampered: Array<{ what: string; tamper: (query: URLSearchParams) => void }> = [
		{ what: 'another context', tamper: (query) => query.set('sd_ctx', '{"rowId":43}') },
		{ what: 'no context', tamper: (query) => query.delete('sd_ctx') },
		{
			what: 'another time of issue',
			tamper: (query) => query.set('sd_t', String(Number(query.get('sd_t')) + 1)),
		},
		{ what: 'another signature', tamper: (query) => query.set('sd_sig', 'A'.repeat(43)) },
		{
			what: 'a part of the signature',
			tamper: (query) => query.set('sd_sig', query.get('sd_sig')?.slice(0, 42) ?? ''),
		},
		{ what: 'an empty signature', tamper: (query) => query.set('sd_sig', '') },
		{ what: 'no signature', tamper: (query) => query.delete('sd_sig') },
		{ what: 'one parameter more', tamper: (query) => query.set('token', 'x') },
		{
			what: "another value of the user's own parameter",
			tamper: (query) => query.set('tenant', 'b'),
		},
	];

	it.each(tampered)('$what: 401, no execution, and the API is not asked', async ({ tamper }) => {
		const hook = await scene.publish();
		const { taskId, url } = await scene.submitSilently(`${hook}?tenant=a%20b`, {
			callbackContext: '{"rowId": 42}',
		});
		const forged = new URL(url);
		tamper(forged.searchParams);
		expect(await scene.post(forged.href, { id: taskId, status: 'completed' })).toMatchObject({
			status: 401,
		});
		expect(scene.n8n.runs).toHaveLength(0);
		expect(scene.emulator.requestsOf('query')).toHaveLength(0);
		expect(await scene.post(url, { id: taskId, status: 'completed' })).toMatchObject({
			status: 200,
		});
		expect(handedOn(await scene.n8n.run(0))).toMatchObject([{ json: { context: { rowId: 42 } } }]);
	});

	it.each([
		{ what: 'signed with another API key', key: 'other-key', age: 0, status: 401 },
		{ what: 'three days old', key: 'test-key', age: 72 * HOUR, status: 401 },
		{ what: 'three days in the future', key: 'test-key', age: -72 * HOUR, status: 401 },
		{ what: 'a day and a half old', key: 'test-key', age: 36 * HOUR, status: 200 },
	])('$what: $status', async ({ key, age, status }) => {
		const hook = await scene.publish();
		const { taskId } = await scene.submitSilently(hook);
		const url = signCallbackUrl(hook, key, Date.now() - age);
		expect(await scene.post(url, { id: taskId, status: 'completed' })).toMatchObject({ status });
		expect(scene.n8n.runs).toHaveLength(status === 200 ? 1 : 0);
	});

	it('once the API key is changed, URLs signed with the new one are let in at once, and with the old one no more', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const credentials = credentialsFor(scene.emulator, { apiKey: 'test-key' });
		const hook = await scene.publish({}, { credentials });
		const { taskId } = await scene.submitSilently(hook);
		const call = async (key: string) => {
			const url = signCallbackUrl(hook, key, Date.now());
			return (await scene.post(url, { id: taskId, status: 'completed' })).status;
		};
		expect(await call('test-key')).toBe(200);
		credentials.apiKey = 'limited-key';
		// The provider calls again after a second.
		vi.setSystemTime(Date.now() + 1000);
		expect(await call('limited-key')).toBe(200);
		expect(await call('test-key')).toBe(401);
		vi.useRealTimers();
	});

	it('the old API key is good for half a minute where nobody comes with the new one', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const credentials = credentialsFor(scene.emulator, { apiKey: 'test-key' });
		const hook = await scene.publish({}, { credentials });
		const { taskId } = await scene.submitSilently(hook);
		const url = signCallbackUrl(hook, 'test-key', Date.now());
		const call = async () => (await scene.post(url, { id: taskId, status: 'completed' })).status;
		expect(await call()).toBe(200);
		credentials.apiKey = 'limited-key';
		vi.setSystemTime(Date.now() + 29_000);
		expect(await call()).toBe(200);
		vi.setSystemTime(Date.now() + 1000);
		expect(await call()).toBe(401);
		vi.useRealTimers();
	});

	it('the callback of a Seedream node that has another API key is refused', async () => {
		const baseUrl = scene.emulator.baseUrl('evolink');
		const hook = await scene.publish(
			{},
			{ credentials: { provider: 'evolink', apiKey: 'limited-key', baseUrl } },
		);
		const { taskId, url } = await scene.submitSilently(hook);
		expect(await scene.post(url, { id: taskId, status: 'completed' })).toMatchObject({
			status: 401,
		});
	});
});

describe('Token', () => {
	const parameters = { authentication: 'token', token: 'open sesame+1' };

	it('lets in who has it in the URL, with the context of the Seedream node', async () => {
		const hook = new URL(await scene.publish(parameters));
		hook.searchParams.set('token', 'open sesame+1');
		await scene.submit(hook.href, { callbackContext: '{"rowId": 42}' });
		expect(handedOn(await scene.n8n.run(0))).toMatchObject([
			{ json: { status: 'completed', context: { rowId: 42 } } },
		]);
	});

	it.each([
		{ what: 'a wrong one', query: '?token=open+sesame', token: 'open sesame+1' },
		{ what: 'an empty one', query: '?token=', token: 'open sesame+1' },
		{ what: 'none', query: '', token: 'open sesame+1' },
		{ what: 'an empty one where none is set', query: '?token=', token: '' },
		{ what: 'none where none is set', query: '', token: '' },
	])('$what is refused with 401', async ({ query, token }) => {
		const hook = await scene.publish({ ...parameters, token });
		const { taskId } = await scene.submitSilently(hook);
		expect(await scene.post(hook + query, { id: taskId, status: 'completed' })).toMatchObject({
			status: 401,
		});
		expect(scene.n8n.runs).toHaveLength(0);
	});
});

it('None: anybody may say that a task has ended, and the API says how', async () => {
	const hook = await scene.publish({ authentication: 'none' });
	const { taskId } = await scene.submitSilently(hook);
	const body = { id: taskId, status: 'completed', results: ['https://evil.example.com/x.png'] };
	expect(await scene.post(hook, body)).toMatchObject({ status: 200 });
	const result = await scene.n8n.run(0);
	expect(handedOn(result)).toMatchObject([
		{
			json: {
				taskId,
				url: expect.stringContaining(scene.emulator.baseUrl('evolink').slice(0, 20)),
			},
		},
	]);
	expect(JSON.stringify(result.items(TRIGGER))).not.toContain('evil');
});
