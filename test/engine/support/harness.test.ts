import { existsSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { WorkflowExecute } from 'n8n-core';
import { NodeOperationError } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fake, FakeNode, two } from './fakeNode';
import {
	binaryFolder,
	binaryItem,
	chain,
	displayedParameters,
	parameterIssues,
	readBinary,
	retryExecution,
	runWorkflow,
	startRun,
} from './index';

const picture = Buffer.from('a picture, for all that n8n knows');
let server: Server;
let base: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url === '/picture') response.end(picture);
		else
			response
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ headers: request.headers }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('running', () => {
	it('uses one copy of n8n-workflow, the one of n8n-core', () => {
		const { NodeOperationError: theirs } = createRequire(
			createRequire(import.meta.url).resolve('n8n-core'),
		)('n8n-workflow');
		expect(NodeOperationError === theirs).toBe(true);
		expect(WorkflowExecute).toBeTypeOf('function');
	});

	it('resolves parameters through the description: defaults, hidden ones, expressions for each item', async () => {
		const defaults = await runWorkflow(fake('parameters', {}, { items: two }));
		expect(defaults.status).toBe('success');
		expect(defaults.items('Fake').map(({ json }) => json)).toEqual([
			{ size: 7, url: 'hidden' },
			{ size: 7, url: 'hidden' },
		]);

		const expressions = await runWorkflow(
			fake(
				'parameters',
				{ with: { size: '={{ $json.n * 10 }}', url: 'dropped: not shown' } },
				{ items: two },
			),
		);
		expect(expressions.items('Fake').map(({ json }) => json)).toEqual([
			{ size: 10, url: 'hidden' },
			{ size: 20, url: 'hidden' },
		]);
		expect(expressions.items('End')).toHaveLength(2);
	});

	it('does not start with a required parameter missing', async () => {
		const result = await runWorkflow(fake('request'));
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('Parameter "URL" is required.');
		expect(result.runData).toEqual({});
	});

	it("sends real requests with the credential class's authentication and defaults", async () => {
		const result = await runWorkflow(fake('request', { with: { url: base } }));
		expect(result.items('Fake')[0]?.json.headers).toMatchObject({
			authorization: 'Bearer k-123',
			'x-tenant': 'main',
		});
		expect(result.saved).toContain('k-123');
	});

	it('runs without credentials as n8n does', async () => {
		const result = await runWorkflow(fake('request', { with: { url: base } }, { credentials: {} }));
		expect(result.error?.message).toBe('Node does not have any credentials set');
	});

	it('runs several nodes, once for all items where told', async () => {
		const options = fake('parameters', { executeOnce: true }, { items: two });
		options.workflow = chain(
			...['One', 'Two'].map((name) => ({
				name,
				type: 'test.fake',
				parameters: {},
				executeOnce: name === 'Two',
			})),
		);
		const result = await runWorkflow(options);
		expect([
			result.items('One').length,
			result.items('Two').length,
			result.items('End').length,
		]).toEqual([2, 1, 1]);
	});

	it('shows what nodes tell the editor, on manual runs only', async () => {
		const manual = await runWorkflow(fake('talk', {}, { mode: 'manual' }));
		expect(manual.messages).toEqual([{ hello: 1 }]);
		expect(manual.hints).toEqual([{ message: 'take note' }]);
		expect((await runWorkflow(fake('talk'))).messages).toEqual([]);
	});
});

describe('binary data', () => {
	const item = binaryItem({
		json: {},
		binary: { data: { buffer: Buffer.from('in'), fileName: 'in.png', mimeType: 'image/png' } },
	});

	it('stays inline in memory', async () => {
		const result = await runWorkflow(
			fake('download', { with: { url: `${base}/picture` } }, { items: [item] }),
		);
		const data = result.items('End')[0]?.binary?.data;
		expect(data?.id).toBeUndefined();
		expect(data).toMatchObject({
			fileName: 'picture.png',
			mimeType: 'image/png',
			bytes: picture.length,
		});
		expect(await readBinary(data)).toEqual(picture);
		expect(result.items('Fake')[0]?.json.input).toBe('in');
	});

	it('is streamed to files and read back from there', async () => {
		const result = await runWorkflow(
			fake(
				'download',
				{ with: { url: `${base}/picture` } },
				{ items: [item], binaryMode: 'filesystem' },
			),
		);
		const data = result.items('End')[0]?.binary?.data;
		expect(data?.id).toMatch(
			new RegExp(`^filesystem-v2:workflows/.*/executions/${result.executionId}/binary_data/`),
		);
		expect(data?.data).toBe('filesystem-v2');
		expect(await readBinary(data)).toEqual(picture);
		expect(result.items('Fake')[0]?.json.input).toBe('in');
		const files = readdirSync(binaryFolder(), { recursive: true }).map(String);
		expect(files.some((file) => data?.id?.endsWith(file))).toBe(true);
		expect(existsSync(binaryFolder())).toBe(true);
	});
});

