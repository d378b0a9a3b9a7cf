import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { rows, save, seedream } from '../scenario';
import { manualTrigger } from '../support/workflow';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

/** A stopped execution must fall silent within this time. */
const MOST_MS = 2000;
/** Long enough for two more rounds of polling to show up if the node went on. */
const WATCH_MS = 7000;
const ITEMS = 5;

export const stopDuringPolling: Check = {
	name: 'stop during polling',
	run: async (stage) => {
		const { emulator, n8n, rest } = stage;
		emulator.setTaskMs(120_000);
		const table = Array.from({ length: ITEMS }, (_, item) => ({ prompt: `Slow image ${item}` }));
		const node = seedream(stage.credential, {
			operation: 'generate',
			prompt: '={{ $json.prompt }}',
			options: { pollIntervalSeconds: 0.5 },
		});
		const workflow = await save(stage, 'Slow', [...rows(table), node]);
		const id = await rest.startManually(workflow, { trigger: manualTrigger.name });
		await waitUntil(
			'the third round of polling',
			async () => emulator.requestsOf('query').length >= 2 * ITEMS + 1,
		);

		const stoppedAt = Date.now();
		await rest.stopExecution(id);
		await pause(WATCH_MS);
		const last = Math.max(...emulator.requests.map(({ at }) => at));
		const after = emulator.requests.filter(({ at }) => at > stoppedAt).length;
		const { status } = await rest.waitForExecution(id);
		assert.equal(status, 'canceled');
		const tasks = [
			...new Set(emulator.requestsOf('query').map(({ path }) => path.split('/').at(-1) ?? '')),
		];
		assert.equal(tasks.length, ITEMS);
		const log = n8n.log();
		assert.deepEqual(
			tasks.filter((task) => !log.includes(task)),
			[],
			"open tasks that n8n's log does not name",
		);
		assert.ok(
			last - stoppedAt <= MOST_MS,
			`the last request came ${last - stoppedAt} ms after the stop`,
		);
		const when =
			last > stoppedAt
				? `${last - stoppedAt} ms after the stop`
				: `${stoppedAt - last} ms before the stop`;
		return `${ITEMS} open tasks, all named in n8n's log, last request ${when}, ${after} requests in the ${WATCH_MS / 1000} s after it`;
	},
};
