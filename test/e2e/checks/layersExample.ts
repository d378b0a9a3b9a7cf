import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { hasCommand } from '../../../scripts/command';
import { difference } from '../support/difference';
import { itemsOf } from '../support/execution';
import { fileOf, type Particulars } from './exampleRun';

const taskSchema = z.looseObject({
	images: z.array(z.looseObject({ url: z.string(), fileName: z.string() })),
});

/** The picture that comes out is the one whose layers they are, as the provider knows it. */
export const layersTogether: Particulars = {
	unavailable: () =>
		hasCommand('gm') ? undefined : "n8n's Edit Image needs GraphicsMagick, which is not installed",
	prove: async ({ stage, execution }) => {
		const [apart] = itemsOf(execution, 'Take Apart');
		const [whole, ...more] = itemsOf(execution, 'Whole Picture');
		assert.ok(apart && whole);
		assert.equal(more.length, 0);
		const [base, ...layers] = taskSchema.parse(apart.json).images;
		assert.ok(base && layers.length > 1, 'the image has no layers');
		assert.equal(whole.json['fileName'], base.fileName.replace('-layer-0', ''));

		const picture = await fileOf(stage, whole);
		const fromWhole = await difference(picture, await stage.emulator.wholeOf(base.url));
		const fromBase = await difference(picture, await fileOf(stage, apart));
		assert.ok(fromWhole < 0.002, `${percent(fromWhole)} of the pixels are not those of the whole`);
		assert.ok(fromBase > 0.05, `all but ${percent(fromBase)} of the pixels are those of the base`);
		return `${layers.length} layers on their base: ${percent(fromWhole)} of the pixels are others than in the whole, ${percent(fromBase)} others than in the base`;
	},
};

function percent(part: number): string {
	return `${(part * 100).toFixed(2)} %`;
}
