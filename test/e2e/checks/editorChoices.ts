import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { save, seedream } from '../scenario';
import type { EditorBrowser } from '../support/browser';
import type { Check } from './check';

/** What a list offers: the node by its name, what is chosen in it, the field and its choices in their order. */
const LISTS: ReadonlyArray<{
	name: string;
	chosen: Record<string, unknown>;
	field: string;
	choices: readonly string[];
}> = [
	{
		name: 'resolutions of 5.5',
		chosen: { operation: 'generate', model: 'seedream-5.5' },
		field: 'resolution',
		choices: ['1K', '1.5K', '2K'],
	},
	{
		name: 'backgrounds of 5.5',
		chosen: { operation: 'generate', model: 'seedream-5.5', options: { background: 'auto' } },
		field: 'background',
		choices: ['Auto', 'Opaque', 'Transparent'],
	},
	{
		name: 'backgrounds of 5.0 Pro',
		chosen: { operation: 'edit', model: 'seedream-5.0-pro', options: { background: 'opaque' } },
		field: 'background',
		choices: ['Opaque', 'Transparent'],
	},
	{
		name: 'models that take images apart at EvoLink',
		chosen: { operation: 'decompose' },
		field: 'model',
		choices: ['Seedream 5.0 Pro', 'Seedream 5.0 Flash', 'Custom'],
	},
	{
		name: 'resolutions of layers',
		chosen: { operation: 'decompose' },
		field: 'resolution',
		choices: ['Auto', '1K', '1.5K', '2K'],
	},
];

/** Options that a node may be given, by the node's name. */
const OPTIONS: ReadonlyArray<{
	name: string;
	chosen: Record<string, unknown>;
	options: readonly string[];
}> = [
	{
		name: 'options of 5.5',
		chosen: { operation: 'generate', model: 'seedream-5.5' },
		options: [
			'Additional Fields',
			'Background',
			'Concurrency',
			'End User ID',
			'Fail on Partial Result',
			'Max Images',
			'Max Wait (Seconds)',
			'Output Binary Field',
			'Output Format',
			'Output Mode',
			'Poll Interval (Seconds)',
			'Seed',
			'Skip Validation',
			'Validate Only',
			'Watermark',
		],
	},
	{
		name: 'options of layers',
		chosen: { operation: 'decompose' },
		options: [
			'Additional Fields',
			'Concurrency',
			'Max Images',
			'Max Wait (Seconds)',
			'Output Binary Field',
			'Output Format',
			'Output Mode',
			'Poll Interval (Seconds)',
			'Prompt Priority',
			'Skip Validation',
			'Validate Only',
			'Watermark',
		],
	},
];

export const choicesOfModels: Check = {
	name: 'editor: no choice that the model does not have',
	run: async (stage) => {
		const editor = await editorOf(stage);
		const nodes = [...LISTS, ...OPTIONS].map(({ name, chosen }, index) => ({
			...seedream(stage.credential, chosen, { name, position: [index * 260, 0] }),
			parameters: chosen,
		}));
		await editor.openWorkflow(await save(stage, 'Choices', nodes));
		for (const { name, field, choices } of LISTS) {
			const box = editor.page.getByTestId(`parameter-input-${field}`);
			assert.deepEqual(await offered(editor, name, box), choices, name);
		}
		for (const { name, options } of OPTIONS) {
			const button = editor.page.getByTestId('collection-parameter-add');
			assert.deepEqual(await offered(editor, name, button), options, name);
		}
		return [
			...LISTS.map(({ name, choices }) => `${name}: ${choices.join(', ')}`),
			...OPTIONS.map(({ name, options }) => `${options.length} ${name}`),
		].join('; ');
	},
};

/** What a list offers that opens at a click; the first line of each choice is its name. */
async function offered(
	editor: EditorBrowser,
	node: string,
	list: ReturnType<EditorBrowser['page']['getByTestId']>,
): Promise<string[]> {
	await editor.openNode(node);
	await list.click();
	const choices = editor.page.getByRole('option');
	await choices.first().waitFor();
	await picture(editor, `choices-${node.replaceAll(/\W+/g, '-')}`);
	const texts = await choices.allInnerTexts();
	// A list that is open, or has the focus, keeps the Escape to itself.
	await editor.page.getByText('Parameters', { exact: true }).click();
	await editor.closeNode();
	return texts.map((text) => text.trim().split('\n')[0] ?? '');
}
