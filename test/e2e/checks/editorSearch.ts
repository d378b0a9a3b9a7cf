import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import { save, seedream } from '../scenario';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

/** What people type who want this node, with how far up it must be: 1 is the first. */
const WORDS: ReadonlyArray<readonly [words: string, place: number]> = [
	['seedream', 1],
	['doubao', 1],
	['豆包', 1],
	['即梦', 1],
	['bytedance', 1],
	['volcengine', 1],
	['byteplus', 1],
	['modelark', 1],
	['evolink', 1],
	['fal', 2],
	['kie', 1],
	['replicate', 2],
	['wavespeed', 1],
	['novita', 1],
	['uniall', 1],
	['tokaify', 1],
	['image generation', 1],
	['text to image', 1],
	['generate image', 3],
	['edit image', 3],
	['image', 10],
	['layers', 1],
	['transparent background', 1],
];

/** The node creator shows the nodes that it finds in the order of how well they fit. */
export const wordsInNodeCreator: Check = {
	name: 'editor: found by what people type',
	run: async (stage) => {
		const editor = await editorOf(stage);
		const { page } = editor;
		const node = seedream(stage.credential, { operation: 'generate', prompt: 'A red kite' });
		await editor.openWorkflow(await save(stage, 'Search', [node]));
		await page.getByTestId('node-creator-plus-button').first().click();
		const bar = page.getByTestId('node-creator-search-bar');
		const names = page.getByTestId('node-creator-item-name');
		const places: string[] = [];
		const missed: string[] = [];
		for (const [words, place] of WORDS) {
			let found: string[] = [];
			const look = async (): Promise<number> => {
				found = await names.allInnerTexts();
				return found.indexOf('Seedream') + 1;
			};
			await bar.fill('');
			await waitUntil('the last search to be gone', async () => (await look()) === 0);
			await bar.fill(words);
			const at = await waitUntil(
				`"${words}" to find the node`,
				async () => {
					const now = await look();
					return now > 0 && now <= place && now;
				},
				5000,
			).catch(() => 0);
			places.push(`${words} ${at}`);
			if (at === 0) missed.push(`"${words}" finds ${found.join(', ') || 'nothing'}`);
		}
		await picture(editor, 'node-creator-words');
		assert.deepEqual(missed, []);
		return places.join(', ');
	},
};
