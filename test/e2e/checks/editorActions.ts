import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { save, seedream } from '../scenario';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

const ACTIONS = ['Decompose image', 'Edit image', 'Generate image', 'Get balance', 'Get task'];

export const actionsInNodeCreator: Check = {
	name: 'editor: five actions under Seedream',
	run: async (stage) => {
		const editor = await editorOf(stage);
		const { page } = editor;
		const node = seedream(stage.credential, { operation: 'generate', prompt: 'A red kite' });
		await editor.openWorkflow(await save(stage, 'Node creator', [node]));
		await page.getByTestId('node-creator-plus-button').first().click();
		await page.getByTestId('node-creator-search-bar').fill('seedream');
		const names = page.getByTestId('node-creator-item-name');
		await waitUntil('the search for "seedream" to find the node alone', async () => {
			return (await names.allInnerTexts()).join() === 'Seedream';
		});
		await picture(editor, 'node-creator-search');
		await names.first().click();
		await page.getByText(`Actions (${ACTIONS.length})`).waitFor();
		await picture(editor, 'node-creator-actions');
		assert.deepEqual(await names.allInnerTexts(), ACTIONS);
		return `found by its name; ${ACTIONS.join(', ')}`;
	},
};
