import { randomUUID } from 'node:crypto';
import { rows, seedream } from '../scenario';
import type { Stage } from '../stage';
import {
	isOver,
	type Execution,
	type ExecutionSummary,
	type ExecutionStatus,
} from '../support/execution';
import type { RestClient, Workflow } from '../support/rest';
import { RestError } from '../support/session';
import { waitUntil } from '../support/wait';
import { chain, type WorkflowDefinition, type WorkflowNode } from '../support/workflow';

/** The node after Seedream, and the one on its error output. */
export const NEXT = 'Next';
export const FAILED = 'Failed';

/** A small image, quickly painted. */
export const ORDER = {
	operation: 'generate',
	prompt: '={{ $json.prompt }}',
	aspectRatio: '1:1',
	resolution: '1K',
};

export interface FlowOptions {
	prompts: readonly string[];
	/** Of the Seedream node, over those of a small order. */
	parameters?: Record<string, unknown>;
	/** Of the Seedream node: its Settings tab. */
	settings?: Partial<WorkflowNode>;
	/** Between Seedream and the node NEXT. */
	then?: readonly WorkflowNode[];
}

/** A production workflow: a webhook, a row for each prompt, Seedream, and a node that looks up the row by the item link. */
export function flow(
	stage: Stage,
	name: string,
	{ prompts, parameters, settings, then = [] }: FlowOptions,
): WorkflowDefinition {
	const table = prompts.map((prompt, row) => ({ prompt, row }));
	const made = seedream(stage.credential, { ...ORDER, ...parameters }, settings);
	const definition = chain(name, [
		onWebhook(randomUUID()),
		...rows(table),
		made,
		...then,
		linked(NEXT),
		linked(FAILED),
	]);
	const { [NEXT]: _intoFailed, [made.name]: onward, ...connections } = definition.connections;
	const failed = [{ node: FAILED, type: 'main', index: 0 }];
	return {
		...definition,
		connections: { ...connections, [made.name]: { main: [onward?.['main']?.[0] ?? [], failed] } },
	};
}

/** Adds the number of the row that an item goes back to. */
export function linked(name: string): WorkflowNode {
	const row = { id: 'row', name: 'row', value: "={{ $('Rows').item.json.row }}", type: 'number' };
	return {
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: { assignments: [row] },
			includeOtherFields: true,
			options: { stripBinary: false },
		},
	};
}

export function onWebhook(path: string): WorkflowNode {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, httpMethod: 'POST', options: {} },
	};
}

/** A stage whose production webhooks may be served by a process of their own. */
export interface Served extends Stage {
	readonly webhookUrl?: string;
}

/** A workflow that is active, and how it is started. */
export interface Active {
	workflow: Workflow;
	start(): Promise<void>;
}

/** Saves and activates a workflow that begins with a webhook. */
export async function activate(
	{ rest, n8n, webhookUrl }: Served,
	definition: WorkflowDefinition,
): Promise<Active> {
	const workflow = await rest.createWorkflow(definition);
	await rest.activate(workflow);
	const path = definition.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook')?.webhookId;
	return {
		workflow,
		start: async () => {
			const response = await fetch(`${webhookUrl ?? n8n.baseUrl}/webhook/${String(path)}`, {
				method: 'POST',
			});
			if (!response.ok)
				throw new Error(
					`The webhook was answered with ${response.status}: ${await response.text()}`,
				);
		},
	};
}

/** An execution of a workflow of its own. */
export interface Started {
	workflow: Workflow;
	id: string;
}

/** Activates a workflow and starts it once, in production. */
export async function begin(stage: Served, definition: WorkflowDefinition): Promise<Started> {
	const { workflow, start } = await activate(stage, definition);
	await start();
	const [execution] = await waitUntil('the execution to begin', async () => {
		const all = await stage.rest.executions(workflow);
		return all.length > 0 && all;
	});
	return { workflow, id: execution?.id ?? '' };
}

/** Waits until n8n's list shows the execution as waiting, and gives what the list says. */
export async function untilWaiting({ rest }: Stage, started: Started): Promise<ExecutionSummary> {
	const found = await untilListed(
		rest,
		started,
		(status) => status === 'waiting' || isOver(status),
		60_000,
	);
	if (found.status !== 'waiting')
		throw new Error(`Execution ${started.id} ended in ${found.status} and did not wait.`);
	return found;
}

/** Waits for the end of an execution and gives it with its data. */
export async function untilOver(
	{ rest }: Stage,
	started: Started,
	timeoutMs = 60_000,
): Promise<Execution> {
	const { id } = await untilListed(rest, started, isOver, timeoutMs);
	return await rest.execution(id);
}

/**
 * When n8n starts, its crash recovery calls waiting executions crashed and puts them back to waiting at once (seen on 2.41.1).
 * What is still crashed after this time is.
 */
const RECOVERY_MS = 5000;

/** Asks for the list only, and seldom: reading the data of many items again and again is work that n8n would be measured with. */
async function untilListed(
	rest: RestClient,
	{ workflow, id }: Started,
	until: (status: ExecutionStatus) => boolean,
	timeoutMs: number,
): Promise<ExecutionSummary> {
	let crashedAt: number | undefined;
	const ask = async () => {
		const found = (await listPatiently(rest, workflow)).find((each) => each.id === id);
		crashedAt = found?.status === 'crashed' ? (crashedAt ?? Date.now()) : undefined;
		const isRecovering = crashedAt !== undefined && Date.now() - crashedAt < RECOVERY_MS;
		return found !== undefined && !isRecovering && until(found.status) && found;
	};
	return await waitUntil(`execution ${id}`, ask, timeoutMs, 200);
}

/** An n8n under load says that its database is not ready, and is well again soon after. */
async function listPatiently(rest: RestClient, workflow: Workflow): Promise<ExecutionSummary[]> {
	try {
		return await rest.executions(workflow);
	} catch (error) {
		if (error instanceof RestError && error.status === 503) return [];
		throw error;
	}
}
