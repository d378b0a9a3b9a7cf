import { describe, expect, it } from 'vitest';
import {
	hasEnded,
	lifetime,
	parseStatus,
	type TaskStatus,
} from '../../../../nodes/shared/seedream/task';

describe("a provider's word for the state of a task", () => {
	const words: Array<[TaskStatus, string[]]> = [
		['pending', ['pending', 'queued', 'submitted', 'created']],
		['processing', ['processing', 'running', 'in_progress']],
		['completed', ['completed', 'complete', 'succeeded', 'success']],
		['failed', ['failed', 'failure', 'error']],
		['cancelled', ['cancelled', 'canceled']],
	];
	it.each(words)('is read as %s', (status, synonyms) => {
		for (const word of synonyms) expect(parseStatus(word)).toBe(status);
	});

	it('is read in any case of letters', () => {
		expect(parseStatus('SUCCEEDED')).toBe('completed');
		expect(parseStatus('In_Progress')).toBe('processing');
	});

	it.each(['', 'paused', 'moderating', '42', 'complete!', 'constructor', '__proto__', 'toString'])(
		'counts as still processing when it is not known: "%s"',
		(word) => {
			expect(parseStatus(word)).toBe('processing');
		},
	);

	it('is an end only for completed, failed and cancelled', () => {
		const all: TaskStatus[] = ['pending', 'processing', 'completed', 'failed', 'cancelled'];
		expect(all.filter(hasEnded)).toEqual(['completed', 'failed', 'cancelled']);
	});
});

describe('the lifetime of links', () => {
	it('runs from the time of making, for the hours that the provider says', () => {
		expect(lifetime(1_757_165_031_000, 24)).toEqual({
			createdAt: '2025-09-06T13:23:51.000Z',
			expiresAt: '2025-09-07T13:23:51.000Z',
		});
	});

	it('is left out where the hours are not known, and altogether where the time is not', () => {
		expect(lifetime(1_757_165_031_000, undefined)).toEqual({
			createdAt: '2025-09-06T13:23:51.000Z',
		});
		expect(lifetime(undefined, 24)).toEqual({});
	});

	it('keeps a part of a second', () => {
		expect(lifetime(500, 1)).toEqual({
			createdAt: '1970-01-01T00:00:00.500Z',
			expiresAt: '1970-01-01T01:00:00.500Z',
		});
	});

	it.each([1e300, -1e300, Infinity, NaN])('is left out for a time that is none: %d', (ms) => {
		expect(lifetime(ms, 24)).toEqual({});
	});
});
