import { createHash } from 'node:crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import type { ImageTask } from '../../shared/seedream/task';
import type { Remains } from '../../shared/n8n/errors';
import { currentRun, isTool } from './execution';

/** What is known of a paid request that was sent before. */
export type Entry = {
	/** The input items that it was made from. */
	items: number[];
	/** The execution in which it was sent, to which its callback comes. */
	execution: string;
	/** The execution, started again by a person, that has picked it up. */
	adoptedBy?: string;
	/** How often it was accepted in that execution, each time after a task that failed. */
	tries: number;
	/** The same for the same request. Version 0.1 kept none that can be compared. */
	fingerprint?: string;
	requestedCount?: number;
	/** The most images that it may have ordered. */
	mostImages?: number;
	warnings?: string[];
	/** What earlier executions have sent for these items: other requests, or ones without an answer. */
	before?: Entry[];
} & (
	| { state: 'sent' }
	| { state: 'open'; taskId: string }
	| { state: 'finished'; task: ImageTask }
);

/** What a paid request is remembered by. */
export interface Remembered {
	items: number[];
	fingerprint: string;
	requestedCount: number;
	mostImages: number;
	warnings: string[];
}

/** As it stands in the node's context, which only this class writes. */
interface Stored {
	runIndex: number;
	/** Whether all items went into one request. */
	isCombined?: boolean;
	entries: Record<string, Entry>;
	/** How often a tool's call has failed since n8n began to try it, by its scope. */
	failures?: Record<string, number>;
}

/** A key of version 0.1: the first input item and what the request said. */
const KEY_OF_0_1 = /^(\d+):[0-9a-f]{64}$/;

/**
 * Remembers what was submitted, in the node's context, which n8n keeps over its own Retry On
 * Fail, over suspensions and over a retry of the whole execution. A request is remembered by its
 * input items alone: n8n evaluates every expression again, so that its text may be another one at
 * each try. A call of a tool is remembered by its arguments, as n8n counts each try as a run.
 */
export class Ledger {
	private readonly scope: string;
	private readonly execution: string;
	private readonly stored: Stored;

	/** Entries of earlier runs of the node in the same execution (a loop) are dropped. */
	constructor(context: IExecuteFunctions) {
		const isCall = isTool(context);
		this.scope = isCall ? `${argumentsOf(context)}/` : '';
		this.execution = context.getExecutionId();
		this.stored = load(context.getContext('node'), isCall ? 0 : currentRun(context));
	}

	/** How the items were grouped when the first request was sent; undefined before. */
	get isCombined(): boolean | undefined {
		return this.own().length > 0 && this.scope === '' ? this.stored.isCombined : undefined;
	}

	keepGrouping(isCombined: boolean): void {
		this.stored.isCombined = isCombined;
	}

	/** What was sent for exactly these items, or else for some of them. */
	find(items: readonly number[]): Entry | undefined {
		return this.stored.entries[this.keyOf(items)] ?? this.overlapping(items)[0];
	}

	/** Everything that earlier executions have sent for any of these items. */
	earlier(items: readonly number[]): Entry[] {
		return this.overlapping(items)
			.flatMap(({ before = [], ...entry }) => [entry, ...before])
			.filter((entry) => !this.isOwn(entry));
	}

	/** Whether an entry is this execution's to go on with, and not only one of which a person retries. */
	isOwn(entry: Entry): boolean {
		return this.callsBackHere(entry) || entry.adoptedBy === this.execution;
	}

	callsBackHere(entry: Entry): boolean {
		return entry.execution === this.execution;
	}

	/** From now on the entry is this execution's, whatever its expressions become at the next try. */
	adopt(entry: Entry): void {
		const others = this.earlier(entry.items).filter(({ fingerprint }) => fingerprint !== entry.fingerprint);
		this.replace({ ...entry, adoptedBy: this.execution, tries: 1, before: others });
	}

	/** What was sent or adopted in this execution: all that may have been paid for. */
	own(): Entry[] {
		return this.inScope().filter((entry) => this.isOwn(entry));
	}

	/** How many images this execution may have ordered already, for exactly these items. */
	ordered(items: readonly number[]): number | undefined {
		const known = this.stored.entries[this.keyOf(items)];
		return known && this.isOwn(known) ? (known.mostImages ?? known.requestedCount) : undefined;
	}

