import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { expect } from 'vitest';
import { NODE, type SeedreamRun } from '../seedream';
import type { RunResult } from '../support';
import { settle, type Scene } from './scene';

/**
 * Does the same job by polling and by callback. Checks that the second one is resumed once and sends as much as the first one, and that
 * the two give the same.
 * @param beforeEach what goes wrong in each of the two
 */
export async function likePolling(
	scene: Scene,
	parameters: INodeParameters,
	run: SeedreamRun = {},
	beforeEach: () => void = () => {},
): Promise<RunResult> {
	beforeEach();
	const polled = await scene.run({ ...parameters, completion: 'poll' }, run);
	const credits = scene.emulator.creditsUsed();
	const requests = scene.paid();
	beforeEach();
	const asleep = await scene.suspend({ ...parameters, completion: 'callback' }, run);
	expect(asleep.runData.End).toBeUndefined();
	const awake = await scene.n8n.run(0);
	expect(awake.status).toBe(polled.status);
	expect(resultOf(awake)).toEqual(resultOf(polled));
	expect(awake.runData[NODE]).toHaveLength(1);
	await settle(100);
	expect(scene.n8n.runs).toHaveLength(1);
	expect(scene.paid()).toBe(2 * requests);
	expect(scene.emulator.creditsUsed()).toBeCloseTo(2 * credits);
	return awake;
}

/** All that comes out of a run, without what differs from run to run. */
function resultOf(result: RunResult): unknown {
	const { message, description, context } = result.error ?? {};
	return comparable([result.outputs(NODE), message, description, context?.data]);
}

function comparable(value: unknown): unknown {
	const text = JSON.stringify(value)
		.replace(/task-unified-\d+-[0-9a-f]{8}/g, 'TASK')
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
		.replace(/images\/[0-9a-f]{20}/g, 'images/IMAGE')
		.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID');
	return JSON.parse(text);
}

/** The input items that output items are linked to. */
export function linksOf(items: INodeExecutionData[]): unknown[] {
	return items.map(({ pairedItem }) => pairedItem);
}
