import { randomUUID } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { afterEach, beforeEach } from 'vitest';
import { SeedreamApi } from '../../../credentials/SeedreamApi.credentials';
import { SeedreamTrigger } from '../../../nodes/SeedreamTrigger/SeedreamTrigger.node';
import type { Emulator } from '../../emulator';
import { useEmulator } from '../../emulator/useEmulator';
import { credentialsFor, NODE, runSeedream, type SeedreamRun } from '../seedream';
import {
	endType,
	startWebhookServer,
	type RunOptions,
	type RunResult,
	type WebhookServer,
} from '../support';

export const TRIGGER = 'Seedream Trigger';
const TRIGGER_TYPE = 'n8n-nodes-seedream.seedreamTrigger';

/** How a workflow with the trigger is published. */
export interface Publication {
	credentials?: ICredentialDataDecryptedObject;
	mode?: RunOptions['mode'];
	/** What is the same before and after a restart, and in all processes of an n8n. */
	identity?: Identity;
	/** The process that takes the callbacks, if it is not the first one. */
	process?: WebhookServer;
	/** The node as loaded by another process. */
	node?: SeedreamTrigger;
}

export interface Identity {
	workflowId: string;
	webhookId: string;
}

/** A provider that calls back to the webhooks of an n8n in which workflows with the trigger are published. */
export interface TriggerScene {
	readonly emulator: Emulator;
	readonly n8n: WebhookServer;
	/** Another process of the same n8n, or the same one after a restart. */
	startProcess(): Promise<WebhookServer>;
	/** Publishes trigger → end; gives the production URL. */
	publish(parameters?: INodeParameters, publication?: Publication): Promise<string>;
	/** Runs a Seedream node that only submits; gives the task's ID and the callback URL that the provider got. */
	submit(callbackUrl: string, parameters?: INodeParameters, run?: SeedreamRun): Promise<Submitted>;
	/** The same, for a task that has ended and whose own callback does not come. */
	submitSilently(callbackUrl: string, parameters?: INodeParameters): Promise<Submitted>;
	post(
		url: string,
		body?: unknown,
		contentType?: string,
	): Promise<{ status: number; text: string }>;
}

export interface Submitted {
	taskId: string;
	url: string;
}

export function newIdentity(): Identity {
	return { workflowId: randomUUID(), webhookId: randomUUID() };
}

/** Sets up a scene before each test of the file. */
export function useTriggerScene(): TriggerScene {
	const emulator = useEmulator({ taskMs: 30, callbackRetryMs: [20, 60, 200] });
	let processes: WebhookServer[] = [];
	beforeEach(async () => {
		processes = [await startWebhookServer()];
	});
	afterEach(async () => {
		await Promise.all(processes.map(async (process) => await process.close()));
	});

	const first = (): WebhookServer => {
		const [process] = processes;
		if (!process) throw new Error('Nothing listens before the first test');
		return process;
	};
	const submit: TriggerScene['submit'] = async (callbackUrl, parameters, run) => {
		const result = await runSeedream(
			emulator,
			{
				operation: 'generate',
				prompt: 'A boat',
				resolution: '1K',
				completion: 'submit',
				callbackUrl,
				...parameters,
			},
			run,
		);
		const body = emulator.requestsOf('create').at(-1)?.body;
		return {
			taskId: String(result.items(NODE)[0]?.json.taskId),
			url: String(body instanceof Object ? Reflect.get(body, 'callback_url') : ''),
		};
	};
	return {
		emulator,
		get n8n() {
			return first();
		},
		startProcess: async () => {
			const process = await startWebhookServer();
			processes.push(process);
			return process;
		},
		publish: async (parameters = {}, publication = {}) => {
			const process = publication.process ?? first();
			return (await process.activate(optionsFor(emulator, parameters, publication))).webhookUrl;
		},
		submit,
		submitSilently: async (callbackUrl, parameters) => {
			emulator.setTaskMs(1);
			emulator.addFault({ on: 'callback', noCallback: true, times: 1 });
			const submitted = await submit(callbackUrl, parameters);
			await new Promise((resolve) => setTimeout(resolve, 30));
			return submitted;
		},
		post,
	};
}

function optionsFor(
	emulator: Emulator,
	parameters: INodeParameters,
	publication: Publication,
): RunOptions {
	const { credentials = credentialsFor(emulator), mode, identity = newIdentity() } = publication;
	return {
		workflow: {
			id: identity.workflowId,
			nodes: [
				{ name: TRIGGER, type: TRIGGER_TYPE, webhookId: identity.webhookId, parameters },
				{ name: 'End', type: endType },
			],
			connections: { [TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		},
		nodeTypes: { [TRIGGER_TYPE]: publication.node ?? new SeedreamTrigger() },
		credentialTypes: [new SeedreamApi()],
		credentials: { seedreamApi: credentials },
		mode,
	};
}

async function post(url: string, body: unknown = {}, contentType = 'application/json') {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const response = await fetch(url, {
		method: 'POST',
		body: text,
		headers: { 'content-type': contentType },
	});
	return { status: response.status, text: await response.text() };
}

/** What the workflow was started with; nothing if it ended at the trigger. */
export function handedOn(result: RunResult): INodeExecutionData[] {
	return result.items('End');
}
