import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod/v4';
import { run } from './command';
import { readManifest } from './manifest';
import { repositoryRoot, workFolder } from './paths';
import { say } from './system';

const packAnswer = z.tuple([z.looseObject({ filename: z.string() })]);
const neverPacked = ['node_modules', 'test', 'examples', '.git', '.work'];

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((file) => statSync(file).isFile());
}

function hashOf(files: readonly string[], base: string): string {
	const hash = createHash('sha256');
	for (const file of [...files].sort())
		hash.update(relative(base, file)).update('\0').update(readFileSync(file));
	return hash.digest('hex');
}

function hashOfSources(folder: string, builds: boolean): string {
	// Where a build makes dist/, its sources count; where nothing builds it, it is the source.
	const skipped = new Set(builds ? [...neverPacked, 'dist'] : neverPacked);
	const files = readdirSync(folder)
		.filter((name) => !skipped.has(name))
		.flatMap((name) =>
			statSync(join(folder, name)).isDirectory()
				? filesBelow(join(folder, name))
				: [join(folder, name)],
		);
	return hashOf(files, folder);
}

/** Builds and packs a package as `npm publish` would; nothing is done again while its sources are the same. */
export async function packTarball(folder: string = repositoryRoot): Promise<string> {
	const { name, version, scripts } = readManifest(folder);
	const builds = scripts?.['build'] !== undefined;
	const destination = workFolder('tarballs', hashOfSources(folder, builds).slice(0, 16));
	const [earlier] = readdirSync(destination).filter((file) => file.endsWith('.tgz'));
	if (earlier !== undefined) return join(destination, earlier);

	say(`Building and packing ${name} ${version} …`);
	if (builds) await run('npm', ['run', 'build'], { cwd: folder });
	const answer = await run(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', destination],
		{ cwd: folder },
	);
	const [{ filename }] = packAnswer.parse(JSON.parse(answer));
	return join(destination, filename);
}

async function nameInTarball(tarball: string): Promise<{ name: string; version: string }> {
	const text = await run('tar', ['-xzOf', tarball, 'package/package.json']);
	return z.looseObject({ name: z.string(), version: z.string() }).parse(JSON.parse(text));
}

const ledgerSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

function noteInLedger(file: string, name: string, version: string): void {
	const { dependencies } = existsSync(file)
		? ledgerSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
		: { dependencies: {} };
	const ledger = {
		name: 'installed-nodes',
		private: true,
		dependencies: { ...dependencies, [name]: version },
	};
	writeFileSync(file, JSON.stringify(ledger, null, 2));
}

/** What n8n does when a user installs a community package, step by step, from a tarball instead of a registry. */
export async function installAsN8nDoes(tarball: string, userFolder: string): Promise<string> {
	const { name, version } = await nameInTarball(tarball);
	const downloads = join(userFolder, '.n8n', 'nodes');
	const folder = join(downloads, 'node_modules', ...name.split('/'));
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);

	const manifestFile = join(folder, 'package.json');
	const manifest = z
		.record(z.string(), z.unknown())
		.parse(JSON.parse(readFileSync(manifestFile, 'utf8')));
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		delete manifest[key];
	writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));

	const flags = [
		'--audit=false',
		'--fund=false',
		'--bin-links=false',
		'--install-strategy=shallow',
	];
	await run('npm', ['install', ...flags, '--ignore-scripts=true', '--package-lock=false'], {
		cwd: folder,
	});

	noteInLedger(join(downloads, 'package.json'), name, version);
	return folder;
}
