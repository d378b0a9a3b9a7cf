import { describe, expect, it } from 'vitest';
import {
	readParameters,
	titleOf,
	type ParameterReader,
} from '../../../../nodes/shared/n8n/parameterReader';

/** Fields by what stands in them; a getter that throws is an expression that fails. */
function read<T>(fields: object, reading: (reader: ParameterReader) => T) {
	const context = {
		getNodeParameter: (path: string, _item: number, fallback?: unknown) =>
			Reflect.has(fields, path) ? Reflect.get(fields, path) : fallback,
	};
	const { value, problems } = readParameters(context, 0, reading);
	for (const { kind } of problems) expect(kind).toBe('syntax');
	return { value, problems: problems.map(({ text }) => text) };
}

const FAILS = {
	get field(): never {
		throw new Error('Node "Gone" is not there');
	},
};
const field = (byDefault: string | number | boolean = '') => ({
	name: 'field',
	displayName: 'Field (Seconds)',
	default: byDefault,
});
const fine = <T>(value: T) => ({ value, problems: [] });
const lines = (text: string) => text.split('\n');
const COLOURS: ['red', 'blue'] = ['red', 'blue'];

describe('a field', () => {
	it('that is not there, or that an expression leaves empty, has its default', () => {
		const reading = (reader: ParameterReader) => [reader.text(field('a')), reader.number(field(7))];
		expect(read({}, reading)).toEqual(fine(['a', 7]));
		expect(read({ field: null }, reading)).toEqual(fine(['a', 7]));
	});

	it('within a collection is read there, and its problems count', () => {
		const reading = (reader: ParameterReader) => reader.within({ name: 'options' }).number(field());
		expect(read({ 'options.field': 3, field: 4 }, reading)).toEqual(fine(3));
		expect(read({ 'options.field': 'x', field: 4 }, reading).problems).toHaveLength(1);
	});

	it('is named by its title, without the unit', () => {
		expect(titleOf(field())).toBe('Field');
	});
});

describe('an expression that fails', () => {
	it.each<[string, (reader: ParameterReader) => unknown, unknown]>([
		['text', (reader) => reader.text(field('a')), 'a'],
		['text with a stand-in', (reader) => reader.text(field('a'), 'b'), 'b'],
		['number', (reader) => reader.number(field(7)), 7],
		['optional number', (reader) => reader.optionalNumber(field()), undefined],
		['flag', (reader) => reader.flag(field(true)), true],
		['choice', (reader) => reader.choice(field('blue'), COLOURS), 'blue'],
		['optional choice', (reader) => reader.optionalChoice(field(), COLOURS), undefined],
		['list', (reader) => reader.list(field(), lines), []],
		['JSON', (reader) => reader.json(field()), undefined],
	])('gives the default and one problem: %s', (_, reading, value) => {
		expect(read(FAILS, reading)).toEqual({
			value,
			problems: ['The expression in field cannot be evaluated: Node "Gone" is not there.'],
		});
	});

	it('hides nothing of the rest', () => {
		const fields = { ...Object.create(null), count: 'many', colour: 'green' };
		Object.defineProperty(fields, 'field', { get: () => FAILS.field });
		const { value, problems } = read(fields, (reader) => [
			reader.text(field('a')),
			reader.number({ name: 'count', displayName: 'Count', default: 3 }),
			reader.choice({ name: 'colour', displayName: 'Colour', default: 'blue' }, COLOURS),
		]);
		expect(value).toEqual(['a', 3, 'blue']);
		expect(problems).toEqual([
			expect.stringContaining('cannot be evaluated'),
			'Count is "many", and it must be a number.',
			'Colour is "green". Choose one of red, blue.',
		]);
	});
});

