import { describe, expect, it } from 'vitest';
import {
	taskItem,
	taskItems,
	type DeliveredImage,
} from '../../../../../nodes/shared/n8n/output/items';
import { aTask, TASK_ID } from '../../../support';

const OUTPUT = {
	download: true,
	outputMode: 'image',
	binaryProperty: 'data',
	failOnPartial: false,
} as const;
const RESULT = { items: [3], warnings: [], output: OUTPUT };
const AS_ONE = { ...RESULT, output: { ...OUTPUT, outputMode: 'task' } } as const;

const FILE = { data: '', mimeType: 'image/png', fileName: 'a.png' };

const linked = (index: number): DeliveredImage => ({
	image: { index, source: { kind: 'url', url: `https://x.test/${index}` } },
});
const stored = (index: number): DeliveredImage => ({ ...linked(index), binary: FILE });

/** A task with the images that are handed on. */
const made = (images: readonly DeliveredImage[]) =>
	aTask({ images: images.map(({ image }) => image) });

describe('the items of a task', () => {
	it('are one for each image, with its file, linked to the input', () => {
		const images = [stored(0), linked(2)];
		expect(taskItems(RESULT, made(images), images)).toEqual([
			{
				json: expect.objectContaining({
					taskId: TASK_ID,
					imageCount: 2,
					imageIndex: 0,
					url: 'https://x.test/0',
					mimeType: 'image/png',
					fileName: 'a.png',
				}),
				binary: { data: FILE },
				pairedItem: { item: 3 },
			},
			{
				json: expect.objectContaining({ imageIndex: 2, url: 'https://x.test/2' }),
				pairedItem: { item: 3 },
			},
		]);
	});

	it('are one with all images where that is wished, each file in a field of its own', () => {
		const images = [stored(0), linked(1), stored(2)];
		const [item, ...others] = taskItems(AS_ONE, made(images), images);
		expect(others).toEqual([]);
		expect(item?.json.images).toMatchObject([0, 1, 2].map((imageIndex) => ({ imageIndex })));
		expect(item?.binary).toEqual({ data: FILE, data_2: FILE });
	});

	it('are one without images as long as there are none', () => {
		const task = aTask({
			status: 'processing',
			progress: 40,
			estimatedSeconds: 30,
			expiresAt: 'then',
		});
		expect(taskItems(RESULT, task, [])).toEqual([
			{
				json: {
					taskId: TASK_ID,
					status: 'processing',
					provider: 'evolink',
					progress: 40,
					estimatedSeconds: 30,
					warnings: [],
				},
				pairedItem: { item: 3 },
			},
		]);
	});

	it('are linked to all items that were combined', () => {
		const [item] = taskItems({ ...RESULT, items: [0, 2] }, aTask(), []);
		expect(item?.pairedItem).toEqual([{ item: 0 }, { item: 2 }]);
	});
});

describe('an item', () => {
	const json = (image: DeliveredImage) => taskItems(RESULT, made([image]), [image])[0]?.json;

	it('has the size of the file, or else the one that the provider says', () => {
		const said = { ...linked(0), image: { ...linked(0).image, width: 100, height: 50 } };
		expect(json(said)).toMatchObject({ width: 100, height: 50 });
		expect(json({ ...said, width: 99, height: 49 })).toMatchObject({ width: 99, height: 49 });
		expect(json(linked(0))).not.toHaveProperty('width');
	});

	it('never has the bytes of an image in its JSON', () => {
		const image: DeliveredImage = {
			image: { index: 0, source: { kind: 'base64', data: 'iVBORw0KGgo=' } },
		};
		expect(JSON.stringify(json(image))).not.toContain('iVBORw0KGgo=');
	});

	it('has no progress once the task has ended, and says when its links die', () => {
		const task = { ...made([linked(0)]), progress: 100, expiresAt: '2026-01-02T00:00:00.000Z' };
		const item = taskItem(RESULT, task, [linked(0)]).json;
		expect(item).toMatchObject({ expiresAt: task.expiresAt });
		expect(item).not.toHaveProperty('progress');
	});

	it('always has its warnings, and the members of the set that failed', () => {
		const failedImages = [{ index: 1, code: 'x', message: 'unsafe' }];
		const told = { ...RESULT, warnings: ['Fewer images'], requestedCount: 2 };
		expect(taskItem(told, aTask({ failedImages }), []).json).toMatchObject({
			warnings: ['Fewer images'],
			requestedCount: 2,
			failedImages,
		});
		expect(taskItem(RESULT, aTask(), []).json).not.toHaveProperty('failedImages');
	});
});
