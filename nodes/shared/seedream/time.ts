/** The longest time in ms that a timer keeps: above it Node.js lets a timer run out at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A span of time in ms from seconds as a user gives them: a whole number, as Node.js demands, of
 * at least 1 and at most what a timer can keep (some 24 days).
 */
export function toMilliseconds(seconds: number): number {
	return Math.min(Math.max(1, Math.round(seconds * 1000)), LONGEST_TIMER_MS);
}

/** A time in ms in words: `90 seconds`, `5 minutes`; whole units, rounded up. */
export function inWords(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	if (seconds <= 120) return `${seconds} seconds`;
	const minutes = Math.ceil(seconds / 60);
	return minutes <= 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
