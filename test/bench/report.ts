import type { RowResult } from './judge';
import { medianAndSpread, standing, verdict } from './wording';

/** What one row has measured, on some lines for the console. */
export function describeRow(result: RowResult): string {
	const { ours, comparator, ratio, others, goals, details } = result;
	const lines = [
		...[ours, ...(comparator ? [comparator] : []), ...(ratio ? [ratio] : []), ...others].map(
			(figure) => `${figure.name}: ${medianAndSpread(figure)}`,
		),
		...details,
		...goals.map(verdict),
	];
	return [`${result.id}  ${result.title}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

/** All rows, one line each. */
export function table(results: readonly RowResult[]): string {
	const cells = [
		['row', 'ours', 'comparator', 'ratio', 'goal'],
		...results.map((result) => [
			result.id,
			medianAndSpread(result.ours),
			result.comparator ? medianAndSpread(result.comparator) : '–',
			result.ratio ? medianAndSpread(result.ratio) : '–',
			standing(result),
		]),
	];
	const widths = [0, 1, 2, 3].map((column) =>
		Math.max(...cells.map((row) => row[column]?.length ?? 0)),
	);
	return cells
		.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
		.join('\n');
}
