import type { IContextObject } from 'n8n-workflow';
import type { ImageTask } from '../seedream/task';

/** What is known of a paid request that was sent before. */
type Entry = {
	/** The execution in which it was sent. */
	execution: string;
	/** How often it was sent in that execution, each time after a task that failed. */
	tries: number;
} & (
	| { state: 'sent' }
	| { state: 'open'; taskId: string }
	| { state: 'finished'; task: ImageTask }
);

/** As it stands in the node's context, which only this class writes. */
interface Stored {
	runIndex: number;
	entries: Record<string, Entry>;
}

/**
 * Remembers what was submitted, in the node's context, which n8n keeps over its own Retry On
 * Fail and over a retry of the whole execution. So a second run finds the first one's tasks.
 */
export class Ledger {
	private readonly entries: Record<string, Entry>;

	/** Entries of earlier runs of the node in the same execution (a loop) are dropped. */
	constructor(
		context: IContextObject,
		private readonly execution: string,
		runIndex: number,
	) {
		const stored = context.seedream as Stored | undefined;
		this.entries = stored?.runIndex === runIndex ? stored.entries : {};
		context.seedream = { runIndex, entries: this.entries } satisfies Stored;
	}

	find(key: string): Entry | undefined {
		return this.entries[key];
	}

	/** Whether an entry is of this very execution, and not of one that a person retries. */
	isOwn(entry: Entry): boolean {
		return entry.execution === this.execution;
	}

	markSent(key: string): void {
		const known = this.find(key);
		const tries = known && this.isOwn(known) ? known.tries + 1 : 1;
		this.entries[key] = { execution: this.execution, tries, state: 'sent' };
	}

	/** Keeps the task itself where the provider has no tasks that could be read again. */
	keep(key: string, task: ImageTask): void {
		const { tries = 1 } = this.find(key) ?? {};
		const entry = { execution: this.execution, tries };
		this.entries[key] =
			task.id === undefined
				? { ...entry, state: 'finished', task }
				: { ...entry, state: 'open', taskId: task.id };
	}

	/** Once all is well nobody will retry, and the execution's data need not grow. */
	clear(): void {
		for (const key of Object.keys(this.entries)) this.forget(key);
	}

	forget(key: string): void {
		Reflect.deleteProperty(this.entries, key);
	}
}
