import assert from 'node:assert/strict';
import sharp from 'sharp';
import { z } from 'zod/v4';
import { itemsOf, type Item } from '../support/execution';
import { fileOf, type Particulars } from './exampleRun';

const layerSchema = z.looseObject({ zIndex: z.number(), name: z.string().optional() });

const orderSchema = z.looseObject({
	model: z.string(),
	image_urls: z.array(z.string()),
	background: z.string().optional(),
});

/** The layer of the title comes out edited, at its old place among the others, which are as they were. */
export const posterApart: Particulars = {
	prove: async ({ stage, execution }) => {
		const [apart, edit, ...more] = stage.emulator
			.requestsOf('create')
			.map(({ body }) => orderSchema.parse(body));
		assert.ok(apart && edit);
		assert.equal(more.length, 0, 'more than one layer was taken for the title');
		assert.match(apart.model, /layerize/);
		assert.equal(edit.image_urls.length, 1);
		assert.equal(edit.background, 'transparent');

		const before = itemsOf(execution, 'Take Apart');
		const after = itemsOf(execution, 'In Stack Order');
		assert.ok(before.length > 2, 'the poster has no layers');
		assert.deepEqual(after.map(layerOf), before.map(layerOf));
		assert.deepEqual(
			after.map((item) => layerOf(item).zIndex),
			before.map((_, place) => place),
		);
		const title = before.findIndex((item) => layerOf(item).name?.includes('title'));
		const changed = after.flatMap(({ json }, place) =>
			json['url'] === before[place]?.json['url'] ? [] : [place],
		);
		assert.deepEqual(changed, [title]);
		const { hasAlpha } = await sharp(await fileOf(stage, after[title])).metadata();
		assert.equal(hasAlpha, true, 'the new title has a background');
		return `${after.length} layers in stack order, of which the title, place ${title}, is the edited one`;
	},
};

function layerOf({ json }: Item): z.infer<typeof layerSchema> {
	return layerSchema.parse(json['layer']);
}
