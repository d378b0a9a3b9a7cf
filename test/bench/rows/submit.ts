import assert from 'node:assert/strict';
import { rows } from '../../e2e/scenario';
import { GOOD_KEY, type Stage } from '../../e2e/stage';
import { itemsOf } from '../../e2e/support/execution';
import type { WorkflowNode } from '../../e2e/support/workflow';
import { create } from '../byHand';
import { asShipped, promptsFor, runToEnd, timesOf, UNTIL_TOLD_MS } from '../orders';
import type { Row } from '../row';

const ITEMS = 1000;

/** Ms that a node takes for each item, which makes a task of it. */
async function msPerItem(stage: Stage, node: WorkflowNode): Promise<number> {
	const { emulator } = stage;
	emulator.reset();
	emulator.setTaskMs(UNTIL_TOLD_MS);
	const table = promptsFor(ITEMS).map((prompt) => ({ prompt }));
	const execution = await runToEnd(stage, `${ITEMS} by ${node.name}`, [...rows(table), node]);
	assert.equal(itemsOf(execution, node.name).length, ITEMS, 'items');
	const made = emulator.requestsOf('create').filter(({ status }) => status === 200);
	assert.equal(made.length, ITEMS, 'tasks made');
	const { start, end } = timesOf(execution, node.name);
	return (end - start) / ITEMS;
}

export const submits: Row = {
	id: `submit-${ITEMS}`,
	title: `${ITEMS} items submitted and not waited for`,
	how: `Completion *Submit Only*, everything else as it is by default; the time of the node. Beside it: an HTTP Request node that sends the same ${ITEMS} requests.`,
	goals: [{ figure: 'ratio', atMost: 0.75 }],
	rounds: 3,
	run: async (bench) => {
		const stage = await bench.stage('items');
		const ours: number[] = [];
		const byHand: number[] = [];
		for (let round = 0; round < bench.rounds; round += 1) {
			ours.push(await msPerItem(stage, asShipped(stage.credential, { completion: 'submit' })));
			byHand.push(await msPerItem(stage, create({ stage, key: GOOD_KEY })));
		}
		return {
			ours: { name: 'time', unit: 'ms per item', values: ours },
			comparator: { name: 'HTTP Request node', unit: 'ms per item', values: byHand },
		};
	},
};
