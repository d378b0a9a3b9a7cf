import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(__dirname, '../..');

const sources = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name)),
);

// Each costs every start of n8n time and memory, whether or not a workflow uses the nodes.
it('makes no schema while the nodes are loaded, but with once() when one is needed', () => {
	const eager = /^(export )?const \w+(: [^=]+)? =\s+z\b/m;
	const found = sources.filter((file) => eager.test(readFileSync(join(ROOT, file), 'utf8')));
	expect(found).toEqual([]);
});

it('takes the image readers one by one, not the index that brings those of all formats', () => {
	const found = sources.filter((file) =>
		readFileSync(join(ROOT, file), 'utf8').includes("from 'image-size'"),
	);
	expect(found).toEqual([]);
});
