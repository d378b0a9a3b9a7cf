import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../emulator';
import { queryTask } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { NODE, runSeedream, type SeedreamRun } from '../seedream';
import {
	findExecution,
	resumeByDeadline,
	startWebhookServer,
	type RunResult,
	type WebhookServer,
} from '../support';

/** Suspends at once, and downloads nothing: for tests that are about the callback alone. */
export const BOAT = {
	operation: 'generate',
	prompt: 'A boat',
	completion: 'callback',
	download: false,
};

/** One request for each item, each with a prompt of its own. */
export const BOATS = { ...BOAT, prompt: '=A boat {{ $json.n }}' };

/** Pauses after which the emulator calls back again; long enough in all for a machine that is busy. */
const RETRY_MS = [20, 60, 200, 800];

/** A task that lasts so long is open until the test ends it. */
export const LONG_MS = 600_000;

/** A provider that calls back to n8n's webhook endpoint on a real port. */
export interface Scene {
	readonly emulator: Emulator;
	readonly n8n: WebhookServer;
	/** Runs until the node has ended or suspended. */
	run(parameters: INodeParameters, run?: SeedreamRun): Promise<RunResult>;
	/** Runs until the node has suspended: it sees its tasks open when it looks at them, however slow the machine is. */
	suspend(parameters: INodeParameters, run?: SeedreamRun): Promise<RunResult>;
	/** The same, up to the end of what callbacks resume. */
	suspendAndResume(parameters: INodeParameters, run?: SeedreamRun): Promise<RunResult>;
	/** Posts to n8n as the provider does; `JSON` unless the body is a text. */
	post(url: string, body?: unknown, contentType?: string): Promise<Answer>;
	/** The callback URLs that were sent to the provider, in order. */
	callbackUrls(): string[];
	/** The tasks that were asked for at the API, in the order in which they were first. */
	taskIds(): string[];
	/** How n8n's database has the execution now. */
	record(execution: Pick<RunResult, 'executionId'>): { status: string; saved: string };
	/** Ends a task that never ends by itself. */
	failTask(id: string): Promise<void>;
	paid(): number;
	/** Readings of tasks by the node. */
	queries(): number;
}

export interface Answer {
	status: number;
	text: string;
}

/** Sets up a scene before each test of the file. */
export function useScene(options: EmulatorOptions = {}): Scene {
	const { taskMs = 100 } = options;
	const emulator = useEmulator({ callbackRetryMs: RETRY_MS, ...options, taskMs });
	let n8n: WebhookServer;
	let ownQueries = 0;
	beforeEach(async () => {
		ownQueries = 0;
		n8n = await startWebhookServer();
	});
	afterEach(async () => await n8n.close());

	const run: Scene['run'] = async (parameters, given) =>
		await runSeedream(emulator, parameters, { webhookUrl: n8n.url, ...given });
	const suspend: Scene['suspend'] = async (parameters, given) => {
		emulator.setTaskMs(LONG_MS);
		const asleep = await run(parameters, given);
		expect(asleep.status).toBe('waiting');
		emulator.setTaskMs(taskMs);
		emulator.finishTasks();
		return asleep;
	};
	return {
		emulator,
		get n8n() {
			return n8n;
		},
		run,
		suspend,
		suspendAndResume: async (parameters, given) => {
			await suspend(parameters, given);
			return await n8n.run(0);
		},
		post,
		callbackUrls: () => callbackUrlsOf(emulator),
		taskIds: () => {
			const ids = emulator
				.requestsOf('query')
				.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
			return [...new Set(ids)];
		},
		record: ({ executionId }) => {
			const { status = 'none', saved = '' } = findExecution(executionId) ?? {};
			return { status, saved };
		},
		paid: () => emulator.requestsOf('create').length,
		failTask: async (id) => {
			emulator.addFault({
				on: 'query',
				failTask: { code: 'service_error', message: 'no GPU' },
				times: 1,
			});
			await queryTask(emulator, id);
			ownQueries += 1;
		},
		queries: () => emulator.requestsOf('query').length - ownQueries,
	};
}

async function post(
	url: string,
	body: unknown = {},
	contentType = 'application/json',
): Promise<Answer> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const response = await fetch(url, {
		method: 'POST',
		body: text,
		headers: { 'content-type': contentType },
	});
	return { status: response.status, text: await response.text() };
}

export function callbackUrlsOf(emulator: Emulator): string[] {
	return emulator
		.requestsOf('create')
		.map(({ body }) => String(body instanceof Object ? Reflect.get(body, 'callback_url') : ''));
}

/** Input items that differ in `n`. */
export function numbered(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({ json: { n: index + 1 } }));
}

/** The ID of the task that an item is about. */
export function taskIdOf(item: INodeExecutionData | undefined): string {
	return String(item?.json.taskId ?? '');
}

/** Lets the time of the wait run out, and gives what the node hands on then. */
export async function itemsAtDeadline(asleep: RunResult): Promise<INodeExecutionData[]> {
	return (await resumeByDeadline(asleep)).items(NODE);
}

/** Time enough for something that should not happen. */
export async function settle(ms = 150): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}
