/**
 * Runs `work` on every entry, at most `limit` at the same time, and gives the results in order.
 * Once a work rejects no further one is begun; those under way are waited for, then it rejects.
 */
export async function inParallel<T, R>(
	entries: readonly T[],
	limit: number,
	work: (entry: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const queue = entries.entries();
	let broken = false;
	const worker = async (): Promise<void> => {
		for (const [index, entry] of queue) {
			if (broken) return;
			try {
				results[index] = await work(entry, index);
			} finally {
				broken ||= !(index in results);
			}
		}
	};
	const workers = Array.from({ length: Math.min(limit, entries.length) }, worker);
	const settled = await Promise.allSettled(workers);
	const rejected = settled.find((result) => result.status === 'rejected');
	if (rejected) throw rejected.reason;
	return results;
}

/** How much larger each group of `everyAsync` is than the one before. */
const GROUP_GROWTH = 16;

/**
 * Whether `test` holds for every entry. Stops soon after the first one for which it does not:
 * the entries are tested in groups, the first entry by itself. So few tests are wasted when it
 * fails, and they are made in parallel when most hold.
 */
export async function everyAsync<T>(
	entries: readonly T[],
	test: (entry: T) => Promise<boolean>,
): Promise<boolean> {
	const left = [...entries];
	for (let size = 1; left.length > 0; size *= GROUP_GROWTH) {
		const group = left.splice(0, size);
		const held = await inParallel(group, group.length, test);
		if (held.includes(false)) return false;
	}
	return true;
}
