import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is neither `undefined` nor `false`; an error of the question ends it. */
export async function waitUntil<T>(
	what: string,
	ask: () => Promise<T | undefined | false>,
	timeoutMs = 30_000,
	everyMs = 50,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > deadline)
			throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain for ${what}.`);
		await pause(everyMs);
	}
}
