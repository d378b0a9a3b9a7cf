import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../../nodes/shared/seedream/parallel';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('work on many entries', () => {
	it('gives its results in the order of the entries, whichever ends first', async () => {
		const results = await inParallel([3, 1, 2], 3, async (turns, index) => {
			for (let passed = 0; passed < turns; passed++) await turn();
			return `${index}: ${turns}`;
		});
		expect(results).toEqual(['0: 3', '1: 1', '2: 2']);
	});

	it.each([1, 2, 5])('is done on as many at the same time as is allowed: %d', async (limit) => {
		let [now, most] = [0, 0];
		await inParallel([1, 2, 3, 4, 5, 6], limit, async () => {
			most = Math.max(most, ++now);
			await turn();
			now--;
		});
		expect(most).toBe(limit);
	});

	it('is over at once where there is nothing', async () => {
		expect(await inParallel([], 5, async () => await turn())).toEqual([]);
	});

	it('is not begun any more once one fails; what is under way is waited for', async () => {
		const ended: string[] = [];
		const work = async (entry: string) => {
			await turn();
			if (entry === 'broken') throw new Error('broken');
			await turn();
			ended.push(entry);
		};
		const all = inParallel(['broken', 'under way', 'next', 'last'], 2, work);
		await expect(all).rejects.toThrow('broken');
		expect(ended).toEqual(['under way']);
	});

	it('fails with what was thrown, be it nothing at all', async () => {
		const silent = inParallel([1], 1, () => Promise.reject(undefined));
		await expect(silent).rejects.toBeUndefined();
	});
});
