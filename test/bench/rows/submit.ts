import assert from 'node:assert/strict';
import { rows } from '../../e2e/scenario';
import { GOOD_KEY, type Stage } from '../../e2e/stage';
import { itemsOf } from '../../e2e/support/execution';
import type { WorkflowNode } from '../../e2e/support/workflow';
import { create } from '../byHand';
import { asShipped, promptsFor, runToEnd, timesOf } from '../orders';
import type { Row } from '../row';
import { startTaskServer, type TaskServer } from '../taskServer';

const ITEMS = 1000;

/** Ms that a node takes for each item, which makes a task of it, and ms of n8n's processor time. */
async function measure(stage: Stage, server: TaskServer, node: WorkflowNode): Promise<Submitted> {
	const { n8n } = stage;
	const table = promptsFor(ITEMS).map((prompt) => ({ prompt }));
	const before = server.count;
	const cpu = n8n.cpuSeconds();
	const execution = await runToEnd(stage, `${ITEMS} by ${node.name}`, [...rows(table), node]);
	const used = n8n.cpuSeconds() - cpu;
	assert.equal(itemsOf(execution, node.name).length, ITEMS, 'items');
	assert.equal(server.count - before, ITEMS, 'tasks made');
	const { start, end } = timesOf(execution, node.name);
	return { ms: (end - start) / ITEMS, cpuMs: (used * 1000) / ITEMS };
}

interface Submitted {
	ms: number;
	cpuMs: number;
}

export const submits: Row = {
	id: `submit-${ITEMS}`,
	title: `${ITEMS} items submitted and not waited for`,
	how: `Completion *Submit Only*, everything else as it is by default; the time of the node. Beside it: an HTTP Request node that sends the same ${ITEMS} requests. Both to a server that answers at once.`,
	goals: [{ figure: 'ratio', atMost: 0.75 }],
	rounds: 3,
	run: async (bench) => {
		const stage = await bench.stage('items');
		const server = await startTaskServer();
		const data = { provider: 'evolink', apiKey: GOOD_KEY, baseUrl: server.baseUrl };
		const credential = await stage.rest.createCredential('Task server', 'seedreamApi', data);
		const ours: Submitted[] = [];
		const byHand: Submitted[] = [];
		for (let round = 0; round < bench.rounds; round += 1) {
			const node = asShipped(credential, { completion: 'submit' });
			ours.push(await measure(stage, server, node));
			byHand.push(await measure(stage, server, create(server.baseUrl, GOOD_KEY)));
		}
		await server.close();
		return {
			ours: { name: 'time', unit: 'ms per item', values: ours.map(({ ms }) => ms) },
			comparator: {
				name: 'HTTP Request node',
				unit: 'ms per item',
				values: byHand.map(({ ms }) => ms),
			},
			details: [
				`processor time of n8n with the saving of the execution: ${listOf(ours)} ms per item; HTTP Request node: ${listOf(byHand)}`,
			],
		};
	},
};

function listOf(all: readonly Submitted[]): string {
	return all.map(({ cpuMs }) => cpuMs.toFixed(2)).join(', ');
}
