// Builds dist/: one file for each node and credentials class, with everything bundled that does
// not come from n8n, so that the package has no run-time dependencies.
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { n8n } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

await rm(join(root, 'dist'), { recursive: true, force: true });
await build({
	absWorkingDir: root,
	entryPoints: [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	),
	outbase: '.',
	outdir: 'dist',
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	external: ['n8n-workflow', 'zod'],
	logLevel: 'warning',
});

const files = await readdir(root + '/nodes', { recursive: true });
const assets = [
	'icons',
	...files.filter((file) => file.endsWith('.node.json')).map((file) => join('nodes', file)),
];
for (const asset of assets) {
	await mkdir(dirname(join(root, 'dist', asset)), { recursive: true });
	await cp(join(root, asset), join(root, 'dist', asset), { recursive: true });
}
