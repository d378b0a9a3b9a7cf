import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCommand, run } from '../../../scripts/command';
import { readManifest } from '../../../scripts/manifest';
import { workFolder } from '../../../scripts/paths';
import { installDebianPackages, say } from './system';

async function ensureCompiler(): Promise<void> {
	const missing = ['python3', 'make', 'g++'].filter((name) => !hasCommand(name));
	if (missing.length > 0)
		await installDebianPackages(missing, 'Compiling sqlite3, the database of n8n,');
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
	const kept = join(
		workFolder('sqlite3'),
		`node_sqlite3-${version}-${process.platform}-${process.arch}${runtime}.node`,
	);
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
