import assert from 'node:assert/strict';
import { editorOf, openEditors, picture } from '../editorSession';
import { readExample } from '../examples';
import { pictureInEditor, SHOWN_IN_README } from '../pictures';
import { COLOR_SCHEMES } from '../support/browser';
import type { Locator } from '../support/playwright';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

/** As users see it first, and as the README shows it. */
export const imageInOutputPanel: Check[] = COLOR_SCHEMES.map((colorScheme) => ({
	name: `editor: run and see the image, ${colorScheme}`,
	run: async (stage) => {
		const editor = await editorOf(stage, colorScheme);
		const { page } = editor;
		const { name, nodes, connections, settings } = readExample(SHOWN_IN_README);
		const workflow = await stage.rest.createWorkflow({ name, nodes, connections, settings });
		await editor.openWorkflow(workflow);
		await page.getByTestId('execute-workflow-button').click();
		await waitUntil(
			'the execution to begin',
			async () => (await stage.rest.executions(workflow)).length > 0,
		);
		const done = page.getByTestId('canvas-node-status-success');
		await waitUntil('four nodes to be ticked off', async () => (await done.count()) >= 4, 60_000);
		await picture(editor, `canvas-after-run-${colorScheme}`);
		await editor.messagesGone();

		await editor.openNode('Edit the First');
		await picture(editor, `output-list-${colorScheme}`);
		await showImage(page.getByTestId('ndv-input-panel'));
		const width = await showImage(page.getByTestId('output-panel'));
		await picture(editor, pictureInEditor(colorScheme));
		await editor.closeNode();
		assert.equal(width, 2496);
		return `4 nodes done, the edited image is shown, ${width} pixels wide`;
	},
}));

/** Shows the first image of a panel in the panel itself; gives its width. */
async function showImage(panel: Locator): Promise<number> {
	await panel.getByTestId('ndv-view-binary-data').first().click();
	const image = panel.locator('img').first();
	await image.waitFor();
	return await waitUntil(
		'the image to be shown',
		async () => (await image.evaluate(({ naturalWidth }) => naturalWidth)) || false,
	);
}

/** Who is signed in, asked before anybody is; hosts that are not reached; a node's output schema, which it need not have. */
const USUAL = /401 \(Unauthorized\)|ERR_NAME_NOT_RESOLVED|\/schemas\//;

/** After the others in the browser. What n8n's own editor looks up of itself is refused and no concern of the package. */
export const nothingLeftTheEditor: Check = {
	name: 'editor: nothing left the browser',
	run: async () => {
		const editors = await openEditors();
		const attempts = [...new Set(editors.flatMap((editor) => editor.outgoingAttempts()))];
		const errors = editors
			.flatMap((editor) => editor.errors())
			.filter((error) => !USUAL.test(error));
		assert.deepEqual(errors, [], "errors on the browser's console");
		const asked = attempts.length === 0 ? 'nothing' : attempts.join(', ');
		return `beyond loopback it asked for: ${asked}, and reached nothing; no errors on the console`;
	},
};
