import assert from 'node:assert/strict';
import sharp from 'sharp';
import { run, seedream } from '../scenario';
import { itemsOf } from '../support/execution';
import type { Check } from './check';

/** The documented fields for this order and nothing else (EvoLink docs, image-series/seedream-4.0). */
const EXPECTED_BODY = {
	model: 'doubao-seedream-4.0',
	prompt: 'A lighthouse at dusk\n\nGenerate 3 different images.',
	n: 3,
	size: '16:9',
	quality: '2K',
};

export const generateSet: Check = {
	name: 'generate 3 images, 16:9, 2K',
	run: async (stage) => {
		const { emulator, rest } = stage;
		const parameters = {
			operation: 'generate',
			prompt: 'A lighthouse at dusk',
			numberOfImages: 3,
			aspectRatio: '16:9',
			resolution: '2K',
		};
		const execution = await run(stage, 'Generate set', [seedream(stage.credential, parameters)]);
		const items = itemsOf(execution, 'Seedream');
		const creates = emulator.requestsOf('create');
		assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
		assert.deepEqual(
			creates.map(({ body }) => body),
			[EXPECTED_BODY],
		);
		assert.equal(items.length, 3);

		const sizes: string[] = [];
		for (const [index, { json, binary, pairedItem }] of items.entries()) {
			assert.deepEqual(pairedItem, { item: 0 });
			assert.deepEqual(
				[
					json['imageIndex'],
					json['imageCount'],
					json['requestedCount'],
					json['width'],
					json['height'],
				],
				[index, 3, 3, 2848, 1600],
			);
			const file = binary?.['data'];
			assert.ok(file, `item ${index} has no binary field "data"`);
			const { width, height, format } = await sharp(await rest.download(file)).metadata();
			assert.equal(`image/${format}`, file.mimeType);
			sizes.push(`${width}x${height}`);
		}
		assert.deepEqual(sizes, ['2848x1600', '2848x1600', '2848x1600']);
		return `1 POST with ${Object.keys(EXPECTED_BODY).join(', ')}; 3 items, 3 files of ${sizes[0]}, paired with item 0`;
	},
};
