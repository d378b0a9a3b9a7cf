import {
	WAIT_INDEFINITELY,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { SeedreamApi } from '../../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../../nodes/Seedream/Seedream.node';
import { credentialsFor, NODE, NODE_TYPE } from '../seedream';
import { chain, runWorkflow, type RunResult } from '../support';
import { asVersion01 } from '../version01';
import { BOAT, BOATS, numbered, settle, useScene } from './scene';

const scene = useScene();

describe('A callback that comes while the first round of readings is slow', () => {
	it('is not lost, though nobody calls again: the round is repeated until it was quick', async () => {
		// The first of two tasks ends after it was read, and its callbacks are used up before the second one is read.
		scene.emulator.setTaskMs(200);
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		scene.emulator.addFault({ on: 'query', hang: 1800, after: 1, times: 1 });
		const result = await scene.run(BOATS, { items: numbered(2), options: { concurrency: 1 } });
		const ended = result.status === 'waiting' ? await scene.n8n.run(0) : result;
		expect(ended.items(NODE)).toMatchObject([1, 2].map(() => ({ json: { status: 'completed' } })));
		expect(scene.paid()).toBe(2);
	});

	it('a quick round is the only one', async () => {
		scene.emulator.addFault({ on: 'create', neverEnds: true });
		await scene.run(BOATS, { items: numbered(3) });
		expect(scene.queries()).toBe(3);
	});
});

describe('An execution wakes whatever the node is called', () => {
	it.each([
		'A {{ $json.x }} B',
		'}}',
		'{{',
		'{ "a": 1 }',
		'a\\"b\'c`${1}',
		'=1+1',
		'日本 {{🎨}}',
		"$('x')",
	])('%s', async (name) => {
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		const asleep = await scene.run(BOAT, { node: { name } });
		expect(asleep.status).toBe('waiting');
		const ended = await scene.n8n.run(0);
		expect(ended.status).toBe('success');
		expect(ended.items(name)).toMatchObject([{ json: { status: 'completed' } }]);
	});
});

/** Waits for an approval, as n8n's Wait node does when it is set to a webhook with POST. */
class Approval implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Approval',
		name: 'approval',
		group: ['transform'],
		version: 1,
		description: 'Waits for a webhook call',
		defaults: { name: 'Approval' },
		inputs: ['main'],
		outputs: ['main'],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: '',
				restartWebhook: true,
				isFullPath: true,
				responseMode: 'onReceived',
			},
		],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		await this.putExecutionToWait(WAIT_INDEFINITELY);
		return [[...this.getInputData()]];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return { workflowData: [[{ json: { approved: true } }]] };
	}
}

async function runWithApproval(): Promise<RunResult> {
	scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
	return await runWorkflow({
		workflow: chain(
			{ name: NODE, type: NODE_TYPE, parameters: BOAT },
			{ name: 'Approval', type: 'approval' },
		),
		nodeTypes: { [NODE_TYPE]: new Seedream(), approval: new Approval() },
		credentialTypes: [new SeedreamApi()],
		credentials: { seedreamApi: credentialsFor(scene.emulator) },
		webhookUrl: scene.n8n.url,
	});
}

describe('A late or repeated callback', () => {
	it('never resumes a Wait node that comes after: an approval is given by people only', async () => {
		scene.emulator.addFault({ on: 'callback', duplicateCallback: 3 });
		await runWithApproval();
		const asleepAgain = await scene.n8n.run(0);
		expect(asleepAgain.status).toBe('waiting');
		await settle(300);
		const [late = ''] = scene.callbackUrls();
		expect(await scene.post(late)).toMatchObject({ status: 404 });
		expect(scene.record(asleepAgain).status).toBe('waiting');
		expect(scene.n8n.runs).toHaveLength(1);
	});
});

describe('An execution that fell asleep under version 0.1', () => {
	/** What 0.1 kept in the node's context, and the callback URL that it handed out. */
	function makeOld(asleep: RunResult): string {
		asVersion01(asleep);
		return (scene.callbackUrls()[0] ?? '').replace('/seedream?', '?');
	}

	it('wakes after the update, by the URL without a path, and hands on its images', async () => {
		scene.emulator.addFault({ on: 'callback', noCallback: true });
		const asleep = await scene.suspend(BOATS, { items: numbered(2) });
		const url = makeOld(asleep);
		await settle(200);
		expect(await scene.post(url)).toMatchObject({ status: 200 });
		expect((await scene.n8n.run(0)).items(NODE)).toMatchObject(
			[1, 2].map(() => ({ json: { status: 'completed' } })),
		);
		expect(scene.paid()).toBe(2);
	});

	it('with an item that had failed: its error still says what to do', async () => {
		scene.emulator.addFault({ on: 'callback', noCallback: true });
		const asleep = await scene.suspend(
			{ ...BOATS, numberOfImages: '={{ $json.n === 1 ? 0 : 1 }}' },
			{ items: numbered(2), node: { onError: 'continueRegularOutput' } },
		);
		const url = makeOld(asleep);
		await settle(200);
		await scene.post(url);
		expect((await scene.n8n.run(0)).items(NODE)).toMatchObject([
			{ json: { error: { message: expect.stringMatching(/Number of Images is 0.*Nothing was/) } } },
			{ json: { status: 'completed' } },
		]);
	});

	it('with Retry On Fail: its tasks are found again after the update, and nothing is paid twice', async () => {
		scene.emulator.addFault({ on: 'callback', noCallback: true });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const asleep = await scene.suspend(
			{ ...BOATS, prompt: '=A boat {{ $json.n }} {{ Math.random() }}' },
			{ items: numbered(2), node },
		);
		const url = makeOld(asleep);
		await settle(200);
		const seen = scene.emulator.requestsOf('query').length;
		scene.emulator.addFault({ on: 'query', status: 401, after: 2, times: 2 });
		await scene.post(url);
		expect((await scene.n8n.run(0)).items(NODE)).toMatchObject(
			[1, 2].map(() => ({ json: { status: 'completed' } })),
		);
		expect(scene.emulator.requestsOf('query').length).toBeGreaterThan(seen);
		expect(scene.paid()).toBe(2);
	});
});
