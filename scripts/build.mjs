// Builds dist/: one bundle with everything that does not come from n8n, so that the package has no
// run-time dependencies, and for each node and credentials class a file that hands it on to n8n.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = 'dist/bundle.js';
const target = 'node20';
const { n8n } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** The files that n8n loads, each for one class, which has the file's name. */
const entries = [...n8n.nodes, ...n8n.credentials].map((file) => ({
	file,
	source: file.replace(/^dist\//, './').replace(/\.js$/, '.ts'),
	className: basename(file).split('.')[0],
}));

async function write(file, text) {
	await mkdir(dirname(join(root, file)), { recursive: true });
	await writeFile(join(root, file), text);
}

await rm(join(root, 'dist'), { recursive: true, force: true });

const bundled = await build({
	absWorkingDir: root,
	stdin: {
		contents: entries.map(({ source }) => `export * from '${source}';`).join('\n'),
		resolveDir: root,
	},
	bundle: true,
	write: false,
	platform: 'node',
	format: 'cjs',
	target,
	external: ['n8n-workflow', 'zod'],
	// Names too: with them the package would be above the 200 kB that it is to stay under.
	minify: true,
	lineLimit: 160,
	logLevel: 'warning',
});
await write(bundle, bundled.outputFiles[0].text);

for (const { file, className } of entries) {
	const path = relative(dirname(file), bundle).replaceAll('\\', '/');
	await write(file, `exports.${className} = require("${path}").${className};\n`);
}

const files = await readdir(root + '/nodes', { recursive: true });
const assets = [
	'icons',
	...files.filter((file) => file.endsWith('.node.json')).map((file) => join('nodes', file)),
];
for (const asset of assets) {
	await mkdir(dirname(join(root, 'dist', asset)), { recursive: true });
	await cp(join(root, asset), join(root, 'dist', asset), { recursive: true });
}
