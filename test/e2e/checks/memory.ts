import assert from 'node:assert/strict';
import { join } from 'node:path';
import sharp from 'sharp';
import { startEmulator, type Emulator } from '../../emulator';
import { run, seedream } from '../scenario';
import { credentialData, type Stage } from '../stage';
import { errorOf, itemsOf, type Execution } from '../support/execution';
import { memoryProbeScript, peakOf, readSamples } from '../support/memoryProbe';
import { startN8n } from '../support/n8n';
import { RestClient } from '../support/rest';
import { waitUntil } from '../support/wait';
import type { Check } from './check';

const COUNT = 15;
const SIDE = 4096;
/** Of what is downloaded. The five images under way at once would alone be a third of it. */
const MOST_GROWTH = 1 / 3;

/** In an n8n of its own, as it is slowed down and as earlier work leaves a process larger than it needs to be. */
export const boundedMemory: Check = {
	name: `memory, ${COUNT} images of ${SIDE}x${SIDE}`,
	unavailable: () => (process.platform === 'win32' ? 'Windows has no SIGUSR2' : undefined),
	run: async (stage) => {
		const log = join(stage.n8n.userFolder, 'memory.log');
		const n8n = await startN8n({
			host: stage.n8n.host,
			packages: stage.n8n.packages,
			preload: [memoryProbeScript],
			env: { E2E_MEMORY_LOG: log },
		});
		const emulator = await startEmulator({ noise: true });
		try {
			const rest = new RestClient(n8n.baseUrl);
			await rest.setUpOwner();
			const own = { ...stage, n8n, rest, emulator };
			// Code that is loaded and caches that are filled by a first run are not what is measured.
			await order(own, 1, 1024);
			process.kill(n8n.pid, 'SIGUSR2');
			await waitUntil('the memory before', async () => readSamples(log, 0, Infinity).length >= 4);
			const began = Date.now();
			const execution = await order(own, COUNT, SIDE);
			const before = readSamples(log, 0, began);
			const during = readSamples(log, began, Infinity);
			const bytes = await bytesOf(rest, execution);

			const total = bytes / 2 ** 20;
			const [start, peak] = [peakOf(before, 'rss'), peakOf(during, 'rss')];
			const growth = peak - start;
			const figures =
				`${total.toFixed(0)} MiB downloaded, ${(total / COUNT).toFixed(1)} each; resident memory from ${start} to at most ${peak} MiB (+${growth}), ` +
				`buffers in use at most ${peakOf(during, 'arrayBuffers')} MiB, in ${during.length} samples, each after a garbage collection`;
			assert.ok(growth < total * MOST_GROWTH, figures);
			assert.deepEqual(n8n.outgoingAttempts(), []);
			return figures;
		} finally {
			await n8n.remove();
			await emulator.stop();
		}
	},
};

async function order(
	stage: Stage & { emulator: Emulator },
	numberOfImages: number,
	side: number,
): Promise<Execution> {
	const credential = await stage.rest.createCredential(
		'Large images',
		'seedreamApi',
		credentialData(stage.emulator),
	);
	const parameters = {
		operation: 'generate',
		prompt: 'Noise',
		numberOfImages,
		sizeMode: 'pixels',
		width: side,
		height: side,
	};
	const execution = await run(
		stage,
		`${numberOfImages} of ${side}`,
		[seedream(credential, parameters)],
		300_000,
	);
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(itemsOf(execution, 'Seedream').length, numberOfImages);
	return execution;
}

/** How large the files are that n8n has stored, each of them whole. */
async function bytesOf(rest: RestClient, execution: Execution): Promise<number> {
	let bytes = 0;
	for (const { json, binary } of itemsOf(execution, 'Seedream')) {
		const file = binary?.['data'];
		assert.ok(file, `no image: ${JSON.stringify(json['warnings'])}`);
		const image = await rest.download(file);
		const { width, height } = await sharp(image).metadata();
		assert.deepEqual([width, height], [SIDE, SIDE]);
		bytes += image.length;
	}
	return bytes;
}
