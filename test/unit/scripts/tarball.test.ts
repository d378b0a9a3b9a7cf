import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentProblems } from '../../../scripts/tarball';

const NODE = 'dist/nodes/Seedream/Seedream.node.js';
const CREDENTIALS = 'dist/credentials/SeedreamApi.credentials.js';
const MACHINE = ['/home/maintainer/', '/builds/n8n-nodes-seedream/'];
const manifest = { name: 'n8n-nodes-seedream', n8n: { nodes: [NODE], credentials: [CREDENTIALS] } };

const RIGHT: Record<string, string> = {
	'package.json': JSON.stringify(manifest),
	'README.md': '# Seedream',
	LICENSE: 'MIT',
	'dist/bundle.js': 'exports.Seedream = class {};',
	[NODE]: 'exports.Seedream = require("../../bundle.js").Seedream;',
	'dist/nodes/Seedream/Seedream.node.json': '{}',
	[CREDENTIALS]: 'exports.SeedreamApi = require("../bundle.js").SeedreamApi;',
	'dist/icons/seedream.svg': '<svg/>',
	'dist/icons/seedream.dark.svg': '<svg/>',
};

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'seedream-tarball-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is said of an unpacked tarball that is right but for some files. */
function problemsWith(files: Record<string, string>, without: readonly string[] = []): string[] {
	for (const [name, text] of Object.entries({ ...RIGHT, ...files })) {
		if (without.includes(name)) continue;
		mkdirSync(join(folder, dirname(name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
	return contentProblems(folder, MACHINE);
}

describe('What is published', () => {
	it('is what n8n loads, its icons and codex files, README, licence and package.json', () => {
		expect(problemsWith({})).toEqual([]);
	});

	it.each([
		'README.zh-CN.md',
		'CHANGELOG.md',
		'.npmrc',
		'test/unit/size.test.ts',
		'examples/generate.json',
		'nodes/Seedream/Seedream.node.ts',
		'docs/errors.md',
		'dist/nodes/Seedream/Seedream.node.ts',
		'dist/nodes/Seedream/Seedream.node.d.ts',
		'dist/nodes/Seedream/Seedream.test.js',
		'dist/bundle.js.map',
		'dist/package.json',
		'dist/icons/source.png',
	])('is not %s', (name) => {
		expect(problemsWith({ [name]: '' })).toEqual([
			`tarball: ${name} has no business in the package`,
		]);
	});

	it.each(['README.md', 'LICENSE', 'dist/bundle.js', NODE, CREDENTIALS])(
		'is nothing without %s',
		(name) => {
			expect(problemsWith({}, [name])).toEqual([`tarball: ${name} is missing`]);
		},
	);

	it('names no source map', () => {
		const bundle = 'exports.Seedream = class {};\n//# sourceMappingURL=bundle.js.map';
		expect(problemsWith({ 'dist/bundle.js': bundle })).toEqual([
			'tarball: dist/bundle.js contains sourceMappingURL',
		]);
	});

	it.each(MACHINE)('does not tell that it was built below %s', (machineFolder) => {
		const text = `// ${machineFolder}node_modules/zod/index.js`;
		expect(problemsWith({ 'dist/bundle.js': text, 'README.md': text })).toEqual([
			`tarball: README.md contains ${machineFolder}`,
			`tarball: dist/bundle.js contains ${machineFolder}`,
		]);
	});

	it('stays within 200 kB unpacked', () => {
		const sizes = Object.values(RIGHT).reduce((sum, text) => sum + text.length, 0);
		const padded = (bytes: number) => ({
			'README.md': '#'.repeat(bytes - sizes + '# Seedream'.length),
		});
		expect(problemsWith(padded(200_000))).toEqual([]);
		expect(problemsWith(padded(200_001))).toEqual([
			'tarball: 200001 bytes unpacked, and the most is 200000',
		]);
	});

	it.each(['dependencies', 'optionalDependencies'])('has no %s', (kind) => {
		const text = JSON.stringify({ ...manifest, [kind]: { axios: '1.0.0' } });
		expect(problemsWith({ 'package.json': text })).toEqual([
			'tarball: the package depends on axios at run time; bundle it instead',
		]);
	});
});
