import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { callBack, lastCallback, tally, type Answer } from '../../e2e/resume/callbacks';
import { begin, flow, NEXT, untilOver, untilWaiting } from '../../e2e/resume/flow';
import { expectRows, startOf } from '../../e2e/resume/images';
import type { Stage } from '../../e2e/stage';
import { takeResumeUrl } from '../idle';
import { promptsFor, UNTIL_TOLD_MS } from '../orders';
import type { Goal, Row } from '../row';

interface Burst {
	seconds: number;
	/** Of an answer of the node. */
	slowestMs: number;
	/** Answers of the node that are no 2xx. */
	refused: number;
	readsPerTask: number;
	mostReads: number;
	cpu: number;
	statuses: string;
}

/** What n8n answers without asking the node: that the execution runs already, or, while it is being started, that its data is not whole. */
const NOT_LET_IN: ReadonlySet<number | undefined> = new Set([409, 500]);

/** So many tasks of one suspended execution end, and call back, at the same moment. */
function burst(count: number, rounds: number, goals: readonly Goal[]): Row {
	return {
		id: `burst-${count}`,
		title: `${count} ${count === 1 ? 'task' : 'tasks'} of a suspended execution call back at once`,
		how: `From the last first-time callback until the node after Seedream starts, the downloads of small images included. Beside it: as many calls at once to a waiting node that does nothing but answer, from the first call to the last answer.`,
		goals,
		rounds,
		run: async (bench) => {
			const stage = await bench.stage('bursts');
			// Code that is loaded by the first of its kind is not what is measured.
			await wake(stage, 2);
			await callIdle(stage, 2);
			const ours: Burst[] = [];
			const idle: IdleBurst[] = [];
			for (let round = 0; round < bench.rounds; round += 1) {
				ours.push(await wake(stage, count));
				idle.push(await callIdle(stage, count));
			}
			return {
				ours: { name: 'time', unit: 's', values: ours.map(({ seconds }) => seconds) },
				comparator: {
					name: 'calls to an idle node',
					unit: 's',
					values: idle.map(({ seconds }) => seconds),
				},
				others: [
					{ name: 'slowest answer', unit: 'ms', values: ours.map(({ slowestMs }) => slowestMs) },
					{ name: 'calls refused', unit: '', values: ours.map(({ refused }) => refused) },
					{ name: 'reads of a task', unit: '', values: ours.map((each) => each.readsPerTask) },
					{ name: 'processor time', unit: 's', values: ours.map(({ cpu }) => cpu) },
				],
				details: [
					`answers: ${ours.map(({ statuses }) => statuses).join(' | ')}`,
					`most reads of one task: ${ours.map(({ mostReads }) => mostReads).join(', ')}`,
					`idle node: answers ${idle.map(({ statuses }) => statuses).join(' | ')}, processor time ${idle.map(({ cpu }) => cpu.toFixed(2)).join(', ')} s`,
				],
			};
		},
	};
}

async function wake(stage: Stage, count: number): Promise<Burst> {
	const { emulator, n8n } = stage;
	emulator.reset();
	emulator.setTaskMs(UNTIL_TOLD_MS);
	const prompts = promptsFor(count);
	const parameters = { completion: 'callback' };
	const started = await begin(stage, flow(stage, `Burst of ${count}`, { prompts, parameters }));
	await untilWaiting(stage, started);
	await pause(500);

	const cpu = n8n.cpuSeconds();
	emulator.finishTasks();
	const execution = await untilOver(stage, started, 180_000);
	const used = n8n.cpuSeconds() - cpu;
	await emulator.settled();
	expectRows(execution, count);
	assert.equal(emulator.imagesMade(), count, 'images made');

	const deliveries = emulator.callbacks;
	const atNode = deliveries.filter(({ status }) => !NOT_LET_IN.has(status));
	const reads = new Map<string, number>();
	for (const { path } of emulator.requestsOf('query')) reads.set(path, (reads.get(path) ?? 0) + 1);
	return {
		seconds: (startOf(execution, NEXT) - lastCallback(deliveries)) / 1000,
		slowestMs: Math.max(0, ...atNode.map(({ ms = 0 }) => ms)),
		refused: atNode.filter(({ status = 0 }) => status < 200 || status > 299).length,
		readsPerTask: emulator.requestsOf('query').length / count,
		mostReads: Math.max(...reads.values()),
		cpu: used,
		statuses: tally(deliveries),
	};
}

interface IdleBurst {
	seconds: number;
	cpu: number;
	statuses: string;
}

async function callIdle(stage: Stage, count: number): Promise<IdleBurst> {
	const { url, stop } = await takeResumeUrl(stage, promptsFor(count));
	await pause(500);
	const cpu = stage.n8n.cpuSeconds();
	const begun = performance.now();
	const answers: Answer[] = await Promise.all(
		Array.from({ length: count }, async () => await callBack(url, { status: 'completed' })),
	);
	const seconds = (performance.now() - begun) / 1000;
	const used = stage.n8n.cpuSeconds() - cpu;
	await stop();
	return { seconds, cpu: used, statuses: tally(answers) };
}

export const bursts: readonly Row[] = [
	burst(100, 3, [
		{ figure: 'time', atMost: 2.5 },
		{ figure: 'ratio', atMost: 1.5 },
		{ figure: 'slowest answer', atMost: 2000, by: 'worst' },
		{ figure: 'calls refused', atMost: 0, by: 'worst' },
		{ figure: 'reads of a task', atMost: 2, by: 'worst' },
	]),
	burst(5, 5, [{ figure: 'time', atMost: 0.3 }]),
	burst(1, 5, [{ figure: 'time', atMost: 0.15 }]),
];
