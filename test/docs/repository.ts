import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Installed, built or written by a run. */
const NOT_OURS = new Set(['.git', '.work', 'node_modules', 'dist', 'demo-output']);

export function read(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** The files below a folder of the repository whose names end so, as paths from its root with slashes. */
export function filesOf(folder: string, ...endings: string[]): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true })
		.filter(({ name }) => !NOT_OURS.has(name))
		.flatMap((entry) => {
			const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
			if (entry.isDirectory()) return filesOf(path, ...endings);
			return endings.some((ending) => path.endsWith(ending)) ? [path] : [];
		})
		.sort();
}

/** Every Markdown file of the repository. */
export const PAGES = filesOf('.', '.md');
