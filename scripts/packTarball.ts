import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod/v4';
import { run } from './command';
import { readManifest } from './manifest';
import { repositoryRoot, workFolder } from './paths';

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

	console.log(`Building and packing ${name} ${version} …`);
	if (builds) await run('npm', ['run', 'build'], { cwd: folder });
	const answer = await run(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', destination],
		{ cwd: folder },
	);
	const [{ filename }] = packAnswer.parse(JSON.parse(answer));
	return join(destination, filename);
}
