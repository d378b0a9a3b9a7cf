import { ClientRequest } from 'node:http';

/** The longest that n8n's client waits for anything, in ms of real time; a file has minutes. */
const MOST_PATIENCE = 1000;

/**
 * Lets time pass `factor` times as fast for what runs in this process, until it is undone: the pauses of the nodes (n8n's `sleep` takes the
 * global setTimeout), n8n's own pause before the next try, Date.now, and the time-outs of n8n's HTTP client, which stand on the request.
 * Vitest's fake timers would not do: they stop time, and real sockets need it to go on. The emulator measures with `node:timers/promises`,
 * so its own pauses stay what they are.
 */
export function speedUp(factor: number): () => void {
	const { setTimeout: realTimeout } = globalThis;
	const { now: realNow } = Date;
	const { setTimeout: realPatience } = ClientRequest.prototype;

	const begun = realNow();
	Date.now = () => begun + (realNow() - begun) * factor;
	const faster: typeof globalThis.setTimeout = Object.assign(
		<T extends unknown[]>(work: (...args: T) => void, ms?: number, ...args: T) => realTimeout(work, (ms ?? 0) / factor, ...args),
		{ __promisify__: realTimeout.__promisify__ },
	);
	globalThis.setTimeout = faster;
	ClientRequest.prototype.setTimeout = function (ms, onTimeout) {
		return realPatience.call(this, Math.min(ms / factor, MOST_PATIENCE), onTimeout);
	};
	return () => {
		Date.now = realNow;
		globalThis.setTimeout = realTimeout;
		ClientRequest.prototype.setTimeout = realPatience;
	};
}
