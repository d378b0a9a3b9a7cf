import { describe, expect, it } from 'vitest';
import { Rounds } from '../../../../nodes/shared/seedream/rounds';

/** Work that takes until it is told to end. */
function works() {
	const begun: Array<{ name: string; end(): void; fail(): void }> = [];
	const work = (name: string) => async () =>
		await new Promise<string>((resolve, reject) => {
			begun.push({ name, end: () => resolve(name), fail: () => reject(new Error(name)) });
		});
	return { begun, work };
}

const settle = async () => await new Promise((resolve) => setImmediate(resolve));

describe('work in rounds', () => {
	it('gives all who join while a round is under way what the next one gives, once', async () => {
		const { begun, work } = works();
		const rounds = new Rounds<string>();
		const first = rounds.join(work('first'));
		await settle();
		const others = [rounds.join(work('second')), rounds.join(work('third'))];
		await settle();
		expect(begun.map(({ name }) => name)).toEqual(['first']);
		begun[0]?.end();
		await settle();
		expect(begun.map(({ name }) => name)).toEqual(['first', 'second']);
		begun[1]?.end();
		expect(await first).toBe('first');
		expect(await Promise.all(others)).toEqual(['second', 'second']);
	});

	it('fails for those who share a round that fails, and for nobody else', async () => {
		const { begun, work } = works();
		const rounds = new Rounds<string>();
		const failing = rounds.join(work('first')).catch(() => 'failed');
		await settle();
		const next = rounds.join(work('second'));
		begun[0]?.fail();
		await settle();
		begun[1]?.end();
		expect(await failing).toBe('failed');
		expect(await next).toBe('second');
	});
});
