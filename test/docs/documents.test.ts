import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGES, read, ROOT } from './repository';

/** What stands in backticks and begins with a folder of the repository. */
function pathsIn(text: string): string[] {
	const folders = 'nodes|credentials|test|scripts|docs|examples|\\.ci|\\.github';
	const quoted = text.matchAll(new RegExp(`\`((?:${folders})/[^\`\\s*…<>]*)\``, 'g'));
	return [...quoted].map(([, path = '']) => path);
}

/** The files of the worked example, each with what the text shows of it. */
function shownFiles(text: string): Array<[file: string, shown: string]> {
	const blocks = text.matchAll(/^`([^`\n]+)`[^\n]*\n\n```\w+\n(.*?)\n```$/gms);
	return [...blocks].map(([, file = '', shown = '']) => [file, shown]);
}

describe.each(PAGES)('%s', (document) => {
	it('names files and folders that are there', () => {
		const missing = pathsIn(read(document)).filter((path) => !existsSync(join(ROOT, path)));
		expect(missing).toEqual([]);
	});
});

describe('The worked example of CONTRIBUTING.md, a provider that is added', () => {
	const shown = shownFiles(read('CONTRIBUTING.md'));

	it('shows a file and a line for product, emulator and tests, and a row of the README', () => {
		expect(shown.map(([file]) => file)).toEqual([
			'nodes/shared/seedream/providers/compatible.ts',
			'nodes/shared/seedream/providers/index.ts',
			'test/emulator/dialects/compatible.ts',
			'test/emulator/dialects/index.ts',
			'test/providers/compatible.ts',
			'test/providers/index.ts',
			'README.md',
		]);
	});

	it.each(shown)('shows what really stands in %s', (file, text) => {
		expect(read(file)).toContain(text);
	});
});
