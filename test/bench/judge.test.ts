import { describe, expect, it } from 'vitest';
import { barsOf, writeDocument } from './document';
import { drawBars, light } from './bars';
import { judge } from './judge';
import type { Goal, Measured, Row } from './row';
import { table } from './report';

const measured: Measured = {
	ours: { name: 'time', unit: 's', values: [2, 9, 3] },
	comparator: { name: 'by hand', unit: 's', values: [4, 6, 3] },
	others: [{ name: 'reads', unit: '', values: [1, 1, 5] }],
};

function judged(...goals: Goal[]) {
	const row: Row = {
		id: 'row',
		title: 'A row',
		how: 'Somehow.',
		goals,
		rounds: 3,
		run: async () => measured,
	};
	return judge(row, measured);
}

describe('A row of the benchmark', () => {
	it('is held to its goal by the median of the rounds', () => {
		expect(judged({ figure: 'time', atMost: 3 }).met).toBe(true);
		expect(judged({ figure: 'time', atMost: 2.9 }).met).toBe(false);
		expect(judged({ figure: 'reads', atMost: 1 }).met).toBe(true);
	});

	it('is held to it by the worst round where that is asked for', () => {
		expect(judged({ figure: 'reads', atMost: 1, by: 'worst' }).met).toBe(false);
	});

	it('has the ratio of the rounds that ran side by side', () => {
		expect(judged().ratio?.values).toEqual([0.5, 1.5, 1]);
		expect(judged({ figure: 'ratio', atMost: 1 }).met).toBe(true);
	});

	it('has met its goal only when it has met all of them', () => {
		const goals: Goal[] = [
			{ figure: 'time', atMost: 3 },
			{ figure: 'ratio', atMost: 0.9 },
		];
		expect(judged(...goals).met).toBe(false);
		expect(judged().met).toBeUndefined();
	});

	it('refuses a goal for what was not measured', () => {
		expect(() => judged({ figure: 'memory', atMost: 1 })).toThrow('"memory"');
	});
});

describe('What is written of it', () => {
	const missed = judged({ figure: 'ratio', atMost: 0.9 });
	const occasion = { machine: 'a machine', date: '2026-11-22', command: 'npm run bench' };

	it('says on the console and in the document that a goal was missed', () => {
		expect(table([missed])).toContain('1 x (0.50 … 1.50)  not met');
		const document = writeDocument([missed], occasion);
		expect(document).toContain('| 1 x (0.50 … 1.50) | not met |');
		expect(document).toContain('- goal: ratio at most 0.90 x: 1 x, NOT MET');
	});

	it('is drawn in the colour of what was missed, with a mark at the goal', () => {
		const svg = drawBars(barsOf([missed]), light);
		expect(svg).toContain(`fill="${light.missed}"`);
		expect(svg).not.toContain(light.met);
		expect(svg).toContain('stroke-width="2"');
	});
});
