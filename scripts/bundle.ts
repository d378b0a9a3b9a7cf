import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { build, context, type BuildContext, type BuildOptions, type Plugin } from 'esbuild';
import { z } from 'zod/v4';
import { repositoryRoot } from './paths';

/** What n8n brings. */
export const EXTERNAL = ['n8n-workflow', 'zod'];

const BUNDLE = 'dist/bundle';
const EXPORTS = 'all-classes';

const loadedFilesSchema = z.looseObject({
	n8n: z.looseObject({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});

/** The files that n8n loads, each for one class, which has the file's name. */
async function readLoadedFiles(): Promise<string[]> {
	const manifest: unknown = JSON.parse(
		await readFile(join(repositoryRoot, 'package.json'), 'utf8'),
	);
	const { n8n } = loadedFilesSchema.parse(manifest);
	return [...n8n.nodes, ...n8n.credentials];
}

/** What n8n reads besides code. */
async function assets(): Promise<string[]> {
	const icons = await readdir(join(repositoryRoot, 'icons'));
	const files = await readdir(join(repositoryRoot, 'nodes'), { recursive: true });
	return [
		...icons.map((file) => join('icons', file)),
		...files.filter((file) => file.endsWith('.node.json')).map((file) => join('nodes', file)),
	];
}

/** An entry of the bundle that is nowhere on disk: it exports all classes. */
function allClasses(loadedFiles: readonly string[]): Plugin {
	const sources = loadedFiles.map((file) => file.replace(/^dist\//, './').replace(/\.js$/, '.ts'));
	const contents = sources.map((source) => `export * from '${source}';`).join('\n');
	return {
		name: EXPORTS,
		setup: ({ onResolve, onLoad }) => {
			onResolve({ filter: new RegExp(`^${EXPORTS}$`) }, () => ({
				path: EXPORTS,
				namespace: EXPORTS,
			}));
			onLoad({ filter: /.*/, namespace: EXPORTS }, () => ({
				contents,
				resolveDir: repositoryRoot,
			}));
		},
	};
}

/** One bundle with everything that does not come from n8n, so that the package has no run-time dependencies. */
async function bundling(folder: string, loadedFiles: readonly string[]): Promise<BuildOptions> {
	const copied = (await assets()).map((file) => ({
		in: file,
		out: join('dist', file).replace(/\.[^.]+$/, ''),
	}));
	return {
		absWorkingDir: repositoryRoot,
		entryPoints: [{ in: EXPORTS, out: BUNDLE }, ...copied],
		outdir: folder,
		plugins: [allClasses(loadedFiles)],
		loader: { '.svg': 'copy', '.node.json': 'copy' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: EXTERNAL,
		// Names too: with them the package would be above the 200 kB that it is to stay under.
		minify: true,
		lineLimit: 160,
		logLevel: 'warning',
	};
}

/** For each node and credentials class a file that hands it on to n8n. */
async function writeLoadedFiles(folder: string, loadedFiles: readonly string[]): Promise<void> {
	for (const file of loadedFiles) {
		const className = basename(file).split('.')[0] ?? '';
		const bundle = relative(dirname(file), `${BUNDLE}.js`).replaceAll('\\', '/');
		await mkdir(dirname(join(folder, file)), { recursive: true });
		await writeFile(
			join(folder, file),
			`exports.${className} = require("${bundle}").${className};\n`,
		);
	}
}

async function prepare(folder: string): Promise<BuildOptions> {
	const loadedFiles = await readLoadedFiles();
	await rm(join(folder, 'dist'), { recursive: true, force: true });
	await writeLoadedFiles(folder, loadedFiles);
	return await bundling(folder, loadedFiles);
}

/** Builds `dist/` in a folder. Errors name file and line, on stderr. */
export async function buildPackage(folder: string = repositoryRoot): Promise<void> {
	await build(await prepare(folder));
}

/**
 * Builds `dist/` in a folder, and again whenever a source file or an asset has changed, until `dispose()`. Errors name file
 * and line, on stderr; what was built before them stays. A new asset, or a new class in package.json, is not noticed.
 */
export async function watchPackage(
	folder: string,
	onBuilt: (isGood: boolean) => void,
): Promise<BuildContext> {
	const options = await prepare(folder);
	const tell: Plugin = {
		name: 'tell',
		setup: ({ onEnd }) => onEnd(({ errors }) => onBuilt(errors.length === 0)),
	};
	const watched = await context({
		...options,
		plugins: [...(options.plugins ?? []), tell],
		// n8n reads them, so that the errors of a run name the source files.
		sourcemap: 'inline',
	});
	await watched.watch();
	return watched;
}
