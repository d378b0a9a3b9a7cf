import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import type { Stage } from '../../stage';
import { isOver } from '../../support/execution';
import { waitUntil } from '../../support/wait';
import { tally } from '../callbacks';
import { activate, flow } from '../flow';
import { openStageOn } from '../stage';
import type { InstalledHost } from '../versions';

export const LIMIT = 5;
export const EXECUTIONS = 50;
export const TASK_MS = 10_000;

/** For an n8n that runs no more than so many production executions at the same time. */
export const limited = { N8N_CONCURRENCY_PRODUCTION_LIMIT: String(LIMIT) };

interface Timing {
	seconds: number;
	callbacks: string;
}

/** From the first start to the end of the last execution. */
export async function timeOf(stage: Stage, completion: string): Promise<Timing> {
	const { emulator, rest } = stage;
	emulator.reset();
	emulator.setTaskMs(TASK_MS);
	const parameters = { completion, options: { pollIntervalSeconds: 0.5 } };
	const { workflow, start } = await activate(
		stage,
		flow(stage, `Fifty by ${completion}`, { prompts: ['A kite'], parameters }),
	);
	const begun = Date.now();
	await Promise.all(Array.from({ length: EXECUTIONS }, start));
	const all = await waitUntil(
		`${EXECUTIONS} executions by ${completion}`,
		async () => {
			const listed = await rest.executions(workflow, 100).catch(() => []);
			return listed.length === EXECUTIONS && listed.every(({ status }) => isOver(status)) && listed;
		},
		400_000,
		500,
	);
	const seconds = (Date.now() - begun) / 1000;
	assert.deepEqual(
		all.filter(({ status }) => status !== 'success'),
		[],
	);
	assert.equal(emulator.requestsOf('create').length, EXECUTIONS);
	assert.equal(emulator.imagesMade(), EXECUTIONS);
	return { seconds, callbacks: tally(emulator.callbacks) };
}

/** Waiting for a callback holds no slot of the production concurrency limit; polling does. */
export function concurrencyLimit(installed: InstalledHost, tarball: string): Check {
	return {
		name: `concurrency limit ${LIMIT}, ${EXECUTIONS} executions of ${TASK_MS / 1000}-second tasks`,
		run: async () => {
			const stage = await openStageOn(installed, tarball, limited);
			try {
				const called = await timeOf(stage, 'callback');
				const polled = await timeOf(stage, 'poll');
				assert.ok(
					called.seconds < polled.seconds / 2,
					`callback ${called.seconds} s, polling ${polled.seconds} s`,
				);
				return `by callback ${called.seconds.toFixed(1)} s (callbacks ${called.callbacks}), by polling ${polled.seconds.toFixed(1)} s`;
			} finally {
				await stage.close();
			}
		},
	};
}
