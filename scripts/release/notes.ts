import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../manifest';
import { repositoryRoot } from '../paths';
import { notesOf } from './changelog';

/** `npm run release:notes -- <tag>`: what is said of a release; fails where tag, package.json and changelog disagree. */
function main(): void {
	const [tag = ''] = process.argv.slice(2);
	const changelog = readFileSync(join(repositoryRoot, 'CHANGELOG.md'), 'utf8');
	console.log(notesOf(tag, readManifest(repositoryRoot).version, changelog));
}

try {
	main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
