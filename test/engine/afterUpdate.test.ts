import { parse, stringify } from 'flatted';
import type { IContextObject, IRunExecutionData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { NODE } from './seedream';
import { findExecution, retryExecution, type RunResult } from './support';
import { BOAT, useScene } from './suspend/scene';

const scene = useScene();

const POLLED = { ...BOAT, completion: 'poll' };

/** What version 0.1 wrote of its requests. The keys were the item and a digest that this version does not make. */
const storeSchema = z.object({
	runIndex: z.number(),
	entries: z.record(
		z.string(),
		z.object({
			execution: z.string(),
			tries: z.number(),
			state: z.string(),
			taskId: z.string().optional(),
		}),
	),
});

/** Turns the record of an execution into the one that version 0.1 would have written. */
function asVersion01({ executionId }: RunResult): void {
	const record = findExecution(executionId);
	if (!record?.saved) throw new Error('There is no such execution');
	const data: IRunExecutionData = parse(record.saved);
	const context: IContextObject = data.executionData?.contextData[`node:${NODE}`] ?? {};
	const { runIndex, entries } = storeSchema.parse(context.seedream);
	expect(Object.keys(entries).length).toBeGreaterThan(0);
	const old = Object.entries(entries).map(([item, entry]) => [`${item}:${'0'.repeat(64)}`, entry]);
	context.seedream = { runIndex, entries: Object.fromEntries(old) };
	record.saved = stringify(data);
}

describe('An execution that failed under version 0.1, retried from the list after the update', () => {
	it('picks up the task that was open', async () => {
		scene.emulator.addFault({ on: 'query', neverEnds: true });
		const failed = await scene.run(POLLED, { options: { maxWaitSeconds: 0.2 } });
		expect(failed.status).toBe('error');
		scene.emulator.clearFaults();
		asVersion01(failed);
		const retried = await retryExecution(failed);
		expect(retried.items(NODE)).toMatchObject([
			{ json: { taskId: scene.taskIds()[0], status: 'completed' } },
		]);
		expect(scene.paid()).toBe(1);
	});

	it('warns of the request that had no answer', async () => {
		scene.emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		const failed = await scene.run(POLLED);
		asVersion01(failed);
		const retried = await retryExecution(failed);
		expect(retried.items(NODE)).toMatchObject([
			{ json: { warnings: [expect.stringMatching(/without getting an answer.*bill it twice/)] } },
		]);
	});
});
