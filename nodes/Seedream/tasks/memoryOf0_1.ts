import type { OutputOptions } from '../../shared/n8n/output/outputFields';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import type { SeedreamError } from '../../shared/seedream/errors';
import { failure, success } from '../../shared/seedream/result';
import type { ImageTask } from '../../shared/seedream/task';
import type { LedgerEntry, Suspension } from './memory';

/*
 * What version 0.1 has remembered, in its words. Executions that it has saved may be retried, or
 * wake, under this version.
 */

/** An execution that failed or sleeps under 0.1 may hold these; later ones hold none of them. */
type TaskOf0_1 = ImageTask & { remarks?: string[] };

type ErrorOf0_1 = SeedreamError & { advice?: string };

type EntryOf0_1 = Omit<LedgerEntry, 'state'> &
	({ state: 'sent' } | { state: 'open'; taskId: string } | { state: 'finished'; task: TaskOf0_1 });

type ResultOf0_1 = TaskResult & { delivery?: OutputOptions };

/** A key of version 0.1: the first input item and what the request said. */
const KEY_OF_0_1 = /^(\d+):[0-9a-f]{64}$/;

/** Brings the entries of a ledger up to date, in place: several calls of a tool share them. */
export function upgradeEntries(entries: Record<string, LedgerEntry>): void {
	for (const [key, entry] of Object.entries<LedgerEntry | EntryOf0_1>(entries)) {
		const [, item] = KEY_OF_0_1.exec(key) ?? [];
		Reflect.deleteProperty(entries, key);
		entries[item ?? key] = upgradeEntry(
			item === undefined ? entry : { ...entry, items: [Number(item)] },
		);
	}
}

function upgradeEntry(entry: LedgerEntry | EntryOf0_1): LedgerEntry {
	switch (entry.state) {
		case 'sent':
			return { ...entry, state: 'unanswered' };
		case 'open':
			return { ...entry, state: 'submitted' };
		case 'finished':
			return { ...entry, task: upgradeTask(entry.task) };
		default:
			return entry;
	}
}

export function upgradeSuspension(suspension: Suspension): Suspension {
	return { ...suspension, results: suspension.results.map(upgradeResult) };
}

function upgradeResult({ delivery, ...result }: ResultOf0_1): TaskResult {
	const { outcome, output } = result;
	return {
		...result,
		output: delivery ?? output,
		outcome: outcome.ok
			? success(upgradeTask(outcome.value))
			: failure(upgradeError(outcome.error)),
	};
}

function upgradeTask({ remarks, ...task }: TaskOf0_1): ImageTask {
	return { ...task, ...(remarks && { warnings: remarks }) };
}

function upgradeError({ advice, ...error }: ErrorOf0_1): SeedreamError {
	return { ...error, ...(advice !== undefined && { hint: advice }) };
}
