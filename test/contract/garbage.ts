/** Bodies that no documentation promises, by a name that a person can read. */
export const GARBAGE: Array<[string, unknown]> = [
	['nothing', undefined],
	['null', null],
	['an empty list', []],
	['an empty object', {}],
	['an empty text', ''],
	['text', 'Service temporarily unavailable'],
	['HTML', '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>'],
	['zero', 0],
	['a number', 4711],
	['true', true],
	['a list of nulls', [null, null]],
	['a list of lists', [[[]]]],
	[
		'a huge object',
		Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, index])),
	],
	['a deep object', deep(200)],
	['a long list', Array.from({ length: 5000 }, () => 'x')],
	['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
];

/** Values that may stand where another was expected. */
const STRANGE: unknown[] = [
	undefined,
	null,
	'',
	'constructor',
	'<html>',
	-1,
	0,
	1e300,
	true,
	[],
	[null],
	[[]],
	{},
	{ constructor: null },
	deep(20),
];

function deep(levels: number): unknown {
	return Array.from({ length: levels }).reduce<unknown>((inner) => ({ data: inner }), 'x');
}

/** Every variant of a value in which one part, at any depth, is something strange. */
export function withOneStrangePart(value: unknown): unknown[] {
	const inside = entriesOf(value).flatMap(([key, part]) =>
		withOneStrangePart(part).map((strange) => withPart(value, key, strange)),
	);
	return [...STRANGE, ...inside];
}

function entriesOf(value: unknown): Array<[string, unknown]> {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function withPart(value: unknown, key: string, part: unknown): unknown {
	if (Array.isArray(value)) {
		const list: unknown[] = value;
		return list.map((entry, index) => (String(index) === key ? part : entry));
	}
	return { ...Object.fromEntries(entriesOf(value)), [key]: part };
}

/** Makes any later change to a value throw. */
export function deepFreeze<T>(value: T): T {
	for (const [, part] of entriesOf(value)) deepFreeze(part);
	return Object.freeze(value);
}

/** Where in a value something is undefined, as paths. */
export function undefinedParts(value: unknown, path = 'body'): string[] {
	if (value === undefined) return [path];
	return entriesOf(value).flatMap(([key, part]) => undefinedParts(part, `${path}.${key}`));
}
