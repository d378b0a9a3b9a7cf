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
