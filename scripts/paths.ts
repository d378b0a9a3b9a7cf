import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A folder below the git-ignored `.work/` of the checkout; made when it is not there. */
export function workFolder(...parts: string[]): string {
	const folder = join(repositoryRoot, '.work', ...parts);
	mkdirSync(folder, { recursive: true });
	return folder;
}
