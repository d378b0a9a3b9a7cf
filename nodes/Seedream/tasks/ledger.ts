import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Remains } from '../../shared/n8n/endRun';
import { isTool } from '../../shared/n8n/tool';
import type { ImageTask } from '../../shared/seedream/task';
import { getRunIndex } from './execution';
import {
	memoryOf,
	type LedgerEntry,
	type NodeMemory,
	type RememberedRequest,
	type StoredLedger,
} from './memory';
import { upgradeEntries } from './memoryOf0_1';

/**
 * Remembers what was submitted, in the node's context, which n8n keeps over its own Retry On
 * Fail, over suspensions and over a retry of the whole execution. A request is remembered by its
 * input items alone: n8n evaluates every expression again, so that its text may be another one at
 * each try. A call of a tool is remembered by its arguments, as n8n counts each try as a run.
 */
export class Ledger {
	private readonly scope: string;
	private readonly execution: string;
	private readonly ledger: StoredLedger;

	/** Entries of earlier runs of the node in the same execution (a loop) are dropped. */
	constructor(context: IExecuteFunctions) {
		const isCall = isTool(context);
		this.scope = isCall ? `${argumentsOf(context)}/` : '';
		this.execution = context.getExecutionId();
		this.ledger = load(memoryOf(context), isCall ? 0 : getRunIndex(context));
	}

	/** How the items were grouped when the first request was sent; undefined before. */
	get isCombined(): boolean | undefined {
		return this.own().length > 0 && this.scope === '' ? this.ledger.isCombined : undefined;
	}

	keepGrouping(isCombined: boolean): void {
		this.ledger.isCombined = isCombined;
	}

	/** What was sent for exactly these items, or else for some of them. */
	find(items: readonly number[]): LedgerEntry | undefined {
		return this.ledger.entries[this.keyOf(items)] ?? this.overlapping(items)[0];
	}

	/** Everything that earlier executions have sent for any of these items. */
	earlier(items: readonly number[]): LedgerEntry[] {
		return this.overlapping(items)
			.flatMap(({ before = [], ...entry }) => [entry, ...before])
			.filter((entry) => !this.isOfThisExecution(entry));
	}

	/** Whether an entry is this execution's to go on with, and not only one of which a person retries. */
	isOfThisExecution(entry: LedgerEntry): boolean {
		return entry.execution === this.execution || entry.adoptedBy === this.execution;
	}

	/** Whether the callback of what was sent for these items comes to this execution. */
	callsBackHere(items: readonly number[]): boolean {
		return this.find(items)?.execution === this.execution;
	}

	/** From now on the entry is this execution's, whatever its expressions become at the next try. */
	adopt(entry: LedgerEntry): void {
		const others = this.earlier(entry.items).filter(
			({ fingerprint }) => fingerprint !== entry.fingerprint,
		);
		this.replace({ ...entry, adoptedBy: this.execution, tries: 1, before: others });
	}

	/** What was sent or adopted in this execution: all that may have been paid for. */
	own(): LedgerEntry[] {
		return this.inScope().filter((entry) => this.isOfThisExecution(entry));
	}

	/** How many images this execution may have ordered already, for exactly these items. */
	ordered(items: readonly number[]): number | undefined {
		const known = this.ledger.entries[this.keyOf(items)];
		return known && this.isOfThisExecution(known)
			? (known.maxImages ?? known.requestedCount)
			: undefined;
	}

	/** What an error of this run would keep from the output, though it may be paid for. */
	remains(): Remains {
		const own = this.own();
		return {
			isPerhapsBilled: own.length > 0,
			unanswered: own.filter(({ state }) => state === 'unanswered').length,
			taskIds: own.flatMap((entry) => (entry.state === 'submitted' ? [entry.taskId] : [])),
			urls: own.flatMap((entry) => (entry.state === 'finished' ? urlsOf(entry.task) : [])),
		};
	}

	/** Gives what stood in its place before, for `takeBack`. */
	markSent(request: RememberedRequest): LedgerEntry[] {
		const known = this.find(request.items);
		const tries = known && this.isOfThisExecution(known) ? known.tries + 1 : 1;
		const before = this.earlier(request.items);
		return this.replace({
			...request,
			tries,
			before,
			execution: this.execution,
			state: 'unanswered',
		});
	}

	/** Keeps the task itself where the provider has no tasks that could be read again. */
	keep(request: RememberedRequest, task: ImageTask): void {
		const { tries = 1, before = [] } = this.find(request.items) ?? {};
		const entry = { ...request, tries, before, execution: this.execution };
		this.write(
			task.id === undefined
				? { ...entry, state: 'finished', task }
				: { ...entry, state: 'submitted', taskId: task.id },
		);
	}

	/** Nothing was accepted after all: what went before is what counts. */
	takeBack(request: RememberedRequest, replaced: readonly LedgerEntry[]): void {
		this.forget(request.items);
		for (const entry of replaced) this.write(entry);
	}

	/** Counts a failure of this call of a tool, and gives how many there were since the last `settle`. */
	countFailure(): number {
		const failures = (this.ledger.failures ??= {});
		return (failures[this.scope] = (failures[this.scope] ?? 0) + 1);
	}

	/** The call was answered, in images or in words: the next one with these arguments begins anew. */
	settle(): void {
		Reflect.deleteProperty(this.ledger.failures ?? {}, this.scope);
	}

	/** Once all is well nobody will retry, and the execution's data need not grow. */
	clear(): void {
		for (const { items } of this.inScope()) this.forget(items);
		this.settle();
	}

	private overlapping(items: readonly number[]): LedgerEntry[] {
		return Object.values(this.ledger.entries).filter(
			(entry) => entry.items.some((item) => items.includes(item)) && this.isInScope(entry),
		);
	}

	/**
	 * Writes an entry in place of all that there is for its items, and gives that. What was sent for
	 * other items too, as they were combined then, stays known for these.
	 */
	private replace(entry: LedgerEntry): LedgerEntry[] {
		const replaced: LedgerEntry[] = [];
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

	private inScope(): LedgerEntry[] {
		return Object.values(this.ledger.entries).filter((entry) => this.isInScope(entry));
	}

	private isInScope(entry: LedgerEntry): boolean {
		return this.ledger.entries[this.keyOf(entry.items)] === entry;
	}

	private write(entry: LedgerEntry): void {
		this.ledger.entries[this.keyOf(entry.items)] = entry;
	}

	private forget(items: readonly number[]): void {
		Reflect.deleteProperty(this.ledger.entries, this.keyOf(items));
	}

	private keyOf(items: readonly number[]): string {
		return this.scope + items.join(',');
	}
}

function urlsOf({ images }: ImageTask): string[] {
	return images.flatMap(({ source }) => (source.kind === 'url' ? [source.url] : []));
}

/** What the node's memory holds, emptied where it is of another run. */
function load(memory: NodeMemory, runIndex: number): StoredLedger {
	const known = memory.seedream;
	const ledger = known?.runIndex === runIndex ? known : { runIndex, entries: {} };
	upgradeEntries(ledger.entries);
	memory.seedream = ledger;
	return ledger;
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
