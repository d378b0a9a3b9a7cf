import { faultList } from './faultList';
import type { Played } from './play';

/** Longer texts are cut, so that the table stays one that is read. */
const LONGEST = 420;

/** What the user reads, each text once, with the faults that lead to it. */
export function readingTable(played: readonly Played[]): string[] {
	const faultsOf = new Map<string, Set<string>>();
	for (const { cell, seen } of played) {
		const text = withoutWhatVaries(seen.text);
		// A fault that lasts says at last what it said at first.
		if (text === '' || cell.retry === 'lasting') continue;
		const faults = faultsOf.get(text) ?? new Set();
		faultsOf.set(text, faults.add(cell.fault));
	}
	if (faultsOf.size === 0) return [];
	const rows = [...faultsOf].map(
		([text, faults]) => `| ${shown(text)} | ${faultList([...faults])} |`,
	);
	return ['| what the user reads | after |', '| --- | --- |', ...rows, ''];
}

/** IDs, ports and times differ from run to run, and the HTTP status stands beside the text. */
function withoutWhatVaries(text: string): string {
	return text
		.replace(/task-unified-\d+-[0-9a-f]+/g, 'task-unified-…')
		.replace(/127\.0\.0\.1:\d+/g, 'host')
		.replace(/[0-9a-f]{20,}/g, '…')
		.replace(/still (?:pending|processing)(.*?)after \d+ seconds/g, 'still open$1after N seconds')
		.replace(/HTTP \d{3}/g, 'HTTP …')
		.replace(/\s+/g, ' ')
		.trim();
}

function shown(text: string): string {
	const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
	return cut.replace(/[|<>*_]/g, (sign) => `\\${sign}`);
}
