import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { run } from './command';
import { packTarball } from './packTarball';
import { repositoryRoot } from './paths';
import { contentProblems, filesOf, totalBytes, type PackedFile } from './tarball';
import { loadScanner, type Scanner } from './scanner';

/** What the scanner reads of a published tarball. */
const PUBLISHED_PATTERNS = ['**/*.js', 'package.json'];

/** What is not to be read in the package. The root of the file system, where somebody's home may be, is in every URL. */
const MACHINE_FOLDERS = [repositoryRoot, homedir()]
	.filter((folder) => dirname(folder) !== folder)
	.map((folder) => `${folder}${sep}`);

/** `npm run scan`: n8n's community package scan, offline, over the sources and over what would be published. */
async function main(): Promise<void> {
	const scanner = await loadScanner();
	const tarball = await packTarball();
	const unpacked = mkdtempSync(join(tmpdir(), 'seedream-scan-'));
	try {
		await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
		const problems = [
			...(await findings(scanner, 'sources', repositoryRoot, scanner.SOURCE_FILE_PATTERNS)),
			...(await findings(scanner, 'tarball', unpacked, PUBLISHED_PATTERNS)),
			...contentProblems(unpacked, MACHINE_FOLDERS),
		];
		describe(filesOf(unpacked));
		console.log(
			'Not checked: provenance. npm adds it when a GitHub Action publishes the package, so it cannot be checked before.',
		);
		for (const problem of problems) console.error(problem);
		console.log(
			problems.length === 0
				? 'The scan found nothing.'
				: `The scan found problems: ${problems.length}.`,
		);
		process.exitCode = problems.length === 0 ? 0 : 1;
	} finally {
		rmSync(unpacked, { recursive: true, force: true });
	}
}

async function findings(
	scanner: Scanner,
	what: string,
	folder: string,
	patterns: readonly string[],
): Promise<string[]> {
	const { passed, message, details } = await scanner.analyzePackage(folder, [...patterns]);
	// The scanner takes "there was nothing to look at" for a pass.
	if (passed && message === undefined) {
		console.log(`ok  ${what}: ${patterns.join(', ')}`);
		return [];
	}
	return [`${what}: ${message ?? 'refused'}\n${details ?? ''}`];
}

function describe(files: readonly PackedFile[]): void {
	console.log(`The tarball holds ${files.length} files, ${kB(totalBytes(files))} unpacked:`);
	for (const { path, bytes } of files) console.log(`  ${kB(bytes).padStart(9)}  ${path}`);
}

function kB(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
