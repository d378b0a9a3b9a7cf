import type { IExecuteFunctions } from 'n8n-workflow';

/** Ends of tasks that are remembered for each workflow. */
const MOST_REMEMBERED = 10_000;

/** n8n reads what was seen and writes it back in two steps, so that only one may be under way. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Whether this end of a task was not seen before; from now on it was. n8n keeps it in its
 * database, for all its processes and over restarts.
 */
export async function isFirstTime(context: IExecuteFunctions, end: string): Promise<boolean> {
	const turn = last.then(async () => await record(context, end));
	last = turn.catch(() => undefined);
	return await turn;
}

async function record(context: IExecuteFunctions, end: string): Promise<boolean> {
	const seen = await context.helpers.checkProcessedAndRecord([end], 'node', {
		mode: 'entries',
		maxEntries: MOST_REMEMBERED,
	});
	return seen.new.length > 0;
}