	/** What an error of this run would keep from the output, though it may be paid for. */
	remains(): Remains {
		const own = this.own();
		return {
			isPerhapsBilled: own.length > 0,
			unanswered: own.filter(({ state }) => state === 'sent').length,
			taskIds: own.flatMap((entry) => (entry.state === 'open' ? [entry.taskId] : [])),
			urls: own.flatMap((entry) => (entry.state === 'finished' ? urlsOf(entry.task) : [])),
		};
	}

	/** Gives what stood in its place before, for `takeBack`. */
	markSent(request: Remembered): Entry[] {
		const known = this.find(request.items);
		const tries = known && this.isOwn(known) ? known.tries + 1 : 1;
		const before = this.earlier(request.items);
		return this.replace({ ...request, tries, before, execution: this.execution, state: 'sent' });
	}

	/** Keeps the task itself where the provider has no tasks that could be read again. */
	keep(request: Remembered, task: ImageTask): void {
		const { tries = 1, before = [] } = this.find(request.items) ?? {};
		const entry = { ...request, tries, before, execution: this.execution };
		this.write(
			task.id === undefined
				? { ...entry, state: 'finished', task }
				: { ...entry, state: 'open', taskId: task.id },
		);
	}

	/** Nothing was accepted after all: what went before is what counts. */
	takeBack(request: Remembered, replaced: readonly Entry[]): void {
		this.forget(request.items);
		for (const entry of replaced) this.write(entry);
	}

	/** Counts a failure of this call of a tool, and gives how many there were since the last `settle`. */
	countFailure(): number {
		const failures = (this.stored.failures ??= {});
		return (failures[this.scope] = (failures[this.scope] ?? 0) + 1);
	}

	/** The call was answered, in images or in words: the next one with these arguments begins anew. */
	settle(): void {
		Reflect.deleteProperty(this.stored.failures ?? {}, this.scope);
	}

	/** Once all is well nobody will retry, and the execution's data need not grow. */
	clear(): void {
		for (const { items } of this.inScope()) this.forget(items);
		this.settle();
	}

	private overlapping(items: readonly number[]): Entry[] {
		return this.inScope().filter((entry) => entry.items.some((item) => items.includes(item)));
	}

	/**
	 * Writes an entry in place of all that there is for its items, and gives that. What was sent for
	 * other items too, as they were combined then, stays known for these.
	 */
	private replace(entry: Entry): Entry[] {
		const replaced: Entry[] = [];
		for (const known of this.overlapping(entry.items)) {
			const [taken, left] = [true, false].map((isTaken) => ({
				...known,
				items: known.items.filter((item) => entry.items.includes(item) === isTaken),
			}));
			this.forget(known.items);
			if (taken) replaced.push(taken);
			if (left && left.items.length > 0) this.write(left);
		}
		this.write(entry);
		return replaced;
	}

	private inScope(): Entry[] {
		return Object.entries(this.stored.entries).flatMap(([key, entry]) =>
			key === this.keyOf(entry.items) ? [entry] : [],
		);
	}

	private write(entry: Entry): void {
		this.stored.entries[this.keyOf(entry.items)] = entry;
	}

	private forget(items: readonly number[]): void {
		Reflect.deleteProperty(this.stored.entries, this.keyOf(items));
	}

	private keyOf(items: readonly number[]): string {
		return this.scope + items.join(',');
	}
}

function urlsOf({ images }: ImageTask): string[] {
	return images.flatMap(({ source }) => (source.kind === 'url' ? [source.url] : []));
}

/** The store in the node's context, emptied where it is of another run. */
function load(context: IContextObject, runIndex: number): Stored {
	const known = context.seedream as Stored | undefined;
	const isCurrent = known?.runIndex === runIndex;
	const stored: Stored = isCurrent ? known : { runIndex, entries: {} };
	for (const [key, entry] of Object.entries(stored.entries)) {
		const [, item] = KEY_OF_0_1.exec(key) ?? [];
		if (item === undefined) continue;
		Reflect.deleteProperty(stored.entries, key);
		stored.entries[item] = { ...entry, items: [Number(item)] };
	}
	context.seedream = stored;
	return stored;
}

/**
 * What an agent calls the tool with. The agent's own ID of the call, which the engine adds for
 * agents of version 3 (n8n-core 2.41, requests-response.js), is another one each time.
 */
function argumentsOf(context: IExecuteFunctions): string {
	const calls = context.getInputData().map(({ json }) => {
		const { toolCallId: _ofThisCall, ...given } = json;
		return Object.entries(given).sort(([left], [right]) => (left < right ? -1 : 1));
	});
	return createHash('sha256').update(JSON.stringify(calls)).digest('hex').slice(0, 32);
}
