import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from '../stage';
import { isOver, itemsOf, runOf, type Execution, type Item } from '../support/execution';
import type { Workflow } from '../support/rest';
import { waitUntil } from '../support/wait';
import { chain, type WorkflowNode } from '../support/workflow';
import { begin, flow, untilOver, type Served } from './flow';

const TRIGGER = 'n8n-nodes-seedream.seedreamTrigger';
/** The node behind the trigger. */
export const HANDED_ON = 'Handed On';

/** An active workflow that a Seedream Trigger starts. */
export interface Listener {
	workflow: Workflow;
	/** The production URL of the trigger, as the editor shows it. */
	url: string;
}

/** Activates a workflow of a Seedream Trigger and a node that gets what it hands on. */
export async function listen(
	stage: Served,
	parameters: Record<string, unknown> = {},
): Promise<Listener> {
	const webhookId = randomUUID();
	const { id, name } = stage.credential;
	const trigger: WorkflowNode = {
		name: 'Seedream Trigger',
		type: TRIGGER,
		typeVersion: 1,
		webhookId,
		parameters,
		credentials: { seedreamApi: { id, name } },
	};
	const handedOn: WorkflowNode = { name: HANDED_ON, type: 'n8n-nodes-base.noOp', typeVersion: 1 };
	const workflow = await stage.rest.createWorkflow(
		chain(`Listens ${webhookId}`, [trigger, handedOn]),
	);
	await stage.rest.activate(workflow);
	return { workflow, url: `${stage.webhookUrl ?? stage.n8n.baseUrl}/webhook/${webhookId}/webhook` };
}

/** Submits one task for each prompt, with its row as context, by a workflow of its own; gives the execution. */
export async function submit(
	stage: Stage,
	callbackUrl: string,
	prompts: readonly string[],
	timeoutMs = 60_000,
): Promise<Execution> {
	const callbackContext = '={{ JSON.stringify({ row: $json.row, customer: "Ä & Söhne" }) }}';
	const parameters = { completion: 'submit', callbackUrl, callbackContext };
	const execution = await untilOver(
		stage,
		await begin(stage, flow(stage, 'Submits', { prompts, parameters })),
		timeoutMs,
	);
	if (execution.status !== 'success')
		throw new Error(`The submission ended in ${execution.status}.`);
	return execution;
}

/** The ID of the first task of a submission. */
export function submittedTask(execution: Execution): unknown {
	return itemsOf(execution, 'Seedream')[0]?.json['taskId'];
}

/** What the triggered workflow has done so far. */
export interface Handed {
	/** Executions that the callbacks started, over or not. */
	executions: number;
	/** Those that failed. */
	failed: number;
	/** For each that went on behind the trigger: the items that it handed on. */
	items: Item[][];
}

/** Waits until nothing is running any more, and looks at every execution. */
export async function handedOn(
	{ rest }: Stage,
	{ workflow }: Listener,
	atLeast = 0,
): Promise<Handed> {
	const all = await waitUntil(
		`${atLeast} executions of the triggered workflow to be over`,
		async () => {
			const listed = await rest.executions(workflow, 100);
			return listed.length >= atLeast && listed.every(({ status }) => isOver(status)) && listed;
		},
		60_000,
		200,
	);
	const items: Item[][] = [];
	let failed = 0;
	for (const { id } of all) {
		const execution = await rest.execution(id);
		if (execution.status !== 'success') failed += 1;
		if (runOf(execution, HANDED_ON) !== undefined) items.push(itemsOf(execution, HANDED_ON));
	}
	return { executions: all.length, failed, items };
}

/** Long enough for an execution that should not come to show up. */
export async function settle(): Promise<void> {
	await pause(1500);
}
