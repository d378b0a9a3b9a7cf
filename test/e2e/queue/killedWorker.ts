import assert from 'node:assert/strict';
import type { Check } from '../checks/check';
import { begin, flow, untilOver, untilWaiting } from '../resume/flow';
import { expectImages } from '../resume/images';
import type { N8n } from '../support/n8n';
import { waitUntil } from '../support/wait';
import type { Cluster } from './cluster';

const PROMPTS = ['A kite', 'A boat', 'A house'];

/** The worker that took up an execution last, by what the workers say themselves. */
function workerOf({ workers }: Cluster, id: string): N8n {
	const started = workers.flatMap((worker) =>
		[...worker.log().matchAll(/^(\S+).*started execution (\d+) /gim)].map(
			([, time = '', execution]) => ({ worker, time, execution }),
		),
	);
	const [last] = started
		.filter(({ execution }) => execution === id)
		.sort((a, b) => b.time.localeCompare(a.time));
	assert.ok(last, `no worker says that it has started execution ${id}`);
	return last.worker;
}

/** A worker dies while it downloads the images of an execution that a callback has woken. */
export function killedWorker(cluster: Cluster): Check {
	return {
		name: 'a worker is killed while it collects',
		run: async (stage) => {
			const { emulator, rest } = stage;
			emulator.setTaskMs(2000);
			emulator.addFault({ on: 'download', slow: 20_000, times: PROMPTS.length });
			const started = await begin(
				cluster,
				flow(stage, 'Collected twice', {
					prompts: PROMPTS,
					parameters: { completion: 'callback' },
				}),
			);
			await untilWaiting(stage, started);
			await waitUntil('a download', async () => emulator.requestsOf('download').length > 0);
			const worker = workerOf(cluster, started.id);
			await worker.kill();
			const killed = Date.now();
			await worker.start();

			const ended = await untilOver(stage, started, 300_000);
			const seconds = ((Date.now() - killed) / 1000).toFixed(0);
			let way = 'another worker took it up by itself';
			let execution = ended;
			if (ended.status !== 'success') {
				way = `n8n calls it ${ended.status}, Retry in the list of executions got them`;
				execution = await untilOver(
					stage,
					{ workflow: started.workflow, id: await rest.retryExecution(started.id) },
					120_000,
				);
			}
			await expectImages(stage, execution, [...PROMPTS.keys()]);
			assert.equal(emulator.requestsOf('create').length, PROMPTS.length, 'tasks made');
			return `over ${seconds} s after the kill: ${way}; ${PROMPTS.length} images, ${PROMPTS.length} tasks made in all`;
		},
	};
}
