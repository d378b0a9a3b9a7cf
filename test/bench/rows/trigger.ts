import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { callBack, tally, type Answer } from '../../e2e/resume/callbacks';
import { activate, onWebhook } from '../../e2e/resume/flow';
import { HANDED_ON, listen, submit } from '../../e2e/resume/triggered';
import type { Stage } from '../../e2e/stage';
import { isOver, itemsOf, type ExecutionSummary } from '../../e2e/support/execution';
import type { Workflow } from '../../e2e/support/rest';
import { waitUntil } from '../../e2e/support/wait';
import { watchWhile, type Watched } from '../../e2e/support/watch';
import { chain } from '../../e2e/support/workflow';
import { promptsFor, UNTIL_TOLD_MS } from '../orders';
import type { Goal, Row } from '../row';

/** When no further execution has ended for so long, those that are missing are lost. */
const LOST_AFTER_MS = 20_000;

interface Run {
	/** Ends whose calls n8n has all left without an answer, until the provider gave up. */
	lost: number;
	seconds: number;
	slowestMs: number;
	calls: number;
	executions: number;
	cpu: number;
	rest: Watched;
	statuses: string;
}

/** So many ends are reported to a trigger at the same moment. */
function ends(count: number, rounds: number, goals: readonly Goal[]): Row {
	return {
		id: `trigger-${count}`,
		title: `${count} ends of tasks reported to a Seedream Trigger at once`,
		how: `Signed callback URLs, with confirmation, deduplication and download, and a node behind. From the first call until the last execution is over, each end handed on once. Beside it: as many calls to n8n's Webhook node with a node behind. n8n's REST API is asked for the executions four times a second meanwhile.`,
		goals,
		rounds,
		run: async (bench) => {
			const stage = await bench.stage('trigger');
			await reportEnds(stage, 5);
			await callWebhook(stage, 5);
			const ours: Run[] = [];
			const plain: Run[] = [];
			const isolated: Run[] = [];
			for (let round = 0; round < bench.rounds; round += 1) {
				ours.push(await reportEnds(stage, count));
				plain.push(await callWebhook(stage, count));
				isolated.push(await callWebhook(stage, count, 1));
			}
			const valuesOf = (read: (run: Run) => number) => ours.map(read);
			return {
				ours: { name: 'time', unit: 's', values: valuesOf((run) => run.seconds) },
				comparator: {
					name: 'Webhook node',
					unit: 's',
					values: plain.map(({ seconds }) => seconds),
				},
				others: [
					{ name: 'slowest answer', unit: 'ms', values: valuesOf((run) => run.slowestMs) },
					{ name: 'ends lost', unit: '', values: valuesOf((run) => run.lost) },
					{ name: 'calls', unit: '', values: valuesOf((run) => run.calls) },
					{ name: 'executions', unit: '', values: valuesOf((run) => run.executions) },
					{
						name: 'slowest REST answer',
						unit: 'ms',
						values: valuesOf((run) => run.rest.slowestMs),
					},
					{ name: 'REST failures', unit: '', values: valuesOf((run) => run.rest.failed) },
					{ name: 'processor time', unit: 's', values: valuesOf((run) => run.cpu) },
				],
				details: [
					`answers: ${ours.map(({ statuses }) => statuses).join(' | ')}`,
					...plain.map((run) => `Webhook node: ${sayingOf(run)}`),
					...isolated.map(
						(run) =>
							`Webhook node of version 1, with an isolate for each call as any other trigger: ${run.seconds.toFixed(1)} s, ${sayingOf(run)}`,
					),
				],
			};
		},
	};
}

function sayingOf({ statuses, slowestMs, rest, cpu }: Run): string {
	return `answers ${statuses}, slowest ${slowestMs} ms, slowest REST answer ${rest.slowestMs} ms, processor time ${cpu.toFixed(1)} s`;
}

