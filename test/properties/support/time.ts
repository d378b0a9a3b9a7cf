import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

/** Timers from this many ms on are time-outs of requests. They are let alone, as sockets are not any faster. */
const TIME_OUT_MS = 30_000;

/** Gives back the time as it was. */
export type Restore = () => void;

/**
 * Lets time run `factor` times as fast for all who ask the global timers and `Date.now`: the node and n8n's engine, but not the
 * sockets and not the emulator, which wait in real milliseconds.
 */
export function compressTime(factor: number): Restore {
	const {
		setTimeout: realTimeout,
		Date: { now: realNow },
	} = globalThis;
	const began = realNow();
	const fast = (callback: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
		realTimeout(callback, ms < TIME_OUT_MS ? ms / factor : ms, ...given);
	const fastPromise = async (ms: number, value: unknown) =>
		await new Promise((resolve) => realTimeout(resolve, ms / factor, value));
	Object.defineProperty(fast, promisify.custom, { value: fastPromise });
	Reflect.set(globalThis, 'setTimeout', fast);
	Reflect.set(Date, 'now', () => Math.round(began + (realNow() - began) * factor));
	return () => {
		Reflect.set(globalThis, 'setTimeout', realTimeout);
		Reflect.set(Date, 'now', realNow);
	};
}

/** The same for all tests of a file. */
export function useCompressedTime(factor: number): void {
	let restore: Restore = () => {};
	beforeAll(() => {
		restore = compressTime(factor);
	});
	afterAll(() => restore());
}
