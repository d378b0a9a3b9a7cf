import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { useOtherServer } from './otherServer';
import { credentialsFor, itemsOf, NODE, runSeedream } from './seedream';
import {
	binaryItem,
	findExecution,
	retryExecution,
	type RunResult,
	type TestFile,
	type WorkflowJson,
} from './support';

const emulator = useEmulator({ taskMs: 60 });

const paid = () => emulator.requestsOf('create').length;

const GENERATE = {
	operation: 'generate',
	model: 'seedream-5.0-pro',
	prompt: 'A boat',
	aspectRatio: '1:1',
	resolution: '1K',
	download: false,
};
const LINKS = 'https://x.example.com/1.png\nhttps://x.example.com/2.png';
const EDIT = { ...GENERATE, operation: 'edit', imageSource: 'url', imageUrls: LINKS };
const EDIT_FILES = {
	...GENERATE,
	operation: 'edit',
	imageSource: 'binary',
	binaryPropertyNames: 'left',
};

/** What a person has changed before "Retry with currently saved workflow". */
interface Change {
	parameters?: INodeParameters;
	options?: INodeParameters;
}

/** The workflow of a failed execution, changed. */
function changed(failed: RunResult, { parameters, options }: Change): WorkflowJson {
	const before = findExecution(failed.executionId)?.options.workflow;
	if (!before) throw new Error('There is no such execution');
	const nodes = before.nodes.map((node) => {
		if (node.name !== NODE) return node;
		const given = node.parameters?.options instanceof Object ? node.parameters.options : {};
		return {
			...node,
			parameters: { ...node.parameters, ...parameters, options: { ...given, ...options } },
		};
	});
	return { ...before, nodes };
}

/** An execution that failed because its wait was over, and whose task has ended since. */
async function failedWithOpenTask(
	parameters: INodeParameters,
	credentials = credentialsFor(emulator),
) {
	emulator.addFault({ on: 'query', neverEnds: true });
	const file = async (width: number): Promise<TestFile> => ({
		buffer: await picture(width, 40),
		mimeType: 'image/png',
		fileName: 'a.png',
	});
	const items = [
		binaryItem({ json: { n: 1 }, binary: { left: await file(40), right: await file(41) } }),
	];
	const failed = await runSeedream(emulator, parameters, {
		items,
		credentials,
		options: { maxWaitSeconds: 0.2 },
	});
	expect(failed.status).toBe('error');
	emulator.clearFaults();
	const taskId = emulator.requestsOf('query')[0]?.path.split('/').at(-1) ?? '';
	expect(taskId).toMatch(/^task-/);
	return { failed, taskId };
}

/** Sent as what it is, and the person learns of the task that went before. */
function expectAnother(retried: RunResult, taskId: string): void {
	expect(retried.status).toBe('success');
	expect(paid()).toBe(2);
	const json = retried.items(NODE)[0]?.json;
	expect(json).toMatchObject({
		status: 'completed',
		warnings: expect.arrayContaining([expect.stringContaining(taskId)]),
	});
	expect(json?.taskId).not.toBe(taskId);
}

function expectSame(retried: RunResult, taskId: string): void {
	expect(retried.status).toBe('success');
	expect(paid()).toBe(1);
	expect(retried.items(NODE)).toMatchObject([{ json: { taskId, status: 'completed' } }]);
	expect(JSON.stringify(retried.items(NODE)[0]?.json.warnings ?? [])).not.toContain(taskId);
}

describe('A retry from the list, after something was changed that is paid for, is another request', () => {
	const CHANGES: ReadonlyArray<readonly [what: string, before: INodeParameters, change: Change]> = [
		['the prompt', GENERATE, { parameters: { prompt: 'A car' } }],
		['the model', GENERATE, { parameters: { model: 'seedream-5.0-flash' } }],
		[
			'the number of images',
			{ ...GENERATE, model: 'seedream-4.0' },
			{ parameters: { numberOfImages: 2 } },
		],
		['the shape', GENERATE, { parameters: { aspectRatio: '16:9' } }],
		['the resolution', GENERATE, { parameters: { resolution: '2K' } }],
		[
			'the width',
			{ ...GENERATE, sizeMode: 'pixels', width: 1024, height: 1024 },
			{ parameters: { width: 1040 } },
		],
		['the watermark', GENERATE, { options: { watermark: true } }],
		['the format', GENERATE, { options: { outputFormat: 'png' } }],
		['the additional fields', GENERATE, { options: { additionalFields: '{"quality": "2K"}' } }],
		[
			'a reference URL',
			EDIT,
			{ parameters: { imageUrls: 'https://x.example.com/1.png\nhttps://x.example.com/3.png' } },
		],
		[
			'one reference more',
			EDIT,
			{ parameters: { imageUrls: `${LINKS}\nhttps://x.example.com/3.png` } },
		],
		[
			'the order of the references',
			EDIT,
			{ parameters: { imageUrls: LINKS.split('\n').reverse().join('\n') } },
		],
		[
			'a reference file, under the same name',
			EDIT_FILES,
			{ parameters: { binaryPropertyNames: 'right' } },
		],
		['the operation', GENERATE, { parameters: { ...EDIT, operation: 'edit' } }],
	];

	it.each(CHANGES)('%s', async (_, before, change) => {
		const { failed, taskId } = await failedWithOpenTask(before);
		expectAnother(await retryExecution(failed, { workflow: changed(failed, change) }), taskId);
	});

	it('the base URL of the credentials: another account may be meant', async () => {
		const credentials = credentialsFor(emulator);
		const { failed, taskId } = await failedWithOpenTask(GENERATE, credentials);
		credentials.baseUrl = String(credentials.baseUrl).replace('127.0.0.1', 'localhost');
		expectAnother(await retryExecution(failed), taskId);
	});
});

