import { randomUUID } from 'node:crypto';
import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { listOf, type SeenList } from './seenList';

/** Ms after which another process that saw the same old list has written its own. */
const SETTLING_TIME_MS = 100;

const MAX_ROUNDS = 5;

/** The ends that are being looked at, with whether they are new. */
const underWay = new Map<string, Promise<boolean>>();

/**
 * Whether this end of a task was not seen before; from now on it was. n8n keeps the list in its
 * database, over restarts and for all its processes.
 */
export async function isFirstTime(context: IExecuteFunctions, end: string): Promise<boolean> {
	const list = listOf(context);
	const id = `${list.id}:${end}`;
	const earlier = underWay.get(id) ?? Promise.resolve(false);
	const turn = earlier.catch(() => false).then(async () => await claim(context, list, end));
	underWay.set(id, turn);
	try {
		return await turn;
	} finally {
		if (underWay.get(id) === turn) underWay.delete(id);
	}
}

/**
 * Of several processes that add to the list at once the last one wins, so each leaves a claim of
 * its own and looks whether it has stayed.
 */
async function claim(context: IExecuteFunctions, list: SeenList, end: string): Promise<boolean> {
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		const ownClaim = `${end}#${randomUUID()}`;
		const isNew = (await list.add(context, [end, ownClaim])).has(end);
		if (!isNew) return false;
		await sleep(SETTLING_TIME_MS);
		const hasClaimStayed = !(await list.add(context, [ownClaim])).has(ownClaim);
		if (hasClaimStayed) return true;
	}
	return true;
}
