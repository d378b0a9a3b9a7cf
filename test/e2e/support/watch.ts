import { setTimeout as pause } from 'node:timers/promises';

/** What came of asking the same thing again and again. */
export interface Watched {
	asked: number;
	failed: number;
	slowestMs: number;
}

/** Asks every so many ms, never twice at once, while something is done: whether a server stays alive meanwhile. */
export async function watchWhile<T>(
	ask: () => Promise<unknown>,
	work: () => Promise<T>,
	everyMs = 250,
): Promise<{ result: T; watched: Watched }> {
	const watched: Watched = { asked: 0, failed: 0, slowestMs: 0 };
	let isDone = false;
	const watching = (async () => {
		while (!isDone) {
			const sent = performance.now();
			watched.asked += 1;
			await ask().catch(() => (watched.failed += 1));
			const took = performance.now() - sent;
			watched.slowestMs = Math.max(watched.slowestMs, Math.round(took));
			await pause(Math.max(0, everyMs - took));
		}
	})();
	try {
		const result = await work();
		return { result, watched };
	} finally {
		isDone = true;
		await watching;
	}
}
