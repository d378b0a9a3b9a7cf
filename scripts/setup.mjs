// Brings node_modules in line with package-lock.json, and does nothing when it already is.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 20;
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
	console.log('Installing the dependencies of package-lock.json (npm ci) …');
	// A shell, because npm is a .cmd file on Windows.
	const result = spawnSync('npm ci --no-audit --no-fund', {
		cwd: root,
		shell: true,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (result.status !== 0)
		refuse('`npm ci` failed; its messages are above. Put that right and run the command again.');
	writeFileSync(marker, `${hash}\n`);
}
