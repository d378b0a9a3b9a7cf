import { describe, expect, it } from 'vitest';
import { fake, two } from './fakeNode';
import { FakeTrigger } from './fakeTrigger';
import {
	endType,
	resumeByDeadline,
	resumeByWebhook,
	runWorkflow,
	startRun,
	startWebhookServer,
} from './index';

describe('waiting', () => {
	it('goes on with what webhook() returns; execute() is not called again', async () => {
		const waiting = await runWorkflow(
			fake('wait', {}, { items: two, webhookUrl: 'https://me.example.com' }),
		);
		expect(waiting.status).toBe('waiting');
		expect(waiting.waitTill).toBeInstanceOf(Date);
		expect(waiting.resumeUrl).toMatch(
			/^https:\/\/me\.example\.com\/webhook-waiting\/\d+\?signature=[0-9a-f]{64}$/,
		);
		expect(waiting.saved).toContain(waiting.resumeUrl);

		const call = { path: 'fake-node', query: { item: '3' }, headers: { 'X-From': 'provider' } };
		const early = await resumeByWebhook(waiting, { ...call, body: {} });
		expect(early).toEqual({ httpStatus: 200, body: { waitingFor: ['a', 'b'] }, result: undefined });

		const done = await resumeByWebhook(waiting, { ...call, body: { done: 'yes' } });
		expect(done).toMatchObject({
			httpStatus: 200,
			body: { query: { item: '3' }, from: 'provider' },
		});
		expect(done.result?.status).toBe('success');
		expect(done.result?.items('Fake').map(({ json }) => json)).toEqual([{ callback: 'yes' }]);
		expect(done.result?.items('End').map(({ json }) => json)).toEqual([{ callback: 'yes' }]);
		expect(done.result?.runData.Fake).toHaveLength(1);

		expect((await resumeByWebhook(waiting, { ...call, body: { done: 1 } })).httpStatus).toBe(409);
	});

	it('lets webhook() have execute() run again on the same input, with the context of before', async () => {
		const waiting = await runWorkflow(fake('wait', {}, { items: two }));
		const { result } = await resumeByWebhook(waiting, { path: 'fake-node', body: { again: true } });
		expect(result?.items('End').map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[{ collected: ['a', 'b'] }, { item: 0 }],
			[{ collected: ['a', 'b'] }, { item: 1 }],
		]);
	});

	it('refuses what n8n refuses', async () => {
		const waiting = await runWorkflow(fake('wait'));
		const status = async (request: object) =>
			(await resumeByWebhook(waiting, { path: 'fake-node', ...request })).httpStatus;
		expect(await status({ query: { signature: undefined } })).toBe(401);
		expect(await status({ query: { signature: '0'.repeat(64) } })).toBe(401);
		expect(await status({ path: 'other' })).toBe(404);
		expect(await status({ method: 'GET' })).toBe(404);
		expect((await resumeByWebhook({ ...waiting, executionId: 'none' })).httpStatus).toBe(404);
		const both = await Promise.all([status({ body: { done: 1 } }), status({ body: { done: 2 } })]);
		expect(both).toEqual([200, 500]);
	});

	it('passes the input items on at the deadline', async () => {
		const waiting = await runWorkflow(fake('wait', {}, { items: two }));
		const result = await resumeByDeadline(waiting);
		expect(result.status).toBe('success');
		expect(result.items('End').map(({ json }) => json)).toEqual([{ n: 1 }, { n: 2 }]);
	});

	it("shows n8n's worst case when webhook() throws", async () => {
		const waiting = await runWorkflow(fake('wait'));
		const broken = await resumeByWebhook(waiting, { path: 'fake-node', body: { fail: true } });
		expect(broken.httpStatus).toBe(500);
		expect(broken.result?.runData.Start).toBeUndefined();
		expect(broken.result?.items('End')).toHaveLength(1);
	});
});

describe('a webhook server', () => {
	const post = async (url: string, body: object) => {
		const response = await fetch(url, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		});
		return { status: response.status, text: await response.text() };
	};

	it('takes callbacks for running and waiting executions', async () => {
		const n8n = await startWebhookServer();
		const running = startRun(fake('cancellable', {}, { webhookUrl: n8n.url }));
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(
			(await post(`${n8n.url}webhook-waiting/${running.executionId}?signature=wrong`, {})).status,
		).toBe(401);
		running.cancel();
		await running.result;

		const waiting = await runWorkflow(fake('wait', {}, { webhookUrl: n8n.url }));
		const url = waiting.resumeUrl.replace('?', '/fake-node?');
		expect(await post(url, {})).toEqual({ status: 200, text: '{"waitingFor":["a","b"]}' });
		expect((await post(url, { done: 'yes' })).status).toBe(200);
		expect((await n8n.run()).items('End')[0]?.json).toEqual({ callback: 'yes' });
		expect((await post(url, { done: 'again' })).status).toBe(409);
		expect(n8n.statuses).toEqual([401, 200, 200, 409]);
		await n8n.close();
	});

	it('starts workflows with a webhook trigger', async () => {
		const n8n = await startWebhookServer();
		const { webhookUrl } = await n8n.activate({
			workflow: {
				nodes: [
					{ name: 'Trigger', type: 'test.trigger' },
					{ name: 'End', type: endType },
				],
				connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
			},
			nodeTypes: { 'test.trigger': new FakeTrigger() },
		});
		expect(webhookUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webhook\/[0-9a-f-]{36}\/callback$/);
		expect(await post(webhookUrl, { ping: true })).toEqual({
			status: 200,
			text: JSON.stringify({ published: webhookUrl }),
		});
		expect(await post(webhookUrl, {})).toEqual({ status: 400, text: 'no id' });
		expect(await post(webhookUrl, { id: 7 })).toEqual({ status: 200, text: 'thanks' });
		await post(webhookUrl, { id: 7 });
		expect((await n8n.run(0)).items('End').map(({ json }) => json)).toEqual([{ id: 7 }]);
		expect((await n8n.run(1)).items('End')).toEqual([]);
		expect((await post(`${n8n.url}webhook/other`, {})).status).toBe(404);
		await n8n.close();
	});
});
