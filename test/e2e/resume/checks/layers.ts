import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import type { Check } from '../../checks/check';
import { itemsOf } from '../../support/execution';
import { tally } from '../callbacks';
import { begin, flow, NEXT, untilOver, untilWaiting } from '../flow';
import { expectImages } from '../images';

const layerSchema = z.looseObject({ layer: z.looseObject({ zIndex: z.number() }) });

const APART = {
	operation: 'decompose',
	imageSource: 'url',
	imageUrls: 'https://example.com/poster.png',
	completion: 'callback',
};

/** Two images that are taken apart: each row gets the layers of its own, from the base upwards. */
export const suspendsForLayers: Check = {
	name: 'suspend for layers',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.setTaskMs(2500);
		const prompts = ['[layers:2]', '[layers:3]'];
		const definition = flow(stage, 'Layers', { prompts, parameters: APART });
		const started = await begin(stage, definition);
		await untilWaiting(stage, started);

		const execution = await untilOver(stage, started);
		await expectImages(stage, execution, [0, 0, 0, 1, 1, 1, 1]);
		const places = itemsOf(execution, NEXT).map(({ json }) => layerSchema.parse(json).layer.zIndex);
		assert.deepEqual(places, [0, 1, 2, 0, 1, 2, 3], 'places in the stack');
		assert.equal(emulator.requestsOf('create').length, 2);
		assert.equal(emulator.imagesMade(), 7);
		return `2 images, ${places.length} layers, callbacks ${tally(emulator.callbacks)}`;
	},
};
