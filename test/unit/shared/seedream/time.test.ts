import { describe, expect, it } from 'vitest';
import { inWords, toMilliseconds } from '../../../../nodes/shared/seedream/time';

describe('a span of time that a user gives in seconds', () => {
	it.each([
		[3, 3000],
		[0.05, 50],
		[2.34567, 2346],
		[0, 1],
		[1e-9, 1],
		[2_147_483, 2_147_483_000],
		[3_000_000, 2_147_483_647],
		[Infinity, 2_147_483_647],
	])('%d is %d ms: whole, at least 1, and no more than a timer can keep', (seconds, ms) => {
		expect(toMilliseconds(seconds)).toBe(ms);
	});
});

describe('a time in words', () => {
	it.each([
		[1, '1 seconds'],
		[119_001, '120 seconds'],
		[120_001, '3 minutes'],
		[7_200_000, '120 minutes'],
		[7_200_001, '3 hours'],
	])('%d ms are %s: never less than it takes', (ms, words) => expect(inWords(ms)).toBe(words));
});
