import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod/v4';

/** A file of an unpacked tarball. */
export interface PackedFile {
	/** From the package's root, with slashes. */
	path: string;
	bytes: number;
}

export function filesOf(folder: string): PackedFile[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((file) => statSync(file).isFile())
		.map((file) => ({
			path: relative(folder, file).replaceAll('\\', '/'),
			bytes: statSync(file).size,
		}))
		.sort((left, right) => (left.path < right.path ? -1 : 1));
}

export function totalBytes(files: readonly PackedFile[]): number {
	return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Besides these, only the files that n8n loads. */
const REQUIRED = ['package.json', 'README.md', 'LICENSE', 'dist/bundle.js'];
const ASSETS = /^dist\/(icons\/[\w.]+\.svg|nodes\/.+\.node\.json)$/;

/** Unpacked. Too little for the nodes and credentials to have a copy each of what they share. */
const MOST_BYTES = 200_000;

const manifestSchema = z.looseObject({
	dependencies: z.record(z.string(), z.string()).optional(),
	optionalDependencies: z.record(z.string(), z.string()).optional(),
	bundledDependencies: z.array(z.string()).optional(),
	n8n: z.looseObject({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});

/**
 * What is wrong with an unpacked tarball: files too many or too few, their weight, source maps, dependencies, and names of
 * folders that tell of the machine that built it.
 */
export function contentProblems(folder: string, machineFolders: readonly string[]): string[] {
	const { n8n, ...manifest } = manifestSchema.parse(
		JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
	);
	const files = filesOf(folder);
	const bytes = totalBytes(files);
	const present = new Set(files.map(({ path }) => path));
	const needed = new Set([...REQUIRED, ...n8n.nodes, ...n8n.credentials]);
	const dependencies = [
		...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }),
		...(manifest.bundledDependencies ?? []),
	];
	return [
		...files
			.filter(({ path }) => !needed.has(path) && !ASSETS.test(path))
			.map(({ path }) => `tarball: ${path} has no business in the package`),
		...[...needed]
			.filter((path) => !present.has(path))
			.map((path) => `tarball: ${path} is missing`),
		...(bytes > MOST_BYTES
			? [`tarball: ${bytes} bytes unpacked, and the most is ${MOST_BYTES}`]
			: []),
		...dependencies.map(
			(name) => `tarball: the package depends on ${name} at run time; bundle it instead`,
		),
		...files.flatMap(({ path }) =>
			tracesIn(readFileSync(join(folder, path), 'utf8'), machineFolders).map(
				(trace) => `tarball: ${path} contains ${trace}`,
			),
		),
	];
}

function tracesIn(text: string, machineFolders: readonly string[]): string[] {
	return ['sourceMappingURL', ...machineFolders].filter((trace) => text.includes(trace));
}
