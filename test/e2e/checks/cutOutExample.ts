import assert from 'node:assert/strict';
import sharp from 'sharp';
import { z } from 'zod/v4';
import { credentialData } from '../stage';
import { itemsOf } from '../support/execution';
import { fileOf, type Particulars } from './exampleRun';

const orderSchema = z.looseObject({
	model: z.string(),
	image: z.unknown(),
	background: z.string(),
	output_format: z.string(),
});

const PHOTOS = ['https://example.com/teapot.jpg', 'https://example.com/desk-lamp.jpg'];

/** With 5.5, which EvoLink does not sell: each photo becomes a PNG that is transparent in part. */
export const productCutOut: Particulars = {
	prepare: async ({ rest, emulator }) => {
		const baseUrl = emulator.baseUrl('byteplus');
		const data = { ...credentialData(emulator), provider: 'byteplus', baseUrl };
		await rest.createCredential('Seedream account (BytePlus)', 'seedreamApi', data);
	},
	prove: async ({ stage, execution }) => {
		const orders = stage.emulator
			.requestsOf('create', 'byteplus')
			.map(({ body }) => orderSchema.parse(body));
		assert.deepEqual(orders.map(({ image }) => image).sort(), [...PHOTOS].sort());
		for (const order of orders) {
			assert.equal(order.model, 'seedream-5-5-261028');
			assert.equal(order.background, 'transparent');
			assert.equal(order.output_format, 'png');
		}
		const items = itemsOf(execution, 'Name the Files');
		assert.deepEqual(
			items.map(({ json }) => json['fileName']),
			['teapot.png', 'desk-lamp.png'],
		);
		for (const item of items) {
			const picture = sharp(await fileOf(stage, item));
			const { format, hasAlpha } = await picture.metadata();
			assert.deepEqual({ format, hasAlpha }, { format: 'png', hasAlpha: true });
			assert.equal((await picture.stats()).isOpaque, false, 'nothing of the image is transparent');
		}
		return `${orders.length} POSTs of 5.5 with a transparent background; ${items.length} PNGs with transparent parts`;
	},
};
