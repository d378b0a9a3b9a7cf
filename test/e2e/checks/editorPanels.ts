import assert from 'node:assert/strict';
import { OPERATIONS } from '../../../nodes/Seedream/operations';
import { editorOf, picture } from '../editorSession';
import { save, seedream } from '../scenario';
import type { EditorBrowser } from '../support/browser';
import type { Check } from './check';

const MODEL = ['Operation', 'Model Name or ID'];
const RATIO = ['Size', 'Aspect Ratio', 'Resolution'];
const REFERENCES = ['Image Source', 'Input Binary Fields', 'Combine All Input Items'];
const END = ['Completion', 'Download Images', 'Options'];

/** A panel by its name: what is chosen in it, and all fields that must be there, in their order. */
const PANELS: ReadonlyArray<{
	name: string;
	chosen: Record<string, unknown>;
	fields: readonly string[];
}> = [
	{
		name: 'generate',
		chosen: { operation: 'generate' },
		fields: [...MODEL, 'Prompt', 'Number of Images', ...RATIO, ...END],
	},
	{
		name: 'generate with 5.0 Pro in pixels',
		chosen: { operation: 'generate', model: 'seedream-5.0-pro', sizeMode: 'pixels' },
		fields: [...MODEL, 'Prompt', 'Size', 'Width', 'Height', ...END],
	},
	{
		name: 'generate with a custom model, submitted',
		chosen: {
			operation: 'generate',
			model: 'custom',
			completion: 'submit',
			callbackUrl: 'https://example.com/hook',
		},
		fields: [
			...MODEL,
			'Model ID',
			'Prompt',
			'Number of Images',
			...RATIO,
			'Completion',
			'Callback URL',
			'Callback Context',
			'Options',
		],
	},
	{
		name: 'edit',
		chosen: { operation: 'edit' },
		fields: [...MODEL, ...REFERENCES, 'Prompt', 'Number of Images', ...RATIO, ...END],
	},
	{
		name: 'edit by URL',
		chosen: { operation: 'edit', imageSource: 'url' },
		fields: [
			...MODEL,
			'Image Source',
			'Image URLs',
			'Combine All Input Items',
			'Prompt',
			'Number of Images',
			...RATIO,
			...END,
		],
	},
	{
		name: 'generate with a size as the provider decides',
		chosen: { operation: 'generate', sizeMode: 'default' },
		fields: [...MODEL, 'Prompt', 'Number of Images', 'Size', ...END],
	},
	{
		name: 'generate with the options before one pays',
		chosen: {
			operation: 'generate',
			sizeMode: 'default',
			options: { maxImages: 20, seed: 7, validateOnly: true },
		},
		fields: [
			...MODEL,
			'Prompt',
			'Number of Images',
			'Size',
			...END,
			'Max Images',
			'Seed',
			'Validate Only',
		],
	},
	{
		name: 'generate with 5.5',
		chosen: { operation: 'generate', model: 'seedream-5.5', options: { background: 'auto' } },
		fields: [...MODEL, 'Prompt', ...RATIO, ...END, 'Background'],
	},
	{
		name: 'decompose',
		chosen: { operation: 'decompose' },
		fields: [...MODEL, 'Image Source', 'Input Binary Field', 'Prompt', 'Resolution', ...END],
	},
	{ name: 'get balance', chosen: { operation: 'getBalance' }, fields: ['Operation'] },
	{
		name: 'get task',
		chosen: { operation: 'getTask' },
		fields: ['Operation', 'Task ID', 'Wait Until Done', 'Download Images', 'Options'],
	},
];

export const fieldsOfEachOperation: Check = {
	name: 'editor: no field that does not belong',
	run: async (stage) => {
		const editor = await editorOf(stage);
		const nodes = PANELS.map(({ name, chosen }, index) => {
			const node = seedream(stage.credential, chosen, {
				name,
				position: [(index % 3) * 260 + 260, Math.floor(index / 3) * 220],
			});
			return { ...node, parameters: chosen };
		});
		await editor.openWorkflow(await save(stage, 'Panels', nodes));
		for (const { name, fields } of PANELS) {
			await editor.openNode(name);
			await picture(editor, `panel-${name.replaceAll(/\W+/g, '-')}`);
			assert.deepEqual(await fieldsOf(editor), fields, `the panel "${name}"`);
			await editor.closeNode();
		}
		return PANELS.map(({ name, fields }) => `${name} ${fields.length} fields`).join(', ');
	},
};

/** Texts of the editor itself; `No properties` stands under a collection to which nothing has been added. */
const NOT_FIELDS = new Set([
	'Credential',
	'Fixed',
	'Expression',
	'No properties',
	'I wish this node would...',
]);

const HINTS = new Set(OPERATIONS.flatMap(({ fields }) => fields.flatMap(({ hint }) => hint ?? [])));

/** The labels that are visible in the open node's Parameters tab: no hints, no line numbers of a JSON field. */
async function fieldsOf({ page }: EditorBrowser): Promise<string[]> {
	const text = await page.getByTestId('node-parameters').innerText();
	const lines = text.split('\n').map((line) => line.trim());
	return lines.filter(
		(line) => line !== '' && !NOT_FIELDS.has(line) && !HINTS.has(line) && !/^\d+$/.test(line),
	);
}
