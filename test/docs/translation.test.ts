import { describe, expect, it } from 'vitest';
import { parsePage, type Page } from './markdown';
import { read } from './repository';

const english = parsePage(read('README.md'));
const chinese = parsePage(read('README.zh-CN.md'));

const shapeOf = ({ tables }: Page): number[][] =>
	tables.map((rows) => rows.map(({ length }) => length));

/** Where a page leads: within itself by the place of the heading, and to its translation by that name. */
function targetsOf({ links, headings }: Page, translation: string): string[] {
	const targets = links.map((link) => {
		if (link === translation) return 'the translation';
		if (!link.startsWith('#')) return link;
		return `heading ${headings.findIndex(({ anchor }) => `#${anchor}` === link)}`;
	});
	return [...new Set(targets)].sort();
}

const setOf = (values: readonly string[]): string[] => [...new Set(values)].sort();

// A change of the one that forgets the other makes one of these fail.
describe('README.zh-CN.md says what README.md says', () => {
	it('under as many headings, of the same levels, in the same order', () => {
		const levelsOf = ({ headings }: Page): number[] => headings.map(({ level }) => level);
		expect(levelsOf(chinese)).toEqual(levelsOf(english));
	});

	it('in the same tables, with as many rows and columns', () => {
		expect(shapeOf(chinese)).toEqual(shapeOf(english));
	});

	it('with the same blocks of code, and the same names and messages within the lines', () => {
		expect(chinese.blocks).toEqual(english.blocks);
		expect(setOf(chinese.codes)).toEqual(setOf(english.codes));
	});

	it('with links to the same places, and the same pictures', () => {
		expect(targetsOf(chinese, 'README.md')).toEqual(targetsOf(english, 'README.zh-CN.md'));
		expect(chinese.images).toEqual(english.images);
	});
});
