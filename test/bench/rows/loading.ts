import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { run } from '../../../scripts/command';
import { readManifest } from '../../../scripts/manifest';
import { repositoryRoot } from '../../../scripts/paths';
import { filesOf } from '../../../scripts/tarball';
import { ensureHost } from '../../e2e/support/install';
import type { Row } from '../row';

const SCRIPT = join(repositoryRoot, 'test', 'bench', 'loading.cjs');

const loadedSchema = z.object({
	ms: z.number(),
	heapBytes: z.number(),
	classes: z.array(z.string()),
});
const contentSchema = z.looseObject({
	n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});

export const loading: Row = {
	id: 'loading',
	title: 'Loading the package',
	how: `A fresh Node.js, the one that runs n8n, requires both nodes and the credentials, with n8n-workflow and zod loaded before: the time, the heap after a garbage collection, and what the unpacked package takes.`,
	goals: [
		{ figure: 'time', atMost: 8 },
		{ figure: 'heap', atMost: 2.5 },
		{ figure: 'unpacked', atMost: 200 },
	],
	rounds: 15,
	run: async (bench) => {
		const host = await ensureHost();
		const folder = mkdtempSync(join(tmpdir(), 'seedream-loading-'));
		try {
			await run('tar', ['-xzf', bench.tarball, '-C', folder, '--strip-components=1']);
			const { n8n } = contentSchema.parse(readManifest(folder));
			const files = [...n8n.nodes, ...n8n.credentials].map((file) => join(folder, file));
			const env = { NODE_PATH: join(host.folder, 'node_modules') };
			const times: number[] = [];
			const heaps: number[] = [];
			for (let round = 0; round < bench.rounds; round += 1) {
				const answer = await run(host.node, ['--expose-gc', SCRIPT, ...files], { env });
				const { ms, heapBytes, classes } = loadedSchema.parse(JSON.parse(answer));
				assert.deepEqual(classes, ['Seedream', 'SeedreamTrigger', 'SeedreamApi']);
				times.push(ms);
				heaps.push(heapBytes / 2 ** 20);
			}
			const bytes = filesOf(folder).reduce((sum, file) => sum + file.bytes, 0);
			return {
				ours: { name: 'time', unit: 'ms', values: times },
				others: [
					{ name: 'heap', unit: 'MiB', values: heaps },
					{ name: 'unpacked', unit: 'kB', values: [bytes / 1000] },
				],
			};
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
};
