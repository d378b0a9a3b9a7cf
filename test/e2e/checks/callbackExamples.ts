import assert from 'node:assert/strict';
import { readExample, triggerOf, withCredential } from '../examples';
import { errorOf, isOver, itemsOf } from '../support/execution';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

const TRIGGERED = 'on-images-done.json';
const SUBMITTING = 'submit-with-context.json';

/** Examples that belong together and cannot be run alone. */
export const PAIR: readonly string[] = [TRIGGERED, SUBMITTING];

/** One workflow submits with a context; the provider's callbacks start the other. */
export const pairOfExamples: Check = {
	name: `examples/${SUBMITTING} with ${TRIGGERED}`,
	run: async (stage) => {
		const { rest, n8n, credential } = stage;
		const triggered = await rest.createWorkflow(withCredential(readExample(TRIGGERED), credential));
		await rest.activate(triggered);
		const url = `${n8n.baseUrl}/webhook/${webhookId()}/webhook`;
		const submitting = await rest.createWorkflow(
			calling(url, withCredential(readExample(SUBMITTING), credential)),
		);
		const submitted = await rest.runManually(submitting, {
			trigger: triggerOf(readExample(SUBMITTING)),
		});
		assert.equal(submitted.status, 'success', errorOf(submitted));

		const started = await waitUntil('both callbacks to have run the workflow', async () => {
			const executions = await rest.executions(triggered);
			return executions.length >= 2 && executions.every(({ status }) => isOver(status))
				? executions
				: undefined;
		});
		assert.equal(started.length, 2);
		const rows: unknown[] = [];
		for (const { id } of started) {
			const [item] = itemsOf(await rest.execution(id), 'Row of the Context');
			assert.ok(item?.binary?.['data'], 'the image is missing');
			rows.push(item.json['rowId']);
		}
		assert.deepEqual(rows.sort(), [1, 2]);
		await rest.deactivate(triggered);
		return '2 tasks submitted, 2 executions started, each with its image and its row ID';
	},
};

function webhookId(): string {
	const trigger = readExample(TRIGGERED).nodes.find(({ type }) =>
		type.endsWith('.seedreamTrigger'),
	);
	return String(trigger?.['webhookId']);
}

/** The workflow as a user completes it: with the trigger's own URL. */
function calling<T extends { nodes: Array<{ parameters?: Record<string, unknown> }> }>(
	callbackUrl: string,
	workflow: T,
): T {
	const nodes = workflow.nodes.map((node) =>
		node.parameters && 'callbackUrl' in node.parameters
			? { ...node, parameters: { ...node.parameters, callbackUrl } }
			: node,
	);
	return { ...workflow, nodes };
}
