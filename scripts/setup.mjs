// Brings node_modules in line with package-lock.json, and does nothing when it already is.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 20;
const oldestNpm = 9;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const marker = join(root, 'node_modules', '.setup-lock-hash');

function refuse(message) {
	console.error(message);
	process.exit(1);
}

const runningNode = process.versions.node;
if (Number.parseInt(runningNode, 10) < oldestNode) {
	refuse(
		`Node.js ${oldestNode} or newer is needed; this is ${runningNode}. Install a newer Node.js and run the command again.`,
	);
}

const hash = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');
const installed = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : '';

if (installed !== hash) {
	// A shell, because npm is a .cmd file on Windows.
	const npm = spawnSync('npm --version', { shell: true, encoding: 'utf8' });
	const npmVersion = npm.status === 0 ? npm.stdout.trim() : 'missing';
	if (!(Number.parseInt(npmVersion, 10) >= oldestNpm)) {
		refuse(
			`npm ${oldestNpm} or newer is needed, which comes with Node.js; it is ${npmVersion}. Install one and run the command again.`,
		);
	}
	console.log('Installing the dependencies of package-lock.json (npm ci) …');
	// Errors only: below Node.js 24 it warns of the engine of isolated-vm, which n8n's core brings and no test loads.
	const result = spawnSync('npm ci --no-audit --no-fund --loglevel=error', {
		cwd: root,
		shell: true,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (result.status !== 0)
		refuse('`npm ci` failed; its messages are above. Put that right and run the command again.');
	writeFileSync(marker, `${hash}\n`);
}
