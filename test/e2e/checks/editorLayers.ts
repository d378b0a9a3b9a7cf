import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { save, seedream } from '../scenario';
import { COLOR_SCHEMES } from '../support/browser';
import { isOver, itemsOf } from '../support/execution';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

const POSTER = {
	operation: 'decompose',
	imageSource: 'url',
	imageUrls: 'https://example.com/poster.png',
};

/** Each layer is a row of the table, its place is in the JSON, and its file is shown with what is transparent in it. */
export const layersInOutputPanel: Check[] = COLOR_SCHEMES.map((colorScheme) => ({
	name: `editor: layers in the output panel, ${colorScheme}`,
	run: async (stage) => {
		const editor = await editorOf(stage, colorScheme);
		const { page } = editor;
		const workflow = await save(stage, 'Layers', [
			seedream(stage.credential, POSTER, { name: 'Take Apart' }),
		]);
		await editor.openWorkflow(workflow);
		await page.getByTestId('execute-workflow-button').click();
		const id = await waitUntil('the execution to end', async () => {
			const [execution] = await stage.rest.executions(workflow);
			return execution !== undefined && isOver(execution.status) && execution.id;
		});
		const layers = itemsOf(await stage.rest.execution(id), 'Take Apart');
		assert.ok(layers.length > 1, 'the poster has no layers');

		await editor.openNode('Take Apart');
		const output = page.getByTestId('output-panel');
		await output.getByTestId('radio-button-table').click();
		await picture(editor, `layers-as-table-${colorScheme}`);
		const rows = await output.locator('tbody tr').count();
		await output.getByTestId('radio-button-json').click();
		await picture(editor, `layers-as-json-${colorScheme}`);
		await output.getByTestId('radio-button-binary').click();
		await picture(editor, `layers-as-files-${colorScheme}`);
		await output
			.getByTestId('ndv-view-binary-data')
			.nth(layers.length - 1)
			.click();
		const image = output.locator('img').first();
		const width = await waitUntil(
			'the topmost layer to be shown',
			async () => (await image.evaluate(({ naturalWidth }) => naturalWidth)) || false,
		);
		await picture(editor, `layer-as-image-${colorScheme}`);
		await editor.closeNode();
		assert.equal(rows, layers.length);
		assert.equal(width, layers.at(-1)?.json['width']);
		return `${rows} rows, a base and ${rows - 1} layers; the topmost is shown, ${width} pixels wide`;
	},
}));
