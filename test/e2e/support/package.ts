import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { run } from '../../../scripts/command';

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