describe('a number', () => {
	const number = (given: unknown) => read({ field: given }, (reader) => reader.number(field(7)));
	const optional = (given: unknown) =>
		read({ field: given }, (reader) => reader.optionalNumber(field()));

	it.each<[unknown, number]>([
		[2.5, 2.5],
		['12', 12],
		[' 1e3 ', 1000],
		[0, 0],
	])('may come as text: %j', (given, value) => {
		expect(number(given)).toEqual(fine(value));
		expect(optional(given)).toEqual(fine(value));
	});

	it.each<[unknown, string]>([
		['many', 'many'],
		[true, 'true'],
		[[3], '[3]'],
	])('is not %j: a problem, with what stands there', (given, shown) => {
		const problems = [`Field is "${shown}", and it must be a number.`];
		expect(number(given)).toEqual({ value: 7, problems });
		expect(optional(given)).toEqual({ value: NaN, problems });
	});

	it('that may be left out is nothing where it is', () => {
		expect(optional('  ')).toEqual(fine(undefined));
		expect(number('  ').problems).toEqual(['Field is "  ", and it must be a number.']);
	});
});

describe('a switch', () => {
	const flag = (given: unknown, byDefault = true) =>
		read({ field: given }, (reader) => reader.flag(field(byDefault)));

	it.each<[unknown, boolean]>([
		[true, true],
		[false, false],
		[' TRUE ', true],
		['False', false],
	])('may come as text: %j', (given, value) => expect(flag(given)).toEqual(fine(value)));

	it('that is left empty is as by default', () => {
		expect([flag(''), flag('', false)]).toEqual([fine(true), fine(false)]);
	});

	it.each(['yes', '1', 1, [true]])('is never on or off by a guess: %j', (given) => {
		expect(flag(given, false)).toEqual({
			value: false,
			problems: [expect.stringMatching(/^Field is ".*", and it must be true or false\.$/)],
		});
	});
});

describe('a choice', () => {
	it('is one of those on offer, to the letter', () => {
		const choose = (given: unknown) =>
			read({ field: given }, (reader) => reader.choice(field('red'), COLOURS));
		expect(choose('blue')).toEqual(fine('blue'));
		expect(choose('Blue')).toEqual({
			value: 'red',
			problems: ['Field is "Blue". Choose one of red, blue.'],
		});
	});

	it('that may be left out is nothing where it is', () => {
		const choose = (given: unknown) =>
			read({ field: given }, (reader) => reader.optionalChoice(field(), COLOURS));
		expect(choose('')).toEqual(fine(undefined));
		expect(choose('green').problems).toHaveLength(1);
	});
});

describe('a list', () => {
	it.each<[string, unknown]>([
		['lines', 'a\n b \n\nc'],
		['a list', ['a', ' b', null, 'c ']],
		['lists of lines', ['a\nb', ['c']]],
		['a JSON array', ' ["a", "b\\nc"]'],
	])('is taken from %s', (_, given) => {
		expect(read({ field: given }, (reader) => reader.list(field(), lines))).toEqual(
			fine(['a', 'b', 'c']),
		);
	});

	it('is the text itself where that only begins like JSON', () => {
		expect(read({ field: '[draft] a' }, (reader) => reader.list(field(), lines))).toEqual(
			fine(['[draft] a']),
		);
	});
});

describe('JSON', () => {
	const object = (given: unknown) => read({ field: given }, (reader) => reader.jsonObject(field()));

	it('comes as text or as an object, or not at all', () => {
		expect(object('{"a":1}')).toEqual(fine({ a: 1 }));
		expect(object({ a: 1 })).toEqual(fine({ a: 1 }));
		expect(object(' ')).toEqual(fine({}));
	});

	it.each([
		['{"a":', /^Field is not valid JSON: \{"a":$/],
		['[1]', /^Field must be a JSON object/],
		['7', /^Field must be a JSON object/],
	])('that is no object is a problem: %s', (given, text) => {
		expect(object(given)).toEqual({ value: {}, problems: [expect.stringMatching(text)] });
	});
});
