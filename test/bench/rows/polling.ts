import assert from 'node:assert/strict';
import { untilOver, type Started } from '../../e2e/resume/flow';
import { rows } from '../../e2e/scenario';
import { GOOD_KEY, type Stage } from '../../e2e/stage';
import { waitUntil } from '../../e2e/support/wait';
import { chain, manualTrigger, type WorkflowDefinition } from '../../e2e/support/workflow';
import { allTogether, download } from '../byHand';
import { asShipped, timesOf } from '../orders';
import type { Row } from '../row';

/** How long the tasks take, in s; all are under way at the same time. */
const DURATIONS = [7, 13, 20, 30, 45, 120] as const;
const HELD = [20, 30, 120] as const;
/** What a hand-made loop usually waits between two questions. */
const LOOP_SECONDS = 3;

/** A task that a workflow waits for. */
interface Waiting {
	started: Started;
	prompt: string;
	seconds: number;
	/** When it will have ended, in ms since 1970. */
	endsAt: number;
	/** The node that has the image. */
	last: string;
}

interface Outcome {
	seconds: number;
	/** Time that passed after the task's end until the image was there, in % of the task's time. */
	lost: number;
	reads: number;
}

async function begin(
	{ emulator, rest }: Stage,
	definition: WorkflowDefinition,
	prompt: string,
	last: string,
	seconds: number,
): Promise<Waiting> {
	emulator.setTaskMs(seconds * 1000);
	const workflow = await rest.createWorkflow(definition);
	const id = await rest.startManually(workflow, { trigger: manualTrigger.name });
	const made = await waitUntil(`the task of ${prompt}`, async () =>
		emulator
			.requestsOf('create')
			.find(
				({ body }) => typeof body === 'object' && body && Reflect.get(body, 'prompt') === prompt,
			),
	);
	return { started: { workflow, id }, prompt, seconds, endsAt: made.at + seconds * 1000, last };
}

async function outcomeOf(stage: Stage, waiting: Waiting): Promise<Outcome> {
	const { started, prompt, seconds, endsAt, last } = waiting;
	const execution = await untilOver(stage, started, 240_000);
	assert.equal(execution.status, 'success', prompt);
	const task = stage.emulator.acceptedCreates().find((each) => each.prompt === prompt)?.taskId;
	assert.ok(task, `the task of ${prompt}`);
	const reads = stage.emulator.requestsOf('query').filter(({ path }) => path.endsWith(task));
	const lost = (timesOf(execution, last).end - endsAt) / 10 / seconds;
	return { seconds, lost, reads: reads.length };
}

/** Every task twice at the same time: by the node, and by a hand-made loop. */
async function waitForAll(stage: Stage): Promise<{ ours: Outcome[]; loops: Outcome[] }> {
	stage.emulator.reset();
	const [ours, loops]: [Waiting[], Waiting[]] = [[], []];
	for (const seconds of DURATIONS) {
		const [own, hand] = [`By the node, ${seconds} s`, `By hand, ${seconds} s`];
		const node = asShipped(stage.credential);
		const byNode = chain(own, [manualTrigger, ...rows([{ prompt: own }]), node]);
		const table = [{ prompt: hand }];
		const loop = allTogether({ stage, table, waitSeconds: LOOP_SECONDS, key: GOOD_KEY });
		ours.push(await begin(stage, byNode, own, node.name, seconds));
		loops.push(await begin(stage, loop, hand, download.name, seconds));
	}
	const outcomes = async (all: readonly Waiting[]) =>
		await Promise.all(all.map(async (waiting) => await outcomeOf(stage, waiting)));
	return { ours: await outcomes(ours), loops: await outcomes(loops) };
}

function average(outcomes: readonly Outcome[]): number {
	return outcomes.reduce((sum, { lost }) => sum + lost, 0) / outcomes.length;
}

export const polling: Row = {
	id: 'polling',
	title: `Polled tasks of ${DURATIONS.join(', ')} s`,
	how: `With the default settings; the time from the end of the task until the node is done, in % of the task's time, on average. All tasks are under way in one n8n at the same time. Beside it: a loop of HTTP Request, Wait (${LOOP_SECONDS} s) and IF, until its download is done.`,
	goals: [
		{ figure: 'lost on average', atMost: 8 },
		...HELD.map((seconds) => ({ figure: `lost of ${seconds} s`, atMost: 17 })),
		{ figure: 'reads in 30 s', atMost: 12 },
		{ figure: 'reads in 120 s', atMost: 22 },
	],
	rounds: 1,
	run: async (bench) => {
		const stage = await bench.stage('polling');
		const rounds: Array<Awaited<ReturnType<typeof waitForAll>>> = [];
		for (let round = 0; round < bench.rounds; round += 1) rounds.push(await waitForAll(stage));
		const valuesOf = (seconds: number, read: (outcome: Outcome) => number) =>
			rounds.flatMap(({ ours }) => ours.filter((each) => each.seconds === seconds).map(read));
		return {
			ours: { name: 'lost on average', unit: '%', values: rounds.map(({ ours }) => average(ours)) },
			comparator: {
				name: 'hand-made loop',
				unit: '%',
				values: rounds.map(({ loops }) => average(loops)),
			},
			others: DURATIONS.flatMap((seconds) => [
				{ name: `lost of ${seconds} s`, unit: '%', values: valuesOf(seconds, ({ lost }) => lost) },
				{
					name: `reads in ${seconds} s`,
					unit: '',
					values: valuesOf(seconds, ({ reads }) => reads),
				},
			]),
			details: rounds.flatMap(({ loops }) =>
				loops.map(
					({ seconds, lost, reads }) =>
						`hand-made loop, ${seconds} s: ${lost.toFixed(1)} % lost, ${reads} reads`,
				),
			),
		};
	},
};
