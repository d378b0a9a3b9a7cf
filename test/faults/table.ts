import type { Cell, Retry, Way } from './cells';
import type { Played } from './play';
import type { Seen } from './seen';
import { faultList } from './faultList';
import { readingTable } from './reading';

const WAYS: Readonly<Record<Way, string>> = {
	poll: 'polling',
	callback: 'callback',
	submit: 'submit only',
	stream: 'stream',
	once: 'Get Task',
	wait: 'Get Task, waiting',
};

const COLUMNS: ReadonlyArray<readonly [title: string, retries: readonly Retry[]]> = [
	['no retry', ['none']],
	['Retry On Fail, the fault passes', ['fixed', 'moving']],
	['Retry On Fail, the fault lasts', ['lasting']],
	["a person's retry", ['person']],
];

/** The cells of one kind of request as Markdown: rows that say the same are one, and so are cells. */
export function tableOf(played: readonly Played[]): string {
	const faults = [...new Set(played.map(({ cell }) => cell.fault))];
	const rows = new Map<string, string[]>();
	for (const fault of faults) {
		const ofFault = played.filter(({ cell }) => cell.fault === fault);
		const row = COLUMNS.map(([, retries]) =>
			cellText(ofFault.filter(({ cell }) => retries.includes(cell.retry))),
		).join(' | ');
		rows.set(row, [...(rows.get(row) ?? []), fault]);
	}
	return [
		`| fault | ${COLUMNS.map(([title]) => title).join(' | ')} |`,
		`|${' --- |'.repeat(COLUMNS.length + 1)}`,
		...[...rows].map(([row, merged]) => `| ${faultList(merged)} | ${row} |`),
		'',
		...readingTable(played),
	].join('\n');
}

/** What the cells have in common, else one line for each difference, which names no more than what makes it. */
function cellText(cells: readonly Played[]): string {
	if (cells.length === 0) return '–';
	const differences = DIFFERENCES.reduceRight<readonly Difference[]>((needed, one) => {
		const fewer = needed.filter((other) => other !== one);
		return areDecisive(fewer, cells) ? fewer : needed;
	}, DIFFERENCES);
	const labels = new Map<string, Set<string>>();
	for (const { cell, seen } of cells) {
		const outcome = outcomeOf(seen);
		labels.set(outcome, (labels.get(outcome) ?? new Set()).add(labelOf(differences, cell)));
	}
	return [...labels]
		.map(([outcome, same]) => [[...same].join('; '), outcome].filter(Boolean).join(': '))
		.join('<br>');
}

type Difference = (cell: Cell) => string;

/** What cells of one column may differ in; the last one is the first that is left out. */
const DIFFERENCES: readonly Difference[] = [
	({ way }) => WAYS[way],
	({ retry }) => (retry === 'moving' ? 'moving prompt' : 'fixed prompt'),
	({ operation }) => operation,
];

/** Whether cells that do not differ in these end alike. */
function areDecisive(differences: readonly Difference[], cells: readonly Played[]): boolean {
	const pairs = cells.map(
		({ cell, seen }) => [labelOf(differences, cell), outcomeOf(seen)] as const,
	);
	const outcomes = new Map(pairs);
	return pairs.every(([label, outcome]) => outcomes.get(label) === outcome);
}

function labelOf(differences: readonly Difference[], cell: Cell): string {
	return differences.map((difference) => difference(cell)).join(', ');
}

function outcomeOf({ end, sent, accepted, error, namedTasks }: Seen): string {
	const refunded = accepted.filter(({ outcome }) => outcome === 'failed').length;
	const paid = accepted.length - refunded;
	const money = [
		`${sent} sent`,
		`${paid} accepted`,
		...(refunded > 0 ? [`${refunded} refunded`] : []),
	].join(', ');
	const id = namedTasks.length > 0 ? ', with the ID' : '';
	const ends = {
		images: 'delivered',
		links: 'delivered as links, with a warning',
		task: 'delivered',
		open: 'the ID of an open task, with a warning',
		nothing: 'nothing',
		error: `error, billed *${error?.billed ?? 'not said'}*${id}`,
	};
	return `**${ends[end]}** (${money})`;
}
