import { cellsOf, nameOf, type Cell, type Kind } from './cells';
import { skipPauses } from './ownTime';
import { Patience } from './patience';
import { exists } from './promises';
import type { Seen } from './seen';
import { Stage } from './stage';

/** Cells at the same time. Most of their time is spent waiting. */
const LANES = 8;

export interface Played {
	readonly cell: Cell;
	readonly seen: Seen;
}

/** Runs all cells for requests of one kind, and gives them in their order. */
export async function playAll(provider: Cell['provider'], kind: Kind): Promise<Played[]> {
	const cells = cellsOf(provider, kind).filter(exists);
	const played = new Map<Cell, Seen>();
	const patience = new Patience();
	const restore = skipPauses();
	try {
		const queue = [...cells];
		const lanes = Array.from({ length: LANES }, () => playInTurn(queue, patience, played));
		await Promise.all(lanes);
	} finally {
		restore();
		patience.stop();
	}
	return cells.flatMap((cell) => {
		const seen = played.get(cell);
		return seen ? [{ cell, seen }] : [];
	});
}

/** One lane of several that share a queue. */
async function playInTurn(
	queue: Cell[],
	patience: Patience,
	played: Map<Cell, Seen>,
): Promise<void> {
	const stage = await Stage.open(patience.end);
	for (let cell = queue.shift(); cell; cell = queue.shift()) {
		try {
			played.set(cell, await stage.play(cell));
		} catch (cause) {
			throw new Error(nameOf(cell), { cause });
		}
	}
	await stage.close();
}