describe('errors', () => {
	it('stop the workflow', async () => {
		const result = await runWorkflow(fake('fail'));
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ message: 'failed 1', description: 'try again' });
		expect(result.outputs('End')).toEqual([]);
	});

	it('continue with the input items, or on the error output', async () => {
		const regular = await runWorkflow(
			fake('fail', { onError: 'continueRegularOutput' }, { items: two }),
		);
		expect(regular.status).toBe('success');
		expect(regular.nodeError('Fake')?.message).toBe('failed 1');
		expect(regular.items('End').map(({ json }) => json)).toEqual([{ n: 1 }, { n: 2 }]);

		// n8n does not route what is thrown to the error output: the input items leave by the first one, as if nothing had happened.
		const thrown = await runWorkflow(
			fake('fail', { onError: 'continueErrorOutput' }, { items: two }),
		);
		expect(thrown.outputs('Fake').map((items) => items.map(({ json }) => json))).toEqual([
			[{ n: 1 }, { n: 2 }],
		]);
	});

	it('go to the error output where an item says so', async () => {
		const items = [1, 2, 3, 4, 5].map((n) => ({ json: { n } }));
		const result = await runWorkflow(
			fake('failItems', { onError: 'continueErrorOutput' }, { items }),
		);
		const [success, failed] = result
			.outputs('Fake')
			.map((output) => output.map(({ json }) => json));
		expect(success).toEqual([{ fine: true }, { error: 'with more', taskId: 't' }]);
		expect(failed).toEqual([
			{ n: 2, error: 'plain text' },
			{ n: 3, error: { message: 'object', code: 7 } },
			{ error: 'instance' },
		]);
	});

	it('are retried by the engine, within one run and with one context', async () => {
		const started = Date.now();
		const result = await runWorkflow(
			fake('fail', { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, with: { failTimes: 2 } }),
		);
		expect(result.items('Fake')[0]?.json.runs).toBe(3);
		expect(result.runData.Fake).toHaveLength(1);
		expect(Date.now() - started).toBeLessThan(500);
	});

	it('are retried by a person as a new execution that keeps the context', async () => {
		const failed = await runWorkflow(fake('fail', { with: { failTimes: 2 } }, { items: two }));
		const again = await retryExecution(failed);
		expect(again.status).toBe('error');
		expect(again.executionId).not.toBe(failed.executionId);
		const last = await retryExecution(again);
		expect(last.status).toBe('success');
		expect(last.items('End')[0]?.json).toEqual({
			runs: 3,
			seen: [
				`${failed.executionId}:trigger:Start`,
				`${again.executionId}:retry:Start`,
				`${last.executionId}:retry:Start`,
			],
		});
		await expect(retryExecution(last)).rejects.toThrow('cannot be retried');
	});
});

describe('stopping', () => {
	it('raises the cancel signal and ends when the node has ended', async () => {
		const run = startRun(fake('cancellable', {}, { mode: 'manual' }));
		setTimeout(() => run.cancel(), 30);
		const result = await run.result;
		expect(result.status).toBe('canceled');
		expect(result.outputs('End')).toEqual([]);
	});

	it('works before the engine has begun', async () => {
		const run = startRun(fake('cancellable'));
		run.cancel();
		expect((await run.result).status).toBe('canceled');
	});
});

describe('parameters in the editor', () => {
	it('are those that the display rules let through, with their choices', () => {
		const shown = displayedParameters(new FakeNode(), { action: 'wait' });
		expect(shown.map(({ name }) => name)).toEqual(['action', 'options']);
		expect(shown[1]?.options).toEqual(['field', 'deep']);
		expect(displayedParameters(new FakeNode(), {}).map(({ name }) => name)).toEqual([
			'action',
			'size',
			'options',
		]);
		expect(displayedParameters(new FakeNode(), {}).at(-1)?.options).toEqual(['field']);
	});

	it('have issues where the editor would mark them', () => {
		expect(parameterIssues(new FakeNode(), {})).toBeNull();
		expect(parameterIssues(new FakeNode(), { action: 'request' })?.parameters).toHaveProperty(
			'url',
		);
	});
});