describe('A retry from the list, after something was changed that is not paid for, picks up the task', () => {
	const CHANGES: ReadonlyArray<readonly [what: string, change: Change]> = [
		['nothing', {}],
		['Max Wait', { options: { maxWaitSeconds: 60 } }],
		['Poll Interval', { options: { pollIntervalSeconds: 0.07 } }],
		['Concurrency', { options: { concurrency: 1 } }],
		[
			'what comes out',
			{
				parameters: { download: true },
				options: { outputMode: 'task', outputBinaryProperty: 'picture', failOnPartial: true },
			},
		],
		['Completion: a callback', { parameters: { completion: 'callback' } }],
		[
			'Completion: the task itself',
			{ parameters: { completion: 'submit', callbackUrl: 'https://n8n.example.com/webhook/x' } },
		],
		['the end user', { options: { user: 'u-7' } }],
		['the stream', { options: { stream: true } }],
	];

	it.each(CHANGES)('%s', async (what, change) => {
		const { failed, taskId } = await failedWithOpenTask({ ...GENERATE, model: 'seedream-4.0' });
		const retried = await retryExecution(failed, { workflow: changed(failed, change) });
		if (what.endsWith('itself')) expect(paid()).toBe(1);
		else expectSame(retried, taskId);
	});
});

describe('A retry in which the request was refused does not make forget what went before', () => {
	const CAR = { parameters: { prompt: 'A car' } };

	it('the task of the first execution is still found by a third one', async () => {
		const { failed, taskId } = await failedWithOpenTask(GENERATE);
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		const refused = await retryExecution(failed, { workflow: changed(failed, CAR) });
		expect(refused.status).toBe('error');
		const third = await retryExecution(refused, {
			workflow: changed(refused, { parameters: { prompt: 'A boat' } }),
		});
		expect(third.items(NODE)).toMatchObject([{ json: { taskId, status: 'completed' } }]);
		expect(paid()).toBe(2);
	});

	it('and named by one that asks for something else', async () => {
		const { failed, taskId } = await failedWithOpenTask(GENERATE);
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		const third = await retryExecution(
			await retryExecution(failed, { workflow: changed(failed, CAR) }),
		);
		expect(third.items(NODE)).toMatchObject([
			{ json: { warnings: [expect.stringContaining(taskId)] } },
		]);
	});

	it('a request without an answer is still warned of', async () => {
		emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		const failed = await runSeedream(emulator, GENERATE);
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		const third = await retryExecution(await retryExecution(failed));
		expect(third.items(NODE)).toMatchObject([
			{ json: { warnings: [expect.stringMatching(/without getting an answer.*bill it twice/)] } },
		]);
	});
});

describe('A retry that has picked up a task', () => {
	it('goes on with it at each of its tries, though its prompt is another one by then', async () => {
		const { failed, taskId } = await failedWithOpenTask(GENERATE);
		emulator.addFault({ on: 'query', status: 401, times: 1 });
		const began = Date.now();
		const workflow = changed(failed, {
			parameters: { prompt: `={{ Date.now() - ${began} < 400 ? "A boat" : "A car" }}` },
		});
		const nodes = workflow.nodes.map((node) =>
			node.name === NODE ? { ...node, retryOnFail: true, waitBetweenTries: 500 } : node,
		);
		expectSame(await retryExecution(failed, { workflow: { ...workflow, nodes } }), taskId);
	});
});

describe('Where a request is answered with the images', () => {
	const relay = useOtherServer((request, response) => {
		request.resume();
		const isSecond = relay.requests.length === 2;
		response.writeHead(isSecond ? 500 : 200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ created: 1, data: [{ url: 'https://example.com/1.png' }] }));
	});

	const CUSTOM = {
		...GENERATE,
		model: 'custom',
		modelId: 'seedream',
		sizeMode: 'pixels',
		width: 2048,
		height: 2048,
	};

	/** The first of two items has its image, and the second none; then the credentials are changed, and a person retries. */
	async function retriedWith(change: Record<string, string>): Promise<RunResult> {
		const credentials = { provider: 'tokaify', apiKey: 'test-key', baseUrl: `${relay.url}/one` };
		const failed = await runSeedream(emulator, CUSTOM, {
			credentials,
			items: itemsOf({}, {}),
			options: { concurrency: 1 },
		});
		expect(failed.status).toBe('error');
		expect(relay.requests).toHaveLength(2);
		Object.assign(credentials, change);
		return await retryExecution(failed);
	}

	it('the images of the same request are handed on, and not paid for again', async () => {
		expect((await retriedWith({})).items(NODE)).toHaveLength(2);
		expect(relay.requests).toHaveLength(3);
	});

	it.each([
		['another provider at the same address', () => ({ provider: 'uniall' })],
		['the same provider at another address', () => ({ baseUrl: `${relay.url}/two` })],
	])('%s is another request', async (_, change) => {
		const retried = await retriedWith(change());
		expect(relay.requests).toHaveLength(4);
		expect(retried.items(NODE)[0]?.json.warnings).toEqual(
			expect.arrayContaining([expect.stringMatching(/earlier/i)]),
		);
	});
});
