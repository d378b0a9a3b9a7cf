import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod/v4';

/**
 * For `N8nOptions.preload`. It begins on SIGUSR2 and writes to the file named by the variable `E2E_MEMORY_LOG`, every half a
 * second or after as many ms as `E2E_MEMORY_PAUSE_MS` says.
 */
export const memoryProbeScript = join(dirname(fileURLToPath(import.meta.url)), 'memoryProbe.cjs');

const sampleSchema = z.object({
	at: z.number(),
	rss: z.number(),
	heapUsed: z.number(),
	arrayBuffers: z.number(),
});

/** Memory of a process in bytes, right after its garbage was collected. */
export type MemorySample = z.infer<typeof sampleSchema>;

/** What a probe has written between two moments. */
export function readSamples(logFile: string, from: number, to: number): MemorySample[] {
	if (!existsSync(logFile)) return [];
	const lines = readFileSync(logFile, 'utf8')
		.split('\n')
		.filter((line) => line !== '');
	return lines
		.map((line) => sampleSchema.parse(JSON.parse(line)))
		.filter(({ at }) => at >= from && at <= to);
}

/** The largest of the values, in MiB. */
export function peakOf(
	samples: readonly MemorySample[],
	what: 'rss' | 'heapUsed' | 'arrayBuffers',
): number {
	return Math.round(Math.max(...samples.map((sample) => sample[what])) / 2 ** 20);
}
