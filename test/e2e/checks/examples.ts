import assert from 'node:assert/strict';
import { exampleFiles, readExample, triggerOf, type Example } from '../examples';
import { SEEDREAM } from '../scenario';
import { errorOf, itemsOf, runOf, type Execution } from '../support/execution';
import { PAIR } from './callbackExamples';
import type { Check } from './check';

const ALONE = exampleFiles().filter((file) => !PAIR.includes(file));

/** Every example that runs by itself runs to its end, through all of its nodes. Its credentials are found by their name, as at an import. */
export const exampleChecks: Check[] = ALONE.map((file) => ({
	name: `examples/${file}`,
	run: async ({ rest, emulator }) => {
		const example = readExample(file);
		const { name, nodes, connections, settings } = example;
		const workflow = await rest.createWorkflow({ name, nodes, connections, settings });
		const execution = await rest.runManually(workflow, { trigger: triggerOf(example) });
		assert.equal(execution.status, 'success', errorOf(execution));
		const images = finalImages(example, execution);
		assert.ok(images > 0, 'no images came out');
		return `${emulator.requestsOf('create').length} POSTs, ${images} images with file`;
	},
}));

function finalImages({ nodes }: Example, execution: Execution): number {
	let images = 0;
	for (const { name, type, onError } of nodes) {
		if (type === 'n8n-nodes-base.stickyNote') continue;
		assert.ok(runOf(execution, name), `the node "${name}" did not run`);
		if (type !== SEEDREAM) continue;
		images += itemsOf(execution, name).filter(({ binary }) => binary !== undefined).length;
		const mayFail = onError === 'continueErrorOutput';
		assert.equal(itemsOf(execution, name, 1).length > 0, mayFail, `the error output of "${name}"`);
	}
	return images;
}
