import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { save, seedream } from '../scenario';
import { credentialData, type Stage } from '../stage';
import type { EditorBrowser } from '../support/browser';
import type { Credential } from '../support/rest';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

const AT_NOVITA = ['Seedream 4.0', 'Seedream 4.5', 'Seedream 5.0 Lite', 'Custom'];
const AT_BYTEPLUS = [
	...AT_NOVITA.slice(0, 3),
	'Seedream 5.0 Pro',
	'Seedream 5.0 Flash',
	'Seedream 5.5',
	'Custom',
];

async function credentialsAt(
	{ rest, emulator }: Stage,
	provider: string,
	name: string,
): Promise<Credential> {
	return await rest.createCredential(
		name,
		'seedreamApi',
		credentialData(emulator, 'test-key', provider),
	);
}

/** The names in the open node's list of models; the first line of each choice. */
async function modelsOf({ page }: EditorBrowser): Promise<string[]> {
	await page.getByTestId('parameter-input-model').click();
	const choices = page.getByRole('option');
	await choices.first().waitFor();
	const texts = await choices.allInnerTexts();
	// A list that is open, or has the focus, keeps the Escape to itself.
	await page.getByText('Parameters', { exact: true }).click();
	return texts.map((text) => text.trim().split('\n')[0] ?? '');
}

/** What was chosen for one provider is neither lost nor replaced where another one is chosen that does not sell it. */
export const modelsOfCredentials: Check = {
	name: 'editor: the models that the provider of the credentials sells',
	run: async (stage) => {
		const editor = await editorOf(stage);
		const { page } = editor;
		const byteplus = await credentialsAt(stage, 'byteplus', 'All models');
		await credentialsAt(stage, 'novita', 'Some models');
		const chosen = { operation: 'generate', prompt: 'A red kite', model: 'seedream-5.5' };
		const workflow = await save(stage, 'Models', [seedream(byteplus, chosen, { name: 'Node' })]);
		await editor.openWorkflow(workflow);
		await editor.openNode('Node');
		const list = page.getByTestId('parameter-input-model').locator('input').first();
		const shows = async (name: string) =>
			await waitUntil(`the field to show ${name}`, async () => (await list.inputValue()) === name);
		await shows('Seedream 5.5');
		assert.deepEqual(await modelsOf(editor), AT_BYTEPLUS);
		await picture(editor, 'models-at-byteplus');

		await page.getByTestId('node-credentials-select').click();
		await page.getByRole('option', { name: 'Some models' }).click();
		await shows('Seedream 5.5 (Not at Novita AI)');
		await picture(editor, 'models-not-at-novita');
		assert.deepEqual(await modelsOf(editor), [
			...AT_NOVITA.slice(0, 3),
			'Seedream 5.5 (Not at Novita AI)',
			'Custom',
		]);
		await editor.closeNode();
		return `BytePlus ${AT_BYTEPLUS.length - 1}, Novita AI ${AT_NOVITA.length - 1}; the chosen one is kept and marked`;
	},
};
