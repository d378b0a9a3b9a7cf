import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
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

/** What a package is made of, besides what it names itself. */
const ALWAYS = ['package.json', 'README.md', 'LICENSE'];

/** npm takes every README.*, those in other languages too, and no setting keeps it from that. So it packs a folder without them. */
async function packOnly(names: readonly string[], folder: string, target: string): Promise<string> {
	const staged = mkdtempSync(join(tmpdir(), 'seedream-pack-'));
	try {
		for (const name of names.filter((each) => existsSync(join(folder, each))))
			cpSync(join(folder, name), join(staged, name), { recursive: true });
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target];
		return await run('npm', args, { cwd: staged });
	} finally {
		rmSync(staged, { recursive: true, force: true });
	}
}

/** Builds and packs what is published, and gives the tarball; nothing is done again while its sources are the same. */
export async function packTarball(folder: string = repositoryRoot): Promise<string> {
	const { name, version, scripts, files } = readManifest(folder);
	const builds = scripts?.['build'] !== undefined;
	const destination = workFolder('tarballs', hashOfSources(folder, builds).slice(0, 16));
	const [earlier] = readdirSync(destination).filter((file) => file.endsWith('.tgz'));
	if (earlier !== undefined) return join(destination, earlier);

	console.log(`Building and packing ${name} ${version} …`);
	if (builds) await run('npm', ['run', 'build'], { cwd: folder });
	const answer = await packOnly([...ALWAYS, ...files], folder, destination);
	const [{ filename }] = packAnswer.parse(JSON.parse(answer));
	return join(destination, filename);
}
