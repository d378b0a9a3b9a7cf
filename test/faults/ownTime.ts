import { AsyncLocalStorage } from 'node:async_hooks';

/** How much shorter than it says a pause is. */
const FACTOR = 250;

/** What is longer than this (ms) is no pause but somebody's time-out: n8n pauses for a second, and the node in slices of less. */
const LONGEST_PAUSE = 3000;

interface OwnTime {
	/** By how much this time is ahead of the real one, in ms. */
	ahead: number;
}

const times = new AsyncLocalStorage<OwnTime>();

/** Runs something in a time of its own, in which pauses are skipped, once `skipPauses` is on. */
export async function inItsOwnTime<T>(work: () => Promise<T>): Promise<T> {
	return await times.run({ ahead: 0 }, work);
}

/**
 * Makes pauses short for what runs in its own time, until it is undone: the pauses of the nodes (n8n's `sleep` takes the global setTimeout), and
 * n8n's own before the next try. Date.now goes on as if they had been as long as they should. Vitest's fake timers would not do: they are
 * the same for all cells, and stop time, which real sockets need. All that is no pause takes the time it takes, so a machine that is busy
 * changes nothing; what runs in no time of its own (the emulator, other tests) sees nothing of this.
 */
export function skipPauses(): () => void {
	const { setTimeout: realTimeout } = globalThis;
	const { now: realNow } = Date;
	Date.now = () => realNow() + (times.getStore()?.ahead ?? 0);
	const skipping: typeof globalThis.setTimeout = Object.assign(
		<T extends unknown[]>(work: (...args: T) => void, ms = 0, ...args: T) => {
			const own = times.getStore();
			if (!own || ms > LONGEST_PAUSE) return realTimeout(work, ms, ...args);
			const due = realNow() + own.ahead + ms;
			const wake = (...given: T) => {
				own.ahead = Math.max(own.ahead, due - realNow());
				work(...given);
			};
			return realTimeout(wake, ms / FACTOR, ...args);
		},
		{ __promisify__: realTimeout.__promisify__ },
	);
	globalThis.setTimeout = skipping;
	return () => {
		Date.now = realNow;
		globalThis.setTimeout = realTimeout;
	};
}
