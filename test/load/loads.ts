import assert from 'node:assert/strict';
import { activate, begin, flow, untilOver, type Served } from '../e2e/resume/flow';
import { expectRows } from '../e2e/resume/images';
import { HANDED_ON, listen, submit } from '../e2e/resume/triggered';
import { itemsOf } from '../e2e/support/execution';
import type { Workflow } from '../e2e/support/rest';
import { waitUntil } from '../e2e/support/wait';
import { tally } from '../e2e/resume/callbacks';
import { promptsFor, UNTIL_TOLD_MS } from '../bench/orders';
import { staysAlive, type Processes } from './alive';

/** Long enough for a slow machine; what takes longer is lost. */
const PATIENCE_MS = 900_000;

/** When no further execution has ended for so long, those that are missing are lost. */
const LOST_AFTER_MS = 60_000;

/** Something heavy that must come out right, and leave n8n alive. */
export interface Load {
	readonly name: string;
	/** Gives the figures. */
	readonly run: (stage: Served, processes: Processes) => Promise<string>;
}

function expectPaidOnce({ emulator }: Served, count: number): void {
	assert.equal(emulator.acceptedCreates().length, count, 'tasks that were paid');
	assert.equal(emulator.imagesMade(), count, 'images made');
}

export function itemsInOne(count: number): Load {
	return {
		name: `${count} items in one execution`,
		run: async (stage, processes) => {
			stage.emulator.setTaskMs(5000);
			const definition = flow(stage, `${count} items`, {
				prompts: promptsFor(count),
				parameters: { options: { pollIntervalSeconds: 3 } },
			});
			return await staysAlive(processes, async () => {
				const execution = await untilOver(stage, await begin(stage, definition), PATIENCE_MS);
				expectRows(execution, count);
				expectPaidOnce(stage, count);
			});
		},
	};
}

export function endsAtTrigger(count: number, withinMs: number): Load {
	return {
		name: `${count} callbacks within ${withinMs / 1000} s at the trigger`,
		run: async (stage, processes) => {
			const { emulator, rest } = stage;
			emulator.setTaskMs(UNTIL_TOLD_MS);
			const { workflow, url } = await listen(stage);
			await submit(stage, url, promptsFor(count), PATIENCE_MS);
			const figures = await staysAlive(processes, async () => {
				emulator.finishTasks(withinMs);
				await emulator.settled();
				await untilCount(stage, workflow, count);
			});
			const handed: unknown[] = [];
			for (const { id } of await rest.executionsOver(workflow)) {
				const items = itemsOf(await rest.execution(id), HANDED_ON);
				assert.ok(
					items.every(({ binary }) => binary?.['data'] !== undefined),
					'images that were handed on',
				);
				handed.push(...items.map(({ json }) => json['taskId']));
			}
			const tasks = emulator.acceptedCreates().map(({ taskId }) => taskId);
			assert.deepEqual([...handed].sort(), [...tasks].sort(), 'ends that were handed on');
			expectPaidOnce(stage, count);
			return `${figures}; callbacks ${tally(emulator.callbacks)}`;
		},
	};
}

export function suspendedAtOnce(executions: number, items: number): Load {
	const tasks = executions * items;
	return {
		name: `${executions} executions of ${items} suspended items end at once`,
		run: async (stage, processes) => {
			const { emulator, rest } = stage;
			emulator.setTaskMs(UNTIL_TOLD_MS);
			const { workflow, start } = await activate(
				stage,
				flow(stage, `${executions} of ${items}`, {
					prompts: promptsFor(items),
					parameters: { completion: 'callback' },
				}),
			);
			for (let execution = 0; execution < executions; execution += 1) await start();
			await waitUntil(
				`${executions} executions to wait`,
				async () => {
					const listed = await rest.executions(workflow, 100);
					return listed.filter(({ status }) => status === 'waiting').length === executions;
				},
				PATIENCE_MS,
				1000,
			);
			const figures = await staysAlive(processes, async () => {
				emulator.finishTasks();
				await untilCount(stage, workflow, executions);
				await emulator.settled();
			});
			const over = await rest.executionsOver(workflow);
			assert.equal(over.length, executions, 'executions');
			for (const { id } of over) expectRows(await rest.execution(id), items);
			expectPaidOnce(stage, tasks);
			return `${figures}; callbacks ${tally(emulator.callbacks)}, ${emulator.requestsOf('query').length} reads of ${tasks} tasks`;
		},
	};
}

/** @throws Error when no more have ended for a minute, as those that are missing are lost. */
async function untilCount({ rest }: Served, workflow: Workflow, count: number): Promise<void> {
	const seen = { over: 0, since: Date.now() };
	await waitUntil(
		`${count} executions to be over`,
		async () => {
			const over = await rest.countOver(workflow).catch(() => seen.over);
			if (over > seen.over) Object.assign(seen, { over, since: Date.now() });
			const isStuck = Date.now() - seen.since > LOST_AFTER_MS;
			assert.ok(!isStuck, `${over} of ${count} executions are over, and no more end`);
			return over >= count;
		},
		PATIENCE_MS,
		1000,
	);
}
