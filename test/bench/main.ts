import { rows, seedream } from '../e2e/scenario';
import { GOOD_KEY, openStage, type Stage } from '../e2e/stage';
import { errorOf } from '../e2e/support/execution';
import { ensureHost } from '../e2e/support/install';
import { isolate } from '../e2e/support/isolated';
import { packTarball } from '../../scripts/packTarball';
import { chain, manualTrigger, type WorkflowDefinition } from '../e2e/support/workflow';
import { allTogether, oneByOne } from './byHand';

const ITEMS = 10;
const TASK_MS = 2000;
/** The node's default; the workflows by hand wait as long between two questions. */
const POLL_SECONDS = 3;
const ROUNDS = 3;

interface Measured {
	name: string;
	nodes: number;
	seconds: number;
	requests: number;
}

/** `npm run bench`: ten images by the Seedream node and by HTTP Request nodes, in the same n8n, against the same emulator. */
async function main(): Promise<void> {
	await ensureHost();
	const tarball = await packTarball();
	await isolate();
	const stage = await openStage(tarball);
	try {
		const table = Array.from({ length: ITEMS }, (_, item) => ({ prompt: `Image ${item}` }));
		const job = { stage, table, waitSeconds: POLL_SECONDS, key: GOOD_KEY };
		const order = {
			operation: 'generate',
			prompt: '={{ $json.prompt }}',
			aspectRatio: '1:1',
			resolution: '1K',
			options: { pollIntervalSeconds: POLL_SECONDS },
		};
		const byNode = chain('Seedream node', [
			manualTrigger,
			...rows(table),
			seedream(stage.credential, order),
		]);
		const all = [
			await measure(stage, byNode),
			await measure(stage, allTogether(job)),
			await measure(stage, oneByOne(job)),
		];
		report(all);
	} finally {
		await stage.close();
	}
}

/** The fastest of some rounds: whatever else the machine does makes a round slower, never faster. */
async function measure(
	{ rest, emulator }: Stage,
	definition: WorkflowDefinition,
): Promise<Measured> {
	const workflow = await rest.createWorkflow(definition);
	let fastest = Infinity;
	for (let round = 0; round < ROUNDS; round += 1) {
		emulator.reset();
		emulator.setTaskMs(TASK_MS);
		const execution = await rest.runManually(workflow, { trigger: manualTrigger.name }, 180_000);
		if (execution.status !== 'success')
			throw new Error(`${definition.name}: ${errorOf(execution) ?? execution.status}`);
		const downloads = emulator.requestsOf('download').length;
		if (downloads !== ITEMS)
			throw new Error(`${definition.name}: ${downloads} images instead of ${ITEMS}.`);
		const took = Date.parse(execution.stoppedAt ?? '') - Date.parse(execution.startedAt ?? '');
		fastest = Math.min(fastest, took / 1000);
	}
	return {
		name: definition.name,
		nodes: definition.nodes.length,
		seconds: fastest,
		requests: emulator.requests.length,
	};
}

function report([ours, ...others]: Measured[]): void {
	if (ours === undefined) return;
	console.log(
		`${ITEMS} items, 1 image each, tasks of ${TASK_MS / 1000} s, ${POLL_SECONDS} s between questions, fastest of ${ROUNDS} rounds`,
	);
	for (const { name, nodes, seconds, requests } of [ours, ...others]) {
		const ratio = `${(seconds / ours.seconds).toFixed(2)} x the time, ${(requests / ours.requests).toFixed(2)} x the requests`;
		console.log(
			`${name.padEnd(24)} ${nodes} nodes  ${seconds.toFixed(1).padStart(5)} s  ${String(requests).padStart(3)} requests  ${ratio}`,
		);
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
