import { describe, expect, it } from 'vitest';
import { endSentence, messageOf, toText } from '../../../../nodes/shared/n8n/text';

describe('whatever an expression gives, as text', () => {
	it.each<[unknown, string]>([
		['a boat', 'a boat'],
		['', ''],
		[null, ''],
		[undefined, ''],
		[0, '0'],
		[false, 'false'],
		[{ a: [1] }, '{"a":[1]}'],
		[['a', 'b'], '["a","b"]'],
	])('%j is "%s"', (value, text) => expect(toText(value)).toBe(text));
});

describe('the message of whatever was thrown', () => {
	it('is that of an error, or what was thrown itself', () => {
		expect(messageOf(new TypeError('no such node'))).toBe('no such node');
		expect(messageOf('no such node')).toBe('no such node');
		expect(messageOf({ code: 7 })).toBe('{"code":7}');
		expect(messageOf(undefined)).toBe('');
	});
});

describe('a sentence', () => {
	it('has one end', () => {
		expect(endSentence('It failed')).toBe('It failed.');
		for (const text of ['It failed.', 'Why?', 'No!', 'It says:'])
			expect(endSentence(text)).toBe(text);
	});
});
