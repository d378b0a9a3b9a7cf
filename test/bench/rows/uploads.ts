import assert from 'node:assert/strict';
import sharp from 'sharp';
import { fetchFile, rows } from '../../e2e/scenario';
import { itemsOf } from '../../e2e/support/execution';
import { asShipped, promptsFor, runToEnd } from '../orders';
import type { Row } from '../row';

const ITEMS = 20;

export const uploads: Row = {
	id: 'uploads',
	title: `One reference image in ${ITEMS} items`,
	how: `Edit at a provider that takes references by upload: how often the file is uploaded. By hand it is uploaded for each item.`,
	goals: [{ figure: 'uploads', atMost: 1 }],
	rounds: 1,
	run: async (bench) => {
		const stage = await bench.stage('items');
		const { emulator, files } = stage;
		const picture = sharp({ create: { width: 640, height: 640, channels: 3, background: '#48c' } });
		const url = files.offer('reference.png', await picture.png().toBuffer(), 'image/png');
		const prompt = { prompt: "={{ $('Rows').item.json.prompt }}" };
		const edit = asShipped(stage.credential, { operation: 'edit', ...prompt });
		const table = promptsFor(ITEMS).map((each) => ({ prompt: each }));
		const counts: number[] = [];
		for (let round = 0; round < bench.rounds; round += 1) {
			emulator.reset();
			const execution = await runToEnd(stage, 'One reference', [
				...rows(table),
				fetchFile(url),
				edit,
			]);
			assert.equal(itemsOf(execution, edit.name).length, ITEMS, 'items');
			assert.equal(emulator.imagesMade(), ITEMS, 'images made');
			counts.push(emulator.requestsOf('upload').length);
		}
		return { ours: { name: 'uploads', unit: '', values: counts } };
	},
};
