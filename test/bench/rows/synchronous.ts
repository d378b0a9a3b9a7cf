import assert from 'node:assert/strict';
import { rows } from '../../e2e/scenario';
import { GOOD_KEY, type Stage } from '../../e2e/stage';
import { itemsOf } from '../../e2e/support/execution';
import type { Credential } from '../../e2e/support/rest';
import type { WorkflowNode } from '../../e2e/support/workflow';
import { download, post, splitOut } from '../byHand';
import { asShipped, promptsFor, runToEnd, timesOf } from '../orders';
import type { Row } from '../row';

const ITEMS = 100;
const ANSWER_MS = 1000;
const CONCURRENCY = 10;
/** With so many at the same time it cannot be done in less. */
const LIMIT_S = ((ITEMS / CONCURRENCY) * ANSWER_MS) / 1000;

/** Seconds from the start of the first of the nodes to the end of the last. */
async function secondsOf(
	stage: Stage,
	nodes: readonly WorkflowNode[],
	images: number,
): Promise<number> {
	const { emulator } = stage;
	emulator.reset();
	emulator.setTaskMs(ANSWER_MS);
	const table = promptsFor(ITEMS).map((prompt) => ({ prompt }));
	const first = nodes[0]?.name ?? '';
	const last = nodes.at(-1)?.name ?? '';
	const execution = await runToEnd(stage, `${ITEMS} by ${first}`, [...rows(table), ...nodes]);
	const items = itemsOf(execution, last);
	assert.equal(items.length, ITEMS, 'items');
	assert.equal(items.filter(({ binary }) => binary?.['data']).length, images, 'images');
	assert.equal(emulator.imagesMade(), ITEMS, 'images made');
	return (timesOf(execution, last).end - timesOf(execution, first).start) / 1000;
}

function byHand({ emulator }: Stage): WorkflowNode[] {
	const body = `={{ JSON.stringify({ prompt: $json.prompt, size: '1024x1024' }) }}`;
	const batching = {
		batching: { batch: { batchSize: CONCURRENCY, batchInterval: ANSWER_MS } },
	};
	const url = `${emulator.baseUrl('novita')}/v3/seedream-4.0`;
	return [post('Create', url, GOOD_KEY, body, batching), splitOut('Images', 'images'), download];
}

async function novita({ emulator, rest }: Stage): Promise<Credential> {
	return await rest.createCredential('Answers at once', 'seedreamApi', {
		provider: 'novita',
		apiKey: GOOD_KEY,
		baseUrl: emulator.baseUrl('novita'),
	});
}

export const synchronous: Row = {
	id: 'synchronous',
	title: `${ITEMS} items of a provider that answers in the same request`,
	how: `Each answer takes ${ANSWER_MS / 1000} s, and ${CONCURRENCY} are asked for at the same time, so that ${LIMIT_S} s is the least that is possible; the time of the node with its downloads. Beside it: HTTP Request in batches of ${CONCURRENCY}, one each ${ANSWER_MS / 1000} s, Split Out, download.`,
	goals: [{ figure: 'time', atMost: 1.05 * LIMIT_S }],
	rounds: 1,
	run: async (bench) => {
		const stage = await bench.stage('items');
		const credential = await novita(stage);
		const node = (parameters: Record<string, unknown>) => [
			asShipped(credential, { ...parameters, options: { concurrency: CONCURRENCY } }),
		];
		const ours: number[] = [];
		const withoutDownloads: number[] = [];
		const others: number[] = [];
		for (let round = 0; round < bench.rounds; round += 1) {
			ours.push(await secondsOf(stage, node({}), ITEMS));
			others.push(await secondsOf(stage, byHand(stage), ITEMS));
			withoutDownloads.push(await secondsOf(stage, node({ download: false }), 0));
		}
		return {
			ours: { name: 'time', unit: 's', values: ours },
			comparator: { name: 'HTTP Request node in batches', unit: 's', values: others },
			others: [{ name: 'without downloads', unit: 's', values: withoutDownloads }],
		};
	},
};
