import { describe, expect, it } from 'vitest';
import { modelRows, providerRows, referenceRows, sizeRows } from './limits';
import { parsePage, type Table } from './markdown';
import { read } from './repository';

/** The rows of the table below a heading, or of the one that many tables further. */
function rowsBelow(file: string, heading: string, further = 0): Table {
	const [, section = ''] = read(file).split(`\n## ${heading}\n`);
	const [below = ''] = section.split('\n## ');
	const [, ...rows] = parsePage(below).tables[further] ?? [];
	return rows;
}

// A figure that stands in two places is wrong in one of them some day.
describe('The tables of limits say what the node checks', () => {
	it.each([
		['README.md', 'Limits by model'],
		['README.zh-CN.md', '各模型的限制'],
	])('by model, in %s', (file, heading) => {
		expect(rowsBelow(file, heading)).toEqual(modelRows());
	});

	it('of reference images', () => {
		expect(rowsBelow('docs/limits.md', 'Reference images')).toEqual(referenceRows());
	});

	it('of the sizes that a shape and a resolution stand for', () => {
		const sets = sizeRows('set', ['1K', '2K', '3K', '4K']);
		expect(rowsBelow('docs/limits.md', 'Sizes')).toEqual(sets);
		const singles = sizeRows('single', ['1K', '1.5K', '2K']);
		expect(rowsBelow('docs/limits.md', 'Sizes', 1)).toEqual(singles);
	});

	it('where a provider takes something else', () => {
		const rows = rowsBelow('docs/limits.md', 'Where a provider takes something else');
		expect(rows).toEqual(providerRows());
	});
});
