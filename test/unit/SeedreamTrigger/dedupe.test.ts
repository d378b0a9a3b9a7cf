import { describe, expect, it } from 'vitest';
import type { IExecuteFunctions } from 'n8n-workflow';
import { isFirstTime } from '../../../nodes/SeedreamTrigger/dedupe';

/** A table like n8n's, read and written as a whole; `fails`: how many calls fail from now on. */
class Table {
	calls = 0;
	fails = 0;
	private readonly seen = new Set<string>();

	/** The execution of a trigger node, as far as looking for what it has seen needs it. */
	context(node = 'trigger'): IExecuteFunctions {
		const checkProcessedAndRecord = async (entries: string[]) => {
			this.calls += 1;
			await new Promise((resolve) => setImmediate(resolve));
			if (this.fails-- > 0) throw new Error('The database is locked');
			const isNew = entries.filter((entry) => !this.seen.has(entry));
			for (const entry of isNew) this.seen.add(entry);
			return { new: isNew, processed: [] };
		};
		const context: Partial<IExecuteFunctions> = Object.create({
			getWorkflow: () => ({ id: 'w' }),
			getNode: () => ({ id: node }),
			helpers: { checkProcessedAndRecord },
		});
		if (!isContext(context)) throw new TypeError('A context has an execution');
		return context;
	}
}

function isContext(value: object): value is IExecuteFunctions {
	return 'getWorkflow' in value && 'helpers' in value;
}

describe('an end that is reported several times at once', () => {
	it('is new once', async () => {
		const context = new Table().context('a');
		const found = await Promise.all(
			[1, 2, 3, 4, 5].map(async () => await isFirstTime(context, 'end')),
		);
		expect(found.filter(Boolean)).toHaveLength(1);
	});

	it('is new for the next report where the first one could not look', async () => {
		const table = new Table();
		table.fails = 2;
		const context = table.context('b');
		const found = await Promise.allSettled([
			isFirstTime(context, 'end'),
			isFirstTime(context, 'end'),
		]);
		expect(found).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: true }]);
	});

	it('takes a few looks at the list, however many ends there are', async () => {
		const table = new Table();
		const context = table.context('c');
		const ends = Array.from({ length: 200 }, (_, index) => `end ${index}`);
		const found = await Promise.all(ends.map(async (end) => await isFirstTime(context, end)));
		expect(found.every(Boolean)).toBe(true);
		expect(table.calls).toBeLessThan(40);
	});
});
