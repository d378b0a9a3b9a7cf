import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

export const repositoryRoot = join(here, '..', '..', '..');
export const defaultHostFolder = join(here, '..', 'host');
export const netguardScript = join(here, 'netguard.cjs');

/** A folder below the git-ignored `.work/` of the checkout; made when it is not there. */
export function workFolder(...parts: string[]): string {
	const folder = join(repositoryRoot, '.work', ...parts);
	mkdirSync(folder, { recursive: true });
	return folder;
}
