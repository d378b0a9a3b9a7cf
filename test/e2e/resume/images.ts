import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { Stage } from '../stage';
import { itemsOf, runOf, type Execution, type Item } from '../support/execution';
import { NEXT } from './flow';

/** The size that the binary file of an item really has, after checking it against what the item says. */
export async function fileSize({ rest }: Stage, item: Item): Promise<string> {
	const file = item.binary?.['data'];
	assert.ok(file, `an item has no image: ${JSON.stringify(item.json).slice(0, 400)}`);
	const { width, height, format } = await sharp(await rest.download(file)).metadata();
	assert.equal(`image/${format}`, file.mimeType);
	assert.deepEqual([item.json['width'], item.json['height']], [width, height]);
	return `${width}x${height}`;
}

/** Checks that NEXT ran once and got one image for each row, in their order and linked with it. */
export async function expectImages(
	stage: Stage,
	execution: Execution,
	rows: readonly number[],
): Promise<void> {
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	const runs = execution.data.resultData.runData;
	assert.deepEqual(
		[runs['Seedream']?.length, runs[NEXT]?.length],
		[1, 1],
		'runs of Seedream and of the next node',
	);
	const items = itemsOf(execution, NEXT);
	assert.deepEqual(
		items.map(({ json }) => json['row']),
		rows,
		'rows that the items are linked with',
	);
	assert.deepEqual(
		items.map(({ json }) => json['status']),
		rows.map(() => 'completed'),
	);
	for (const item of items) await fileSize(stage, item);
}

/** Checks that NEXT got every row once and in order, each with an image that is not looked into. */
export function expectRows(execution: Execution, count: number): void {
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	const items = itemsOf(execution, NEXT);
	assert.deepEqual(
		items.map(({ json }) => json['row']),
		[...Array(count).keys()],
		'rows that came out',
	);
	const whole = items.filter(
		({ json, binary }) => json['status'] === 'completed' && binary?.['data'] !== undefined,
	);
	assert.equal(whole.length, count, 'items with an image');
}

/** When a node began its last run, in ms since 1970. */
export function startOf(execution: Execution, node: string): number {
	const time = runOf(execution, node)?.startTime;
	assert.ok(time, `the node "${node}" did not run`);
	return time;
}
