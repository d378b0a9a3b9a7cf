import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../../../scripts/command';
import { readManifest } from '../../../scripts/manifest';
import { workFolder } from '../../../scripts/paths';
import { ensureCompiler } from './compiler';
import { say } from './system';

function keptPrefix(version: string): string {
	return `node_sqlite3-${version}-${process.platform}-${process.arch}`;
}

/** Makes sure, before anything is downloaded, that the sqlite3 of a lock file can be had. */
export async function prepareSqlite(version: string): Promise<void> {
	const kept = readdirSync(workFolder('sqlite3'));
	if (!kept.some((file) => file.startsWith(keptPrefix(version)))) await ensureCompiler();
}

/**
 * Makes sure that the native part of sqlite3 is there. It is compiled once and kept outside node_modules, because
 * every `npm ci` deletes it and no prebuilt binary comes with the package.
 */
export async function ensureSqlite(
	hostFolder: string,
	nodeFolder: string | undefined,
): Promise<void> {
	const folder = join(hostFolder, 'node_modules', 'sqlite3');
	const built = join(folder, 'build', 'Release', 'node_sqlite3.node');
	if (existsSync(built)) return;

	const { version } = readManifest(folder);
	// One made with the headers of Node.js 24 serves 22 too, and ends Node.js 20 with a segmentation fault.
	const runtime = nodeFolder === undefined ? `-node${process.versions.modules}` : '';
	const kept = join(workFolder('sqlite3'), `${keptPrefix(version)}${runtime}.node`);
	if (existsSync(kept)) {
		mkdirSync(dirname(built), { recursive: true });
		copyFileSync(kept, built);
		return;
	}

	await ensureCompiler();
	say('Compiling sqlite3 (about a minute) …');
	await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		cwd: hostFolder,
		env: {
			// Otherwise its install script asks a foreign host for a prebuilt binary, and node-gyp another one for headers.
			npm_config_build_from_source: 'true',
			...(nodeFolder === undefined ? {} : { npm_config_nodedir: nodeFolder }),
		},
	});
	if (!existsSync(built))
		throw new Error(
			`sqlite3 was compiled, but ${built} is not there. Delete ${folder} and run this again.`,
		);
	copyFileSync(built, kept);
}
