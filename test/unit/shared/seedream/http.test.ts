import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../../nodes/shared/seedream/http';
import { anAnswer, START } from '../../support';

const asked = (headers: Record<string, string>) =>
	retryAfterMs(anAnswer(429, undefined, headers), START);

describe('The pause that an answer asks for', () => {
	it.each([
		['seconds', { 'retry-after': '7' }, 7000],
		['parts of a second', { 'retry-after': '0.5' }, 500],
		['a date', { 'retry-after': new Date(START + 90_000).toUTCString() }, 90_000],
		['a date that is over', { 'retry-after': new Date(START - 90_000).toUTCString() }, 0],
		['milliseconds', { 'retry-after-ms': '1250' }, 1250],
		[
			'milliseconds, which are more exact than seconds',
			{ 'retry-after-ms': '1250', 'retry-after': '2' },
			1250,
		],
		[
			'seconds, where the milliseconds make no sense',
			{ 'retry-after-ms': 'soon', 'retry-after': '2' },
			2000,
		],
	])('is understood in %s', (_, headers, pauseMs) => {
		expect(asked(headers)).toBe(pauseMs);
	});

	const senseless: Array<Record<string, string>> = [
		{},
		{ 'retry-after': '' },
		{ 'retry-after': 'soon' },
		{ 'retry-after': '-1' },
		{ 'retry-after': 'Infinity' },
	];
	it.each(senseless)('is not made up from %j', (headers) => {
		expect(asked(headers)).toBeUndefined();
	});
});
