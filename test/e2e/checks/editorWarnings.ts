import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { save, seedream } from '../scenario';
import type { Stage } from '../stage';
import { COLOR_SCHEMES, type ColorScheme } from '../support/browser';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

const FEWER = '3 images were requested and 2 received.';
const TOO_MANY = 'This run asks for 3 images in 1 request, and Max Images allows 2';

const boats = { operation: 'generate', prompt: 'Boats [moderated-output:2]', numberOfImages: 3 };

/** Runs a node in the editor, as a person does, and gives the words of its output panel. */
async function outputOf(
	stage: Stage,
	colorScheme: ColorScheme,
	name: string,
	options: Record<string, unknown>,
): Promise<string> {
	const editor = await editorOf(stage, colorScheme);
	const workflow = await save(stage, name, [
		seedream(stage.credential, { ...boats, options }, { name }),
	]);
	await editor.openWorkflow(workflow);
	await editor.page.getByTestId('execute-workflow-button').click();
	const isOver = async (): Promise<boolean> => {
		const [execution] = await stage.rest.executions(workflow);
		return execution !== undefined && ['success', 'error'].includes(execution.status);
	};
	await waitUntil('the execution to end', isOver, 60_000);
	await editor.openNode(name);
	await picture(editor, `output-${name.toLowerCase().replaceAll(' ', '-')}-${colorScheme}`);
	const text = await editor.page.getByTestId('output-panel').innerText();
	await editor.closeNode();
	return text;
}

export const warningsInOutputPanel: Check[] = COLOR_SCHEMES.map((colorScheme) => ({
	name: `editor: warnings above the output, and errors in words, ${colorScheme}`,
	run: async (stage) => {
		const warned = await outputOf(stage, colorScheme, 'Fewer Images', {});
		const refused = await outputOf(stage, colorScheme, 'Too Many Images', { maxImages: 2 });
		// Once above the items; the items themselves are shown as a table, whose cells are cut.
		assert.ok(warned.includes(FEWER), `the warning is not shown: ${warned}`);
		assert.ok(refused.includes(TOO_MANY), `the error is not shown: ${refused}`);
		return `"${FEWER}" above the items; "${TOO_MANY}" as the error`;
	},
}));
