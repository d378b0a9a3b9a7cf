import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { readExample } from '../examples';
import { COLOR_SCHEMES } from '../support/browser';
import type { Check } from './check';

/** What a person needs who has dragged the trigger in: where callbacks go to, and what comes next. */
const SAID = [
	'Test URL',
	'Production URL',
	'publish this workflow',
	'While you build, execute this step',
	'When you are done, publish the workflow',
];

export const triggerPanel: Check[] = COLOR_SCHEMES.map((colorScheme) => ({
	name: `editor: the panel of the trigger, ${colorScheme}`,
	run: async (stage) => {
		const editor = await editorOf(stage, colorScheme);
		const { name, nodes, connections, settings } = readExample('on-images-done.json');
		const workflow = await stage.rest.createWorkflow({ name, nodes, connections, settings });
		await editor.openWorkflow(workflow);
		await editor.openNode('Seedream Trigger');
		const panel = editor.page.getByTestId('ndv');
		await panel.getByText('Webhook URLs').click();
		await panel.getByText('When will this node trigger my flow?').click();
		await picture(editor, `trigger-panel-${colorScheme}`);
		const text = await panel.innerText();
		await editor.closeNode();
		assert.deepEqual(
			SAID.filter((words) => !text.includes(words)),
			[],
			`not to be read in: ${text}`,
		);
		return SAID.join(', ');
	},
}));
