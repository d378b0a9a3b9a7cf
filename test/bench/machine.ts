import { cpus, totalmem } from 'node:os';
import { run } from '../../scripts/command';
import { ensureHost } from '../e2e/support/install';

/** What the figures were made on, in a line; nothing that names the machine. */
export async function describeMachine(): Promise<string> {
	const host = await ensureHost();
	const processors = cpus();
	const model = processors[0]?.model.trim() ?? 'unknown processor';
	const memory = Math.round(totalmem() / 2 ** 30);
	const node = (await run(host.node, ['--version'])).trim();
	return `n8n ${host.version} on Node.js ${node.replace(/^v/, '')} with SQLite; ${model}, ${processors.length} cores, ${memory} GiB of memory, ${process.platform} ${process.arch}; providers and benchmark on the same machine (Node.js ${process.versions.node})`;
}
