import { describe, expect, it } from 'vitest';
import type { LedgerEntry, Suspension } from '../../../../nodes/Seedream/tasks/memory';
import { upgradeEntries, upgradeSuspension } from '../../../../nodes/Seedream/tasks/memoryOf0_1';

const DIGEST = '0123456789abcdef'.repeat(4);

/** What an execution that n8n has saved remembers, as this version reads it. */
function updated(saved: object): Record<string, LedgerEntry> {
	const entries: Record<string, LedgerEntry> = JSON.parse(JSON.stringify(saved));
	upgradeEntries(entries);
	return entries;
}

describe('What version 0.1 remembered of a request', () => {
	const sent = { execution: '7', tries: 2 };

	it.each([
		['one without an answer', { state: 'sent' }, { state: 'unanswered' }],
		['an open task', { state: 'open', taskId: 'a' }, { state: 'submitted', taskId: 'a' }],
		[
			'finished images',
			{ state: 'finished', task: { images: [], remarks: ['Ended early.'] } },
			{ state: 'finished', task: { images: [], warnings: ['Ended early.'] } },
		],
	])('is found by its item, with all that is known of it: %s', (_, old, fate) => {
		expect(updated({ [`2:${DIGEST}`]: { ...sent, ...old } })).toEqual({
			'2': { ...sent, ...fate, items: [2] },
		});
	});

	it('is there for each of the items', () => {
		const open = (taskId: string) => ({ ...sent, state: 'open', taskId });
		const entries = updated({ [`0:${DIGEST}`]: open('a'), [`11:${DIGEST}`]: open('b') });
		expect(entries).toMatchObject({ '0': { taskId: 'a' }, '11': { taskId: 'b' } });
	});
});

describe('What this version remembers', () => {
	const entry = { items: [0, 1], execution: '7', tries: 1, state: 'submitted', taskId: 'a' };

	it.each(['0,1', `${DIGEST.slice(0, 32)}/0,1`])('stays as it is: %s', (key) => {
		expect(updated({ [key]: entry })).toEqual({ [key]: entry });
	});

	it('is what was brought up to date before, too', () => {
		const once = updated({ [`2:${DIGEST}`]: { execution: '7', tries: 1, state: 'sent' } });
		expect(updated(once)).toEqual(once);
	});
});

describe('An execution that sleeps', () => {
	const result = {
		items: [0],
		outcome: { ok: true, value: { status: 'processing' } },
		warnings: [],
	};
	const output = {
		download: true,
		outputMode: 'image',
		binaryProperty: 'data',
		failOnPartial: false,
	};

	function awake(results: object[]): Suspension {
		return upgradeSuspension(
			JSON.parse(JSON.stringify({ runIndex: 1, results, originals: [{ json: {} }] })),
		);
	}

	it('since version 0.1 hands its images on as was wished then', () => {
		const old = { ...result, delivery: { ...output, binaryProperty: 'picture' }, isOwn: true };
		expect(awake([old, { ...old, items: [1] }])).toMatchObject({
			runIndex: 1,
			results: [0, 1].map((item) => ({
				...result,
				items: [item],
				output: { ...output, binaryProperty: 'picture' },
			})),
			originals: [{ json: {} }],
		});
	});

	it('since version 0.1 still says of a failure what to do', () => {
		const outcome = { ok: false, error: { message: 'Refused', advice: 'Top up.', billed: 'no' } };
		const error = { message: 'Refused', hint: 'Top up.', billed: 'no' };
		expect(awake([{ ...result, outcome, delivery: output }]).results).toMatchObject([
			{ outcome: { ok: false, error } },
		]);
	});

	it('since this version goes on as it fell asleep', () => {
		expect(awake([{ ...result, output }]).results).toEqual([{ ...result, output }]);
	});
});
