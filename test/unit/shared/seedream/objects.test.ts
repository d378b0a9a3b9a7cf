import { describe, expect, it } from 'vitest';
import { asObject, lookUp, parseJson } from '../../../../nodes/shared/seedream/objects';

describe('text as JSON', () => {
	it('is its value, or nothing', () => {
		expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
		expect(parseJson('null')).toBeNull();
		for (const text of ['', '{', 'undefined', '<html>']) expect(parseJson(text)).toBeUndefined();
	});
});

describe('a JSON object', () => {
	it('has its fields, with names of any kind', () => {
		const fields = asObject(parseJson('{"a":1,"__proto__":{"b":2}}'));
		expect(Object.entries(fields ?? {})).toEqual([
			['a', 1],
			['__proto__', { b: 2 }],
		]);
	});

	it.each([[[1]], [null], [undefined], ['a'], [7]])('is not %j', (value) =>
		expect(asObject(value)).toBeUndefined(),
	);
});

describe('an entry of a table', () => {
	it('is found by its own key alone', () => {
		const table = { png: 1, toString: 2 };
		expect(lookUp(table, 'png')).toBe(1);
		expect(lookUp(table, 'toString')).toBe(2);
		for (const key of ['constructor', '__proto__', 'PNG', '', undefined])
			expect(lookUp(table, key)).toBeUndefined();
	});
});
