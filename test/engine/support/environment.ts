import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/*
 * Set up before n8n-core is loaded: it reads its configuration from the environment once, when it is first asked for.
 * For `setupFiles` in vitest.config.mts; the harness imports it too, so that a test file alone works as well.
 */

// n8n-core outlives the modules of a test file where files share a process: keep the folder that it has read already.
const earlier = process.env.N8N_USER_FOLDER;
const folder = earlier ?? mkdtempSync(join(tmpdir(), 'n8n-engine-'));
const isOurs = folder.startsWith(join(tmpdir(), 'n8n-engine-'));
mkdirSync(folder, { recursive: true });

process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY ??= randomBytes(24).toString('hex');
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

// Requests of a test go to this machine. A proxy of the developer's shell must not get them.
for (const name of [
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'ALL_PROXY',
	'http_proxy',
	'https_proxy',
	'all_proxy',
]) {
	delete process.env[name];
}

const clean = () => {
	if (isOurs) rmSync(folder, { recursive: true, force: true });
};
afterAll(clean);
// For a test file that fails while it is loaded: its afterAll hooks do not run. Once for all files of a process.
if (earlier === undefined) process.once('exit', clean);
