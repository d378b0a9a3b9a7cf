import type { Bar, BarGroup } from './bars';
import type { RowResult } from './judge';
import { median } from './statistics';
import { medianAndSpread, quantity, standing, verdict } from './wording';

/** Of when and where the figures are. */
export interface Occasion {
	readonly machine: string;
	/** As `2026-11-22`. */
	readonly date: string;
	readonly command: string;
}

/** The page about performance, with two pictures beside it. */
export function writeDocument(results: readonly RowResult[], occasion: Occasion): string {
	const lines = [
		'# Performance',
		'',
		`Written by \`${occasion.command}\` on ${occasion.date}: ${occasion.machine}.`,
		'',
		'What is measured is a real n8n with the package installed as users install it, against the emulated providers of `test/emulator/`. Where there is something to',
		"compare with, the same work is done with n8n's own nodes in the same n8n, in turns, round by round; a ratio is that of two rounds that ran one after the other.",
		'Figures are medians, with the smallest and the largest of the rounds in brackets. The goals stand in the files of `test/bench/rows/`, and a goal that is missed is',
		'said to be. Times depend on the machine: the ratios are what to look at, and `npm run bench` makes them anew.',
		'',
		'<picture>',
		'  <source media="(prefers-color-scheme: dark)" srcset="performance-dark.svg">',
		'  <img alt="Bars of the ratios in the table below" src="performance-light.svg">',
		'</picture>',
		'',
		'| Row | | Ours | Without the package | Ratio | Goal |',
		'|---|---|---|---|---|---|',
		...results.map(tableRow),
		'',
		...results.flatMap(section),
	];
	return `${lines.join('\n').trimEnd()}\n`;
}

function tableRow(result: RowResult): string {
	const { id, title, ours, comparator, ratio } = result;
	const cells = [
		`[${id}](#${id})`,
		title,
		`${ours.name} ${medianAndSpread(ours)}`,
		comparator ? `${comparator.name} ${medianAndSpread(comparator)}` : '–',
		ratio ? medianAndSpread(ratio) : '–',
		standing(result),
	];
	return `| ${cells.join(' | ')} |`;
}

function section({ id, how, ours, others, goals, details }: RowResult): string[] {
	return [
		`## ${id}`,
		'',
		how,
		'',
		`- rounds: ${ours.values.length}`,
		...others.map((figure) => `- ${figure.name}: ${medianAndSpread(figure)}`),
		...details.map((detail) => `- ${detail}`),
		...goals.map((goal) => `- goal: ${verdict(goal)}`),
		'',
	];
}

/** What the pictures show: a ratio to the work without the package, or else how much of its limit a row takes. */
export function barsOf(results: readonly RowResult[]): BarGroup[] {
	return [
		{
			heading:
				"Beside the same work with n8n's own nodes: 1 is as much, shorter is better, the upright mark is the goal",
			bars: results.flatMap(comparedBar),
		},
		{
			heading: 'Against a limit of its own: 1 is the limit, shorter is better',
			bars: results.flatMap((result) => (result.ratio ? [] : limitBar(result))),
		},
	];
}

function comparedBar({ id, ours, comparator, ratio, goals, met }: RowResult): Bar[] {
	if (ratio === undefined || comparator === undefined) return [];
	const goal = goals.find((each) => each.goal.figure === ratio.name)?.goal.atMost;
	const value = median(ratio.values);
	const [own, other] = [ours, comparator].map(({ values, unit }) => quantity(median(values), unit));
	const note = `${quantity(value, 'x')}: ${own} beside ${other}`;
	return [{ label: id, value, ...(goal !== undefined && { goal }), note, met }];
}

function limitBar({ id, goals }: RowResult): Bar[] {
	return goals.map(({ goal, unit, value, met }, index) => ({
		label: index === 0 ? id : '',
		value: value / goal.atMost,
		note: `${goal.figure}: ${quantity(value, unit)} of at most ${quantity(goal.atMost, unit)}`,
		met,
	}));
}
