/** The value in the middle; of an even number of values the mean of the two there. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length / 2;
	const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
	if (low === undefined || high === undefined) throw new Error('There is no median of nothing.');
	return (low + high) / 2;
}

/** The smallest and the largest value. */
export function spread(values: readonly number[]): [low: number, high: number] {
	return [Math.min(...values), Math.max(...values)];
}

/** How many times as large the first is, round by round: rounds that ran side by side had the same weather. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
	return ours.flatMap((value, round) => {
		const other = theirs[round];
		return other === undefined ? [] : [value / other];
	});
}
