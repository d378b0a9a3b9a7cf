import { describe, expect, it } from 'vitest';
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
});
