import { randomUUID } from 'node:crypto';
import { sleep, type IExecuteFunctions } from 'n8n-workflow';

/** Entries that n8n remembers for each workflow: two for each end of a task. */
const MAX_ENTRIES = 4000;

/** Ms after which another process that saw the same old list has written its own. */
const SETTLING_TIME_MS = 100;

const MAX_ROUNDS = 5;

/** n8n reads its list and writes it back in two steps, so that here only one may be under way. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Whether this end of a task was not seen before; from now on it was. n8n keeps the list in its
 * database, over restarts and for all its processes. Of several processes that add to the list
 * at once the last one wins, so each leaves a claim of its own and looks whether it has stayed.
 */
export async function isFirstTime(context: IExecuteFunctions, end: string): Promise<boolean> {
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		const claim = `${end}#${randomUUID()}`;
		const isNew = (await addNew(context, [end, claim])).includes(end);
		if (!isNew) return false;
		await sleep(SETTLING_TIME_MS);
		const hasClaimStayed = !(await addNew(context, [claim])).includes(claim);
		if (hasClaimStayed) return true;
	}
	return true;
}

/** Adds the entries to the list, and gives those that were not in it. */
async function addNew(context: IExecuteFunctions, entries: string[]): Promise<unknown[]> {
	const turn = last.then(async () => await record(context, entries));
	last = turn.catch(() => undefined);
	return await turn;
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
