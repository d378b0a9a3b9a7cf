import { randomInt } from 'node:crypto';

/**
 * A port that no system gives to whoever does not ask for one: Linux begins at 32768, macOS at 49152. One of those could be
 * somebody else's between the moment when it is found, or let go, and the moment when it is listened on.
 */
export function ownPort(): number {
	return randomInt(20_000, 32_768);
}

/** Whether listening failed because somebody else has the port. */
export function isInUse(error: unknown): boolean {
	return Reflect.get(Object(error), 'code') === 'EADDRINUSE';
}
