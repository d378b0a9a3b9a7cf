import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/paths';
import { exampleFiles, noteOf, readExample, type Example } from '../e2e/examples';

type ExampleNode = Example['nodes'][number];

/** What n8n places nodes on. */
const GRID = 16;

interface Area {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What a node or a note takes of the canvas, a node with the name below it. */
function areaOf({ name, type, position: [left, top], parameters }: ExampleNode): Area {
	const [width, height] = type.endsWith('.stickyNote')
		? [Number(parameters['width']), Number(parameters['height'])]
		: [type.endsWith('.agent') ? 224 : 96, 96 + 64];
	return { name, left, top, right: left + width, bottom: top + height };
}

function overlap(a: Area, b: Area): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Pairs of names, of all that lie upon each other. */
function overlapsIn({ nodes }: Example): string[] {
	const areas = nodes.map(areaOf);
	return areas.flatMap((area, index) =>
		areas
			.slice(index + 1)
			.filter((other) => overlap(area, other))
			.map((other) => `${area.name} and ${other.name}`),
	);
}

const readme = readFileSync(join(repositoryRoot, 'examples/README.md'), 'utf8');

/** What the README says of an example, below its title. */
function entryOf({ name }: Example): string {
	const title = name.replace('Seedream: ', '');
	const [, entry = ''] = readme.split(`\n### ${title.charAt(0).toUpperCase()}${title.slice(1)}\n`);
	return entry.replace(/\n##.*/s, '');
}

/** How many images a run is said to order. */
function ordersSaidIn(text: string): string | undefined {
	return /orders (\w+ (?:to \d+ )?(?:images?\b)?)/.exec(text.replaceAll('*', ''))?.[1];
}

describe.each(exampleFiles())('examples/%s', (file) => {
	const example = readExample(file);

	it('has a note that begins with a heading and says what to do first and what a run costs', () => {
		expect(noteOf(example)).toMatch(/^## \S/);
		expect(noteOf(example)).toContain('\n\n**Before the first run:** ');
		expect(noteOf(example)).toContain('\n\n**Costs:** ');
	});

	it('covers nothing on the canvas, and lies on its grid', () => {
		expect(overlapsIn(example)).toEqual([]);
		const places = example.nodes.flatMap(({ position }) => position);
		expect(places.filter((place) => place % GRID !== 0)).toEqual([]);
	});

	it('stands in the README with its picture, and costs there what its note says', () => {
		const entry = entryOf(example);
		expect(entry).toContain(`(${file})`);
		expect(entry).toContain(`(pictures/${file.replace(/\.json$/, '.png')})`);
		expect(ordersSaidIn(entry)).toBe(ordersSaidIn(noteOf(example)));
	});
});
