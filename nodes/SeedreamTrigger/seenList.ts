import type { IExecuteFunctions } from 'n8n-workflow';
import { Rounds } from '../shared/seedream/rounds';

/** Entries that n8n remembers for each trigger node: two for each end of a task. */
const MAX_ENTRIES = 4000;

/**
 * n8n's list of what a trigger node has seen. n8n reads the whole list and writes it back, in two
 * steps, so only one may be under way; what is to be added meanwhile is added all at once.
 */
export class SeenList {
	private readonly rounds = new Rounds<ReadonlySet<unknown>>();
	private waiting: string[] = [];

	constructor(readonly id: string) {}

	/** Adds the entries, and gives those that were not in the list, perhaps with others' that came at the same time. */
	async add(context: IExecuteFunctions, entries: readonly string[]): Promise<ReadonlySet<unknown>> {
		this.waiting.push(...entries);
		return await this.rounds.join(async () => {
			const all = this.waiting;
			this.waiting = [];
			return new Set(await record(context, all));
		});
	}
}

/** Of two processes that begin the list at once one fails, and finds it when it tries again. */
async function record(context: IExecuteFunctions, entries: string[]): Promise<unknown[]> {
	const options = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;
	const ask = async (): Promise<unknown[]> =>
		(await context.helpers.checkProcessedAndRecord(entries, 'node', options)).new;
	try {
		return await ask();
	} catch {
		return await ask();
	}
}

/** One for each trigger node of this process. */
const lists = new Map<string, SeenList>();

export function listOf(context: IExecuteFunctions): SeenList {
	const id = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	const list = lists.get(id) ?? new SeenList(id);
	lists.set(id, list);
	return list;
}
