import { describe, expect, it } from 'vitest';
import { NODE } from '../seedream';
import { BOATS, numbered, useScene } from './scene';

const scene = useScene({ callbackRetryMs: [] });

/** Each task is read when it calls back, and to stop at one that is open. */
const ONE_BY_ONE = 2;
/** Of those that call back at once, one makes the node look at all. */
const AT_ONCE = 1;

let readsBefore = 0;

/** Tasks that are open, asleep; they end when the test says so. */
async function asleep(count: number): Promise<string[]> {
	scene.emulator.addFault({ on: 'create', neverEnds: true });
	const run = {
		items: numbered(count),
		options: { concurrency: 10 },
		node: { onError: 'continueRegularOutput' },
	} as const;
	expect((await scene.run(BOATS, run)).status).toBe('waiting');
	readsBefore = scene.queries();
	return scene.taskIds();
}

async function callBack(id: string): Promise<number> {
	const [url = ''] = scene.callbackUrls();
	return (await scene.post(url, { id, status: 'failed' })).status;
}

async function expectFewReads(count: number, readsOfEach: number): Promise<void> {
	expect((await scene.n8n.run(0)).items(NODE)).toHaveLength(count);
	expect(scene.queries() - readsBefore).toBeLessThanOrEqual(count * readsOfEach);
	expect(scene.n8n.runs).toHaveLength(1);
}

describe('The reads stay few', () => {
	it.each([
		{ how: 'in the order in which they were sent', count: 100, order: (ids: string[]) => ids },
		{ how: 'in reverse order', count: 40, order: (ids: string[]) => [...ids].reverse() },
	])('$count tasks that end $how', async ({ count, order }) => {
		for (const id of order(await asleep(count))) {
			await scene.failTask(id);
			expect(await callBack(id)).toBe(200);
		}
		await expectFewReads(count, ONE_BY_ONE);
	});

	it('50 tasks that call back at the same time', async () => {
		const ids = await asleep(50);
		for (const id of ids) await scene.failTask(id);
		const answers = await Promise.all(ids.map(callBack));
		// n8n itself answers 409 from when the execution runs.
		expect(answers.filter((status) => status !== 200 && status !== 409)).toEqual([]);
		await expectFewReads(50, AT_ONCE);
	});
});