async function reportEnds(stage: Stage, count: number): Promise<Run> {
	const { emulator, n8n, rest } = stage;
	emulator.reset();
	emulator.setTaskMs(UNTIL_TOLD_MS);
	const { workflow, url } = await listen(stage);
	await submit(stage, url, promptsFor(count));
	await pause(500);

	const cpu = n8n.cpuSeconds();
	const { result: executions, watched } = await watchWhile(
		async () => await rest.countOver(workflow),
		async () => {
			emulator.finishTasks();
			await emulator.settled();
			return await untilAllOver(stage, workflow, count);
		},
	);
	const used = n8n.cpuSeconds() - cpu;
	await rest.deactivate(workflow);

	const deliveries = emulator.callbacks;
	const first = Math.min(...deliveries.map(({ at }) => at));
	const handed: unknown[] = [];
	let last = first;
	for (const { id, stoppedAt } of executions) {
		const items = itemsOf(await rest.execution(id), HANDED_ON);
		handed.push(...items.map(({ json }) => json['taskId']));
		if (items.length > 0) last = Math.max(last, Date.parse(stoppedAt ?? ''));
	}
	assert.equal(handed.length, new Set(handed).size, 'times that an end was handed on');
	return {
		lost: count - handed.length,
		seconds: (last - first) / 1000,
		slowestMs: Math.max(...deliveries.map(({ ms = 0 }) => ms)),
		calls: deliveries.length,
		executions: executions.length,
		cpu: used,
		rest: watched,
		statuses: tally(deliveries),
	};
}

/**
 * What n8n takes for it when nothing is confirmed, remembered or downloaded. For its Webhook node of
 * version 1, as for any other node that takes webhooks, it makes an isolate of its expression engine at
 * each call; only for the newer versions it does without (n8n 2.41, webhooks/live-webhooks.js).
 */
async function callWebhook(stage: Stage, count: number, typeVersion = 2): Promise<Run> {
	const { n8n, rest } = stage;
	const path = randomUUID();
	const behind = { name: HANDED_ON, type: 'n8n-nodes-base.noOp', typeVersion: 1 };
	const plain = { ...onWebhook(path), typeVersion };
	const { workflow } = await activate(stage, chain(`Plain ${path}`, [plain, behind]));
	await pause(500);

	const cpu = n8n.cpuSeconds();
	const first = Date.now();
	const { result, watched } = await watchWhile(
		async () => await rest.countOver(workflow),
		async () => ({
			answers: await callAtOnce(`${n8n.baseUrl}/webhook/${path}`, count),
			executions: await untilAllOver(stage, workflow, count),
		}),
	);
	const { answers, executions } = result;
	const used = n8n.cpuSeconds() - cpu;
	await rest.deactivate(workflow);
	const last = Math.max(...executions.map(({ stoppedAt }) => Date.parse(stoppedAt ?? '')));
	return {
		lost: 0,
		seconds: (last - first) / 1000,
		slowestMs: Math.max(...answers.map(({ ms }) => ms)),
		calls: answers.length,
		executions: executions.length,
		cpu: used,
		rest: watched,
		statuses: tally(answers),
	};
}

async function callAtOnce(url: string, count: number): Promise<Answer[]> {
	return await Promise.all(
		promptsFor(count).map(async (id) => await callBack(url, { id, status: 'completed' })),
	);
}

/** Until nothing runs any more, and all have come or no more are to be expected. */
async function untilAllOver(
	{ rest }: Stage,
	workflow: Workflow,
	count: number,
): Promise<ExecutionSummary[]> {
	const seen = { over: -1, since: Date.now() };
	await waitUntil(
		'the executions to be over',
		async () => {
			const over = await rest.countOver(workflow).catch(() => seen.over);
			if (over !== seen.over) Object.assign(seen, { over, since: Date.now() });
			return over >= count || Date.now() - seen.since > LOST_AFTER_MS;
		},
		300_000,
		500,
	);
	await waitUntil(
		'no execution to run any more',
		// Those that run come first.
		async () => (await rest.executions(workflow)).every(({ status }) => isOver(status)),
		60_000,
		500,
	);
	return await rest.executionsOver(workflow);
}

export const triggers: readonly Row[] = [
	ends(200, 2, [
		{ figure: 'ratio', atMost: 1.5 },
		{ figure: 'ends lost', atMost: 0, by: 'worst' },
		{ figure: 'REST failures', atMost: 0, by: 'worst' },
	]),
	ends(100, 2, [
		{ figure: 'slowest answer', atMost: 5000, by: 'worst' },
		{ figure: 'ends lost', atMost: 0, by: 'worst' },
		{ figure: 'REST failures', atMost: 0, by: 'worst' },
	]),
];
