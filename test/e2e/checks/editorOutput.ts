import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { readExample } from '../examples';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

export const imageInOutputPanel: Check = {
	name: 'editor: run and see the image',
	run: async (stage) => {
		const editor = await editorOf(stage);
		const { page } = editor;
		const { name, nodes, connections, settings } = readExample('generate-and-edit.json');
		const workflow = await stage.rest.createWorkflow({ name, nodes, connections, settings });
		await editor.openWorkflow(workflow);
		await page.getByTestId('execute-workflow-button').click();
		await waitUntil(
			'the execution to begin',
			async () => (await stage.rest.executions(workflow)).length > 0,
		);
		const done = page.getByTestId('canvas-node-status-success');
		await waitUntil('four nodes to be ticked off', async () => (await done.count()) >= 4, 60_000);
		await picture(editor, 'canvas-after-run');

		await editor.openNode('Edit the First');
		const output = page.getByTestId('output-panel');
		await picture(editor, 'output-list');
		await output.getByTestId('ndv-view-binary-data').click();
		const image = output.locator('img').first();
		await image.waitFor();
		const width = await waitUntil(
			'the image to be shown',
			async () => (await image.evaluate(({ naturalWidth }) => naturalWidth)) || false,
		);
		await picture(editor, 'output-image');
		await editor.closeNode();
		assert.equal(width, 2496);
		return `4 nodes done, the edited image is shown, ${width} pixels wide`;
	},
};

/** Who is signed in, asked before anybody is; hosts that are not reached; a node's output schema, which it need not have. */
const USUAL = /401 \(Unauthorized\)|ERR_NAME_NOT_RESOLVED|\/schemas\//;

/** After the others in the browser. What n8n's own editor looks up of itself is refused and no concern of the package. */
export const nothingLeftTheEditor: Check = {
	name: 'editor: nothing left the browser',
	run: async (stage) => {
		const editor = await editorOf(stage);
		const attempts = [...new Set(editor.outgoingAttempts())];
		const errors = editor.errors().filter((error) => !USUAL.test(error));
		assert.deepEqual(errors, [], "errors on the browser's console");
		const asked = attempts.length === 0 ? 'nothing' : attempts.join(', ');
		return `beyond loopback it asked for: ${asked}, and reached nothing; no errors on the console`;
	},
};
