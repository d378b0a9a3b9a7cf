import { inParallel } from '../../shared/seedream/parallel';

/**
 * Whether `test` holds for every entry. Stops soon after the first one for which it does not:
 * the entries are tested in groups that double in size, the last entry first. So few tests are
 * wasted when most fail, and they are made in parallel when most hold.
 */
export async function holdsForAll<T>(
	entries: readonly T[],
	test: (entry: T) => Promise<boolean>,
): Promise<boolean> {
	const left = [...entries];
	for (let size = 1; left.length > 0; size *= 2) {
		const group = left.splice(-size);
		const held = await inParallel(group, group.length, test);
		if (held.includes(false)) return false;
	}
	return true;
}
