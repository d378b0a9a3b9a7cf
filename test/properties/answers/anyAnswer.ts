import fc, { type Arbitrary } from 'fast-check';
import { FIXTURES } from '../../providers';

/** Values that answers are made of, and such as no answer should have. */
const leaf = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.double(),
	fc.integer(),
	fc.boolean(),
	fc.constantFrom(
		null,
		'completed',
		'failed',
		'constructor',
		'__proto__',
		'data:image/png;base64,',
		'https://x.test/1.png',
		'2048x',
		1e300,
		-1,
	),
	fc.webUrl(),
	fc.array(fc.constant('/9j/'), { maxLength: 3 }),
);

/** JSON of any kind, with the names that answers have. */
const anyJson: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, depthSize: 'medium' },
		leaf,
		fc.array(tie('value'), { maxLength: 5 }),
		fc.dictionary(
			fc.oneof(
				fc.constantFrom(
					'id',
					'status',
					'results',
					'result_data',
					'data',
					'images',
					'url',
					'b64_json',
					'error',
					'code',
					'message',
					'usage',
					'created',
					'size',
					'success',
					'file_url',
					'type',
					'image_index',
				),
				fc.string(),
			),
			tie('value'),
			{ maxKeys: 6 },
		),
	),
})).value;

/** An answer as documented, of which one part is something else. */
const almostAnExample: Arbitrary<unknown> = fc
	.tuple(
		fc.constantFrom(
			...FIXTURES.flatMap(({ answers }) => [
				answers.accepted,
				answers.finished,
				answers.result,
				answers.refused,
			]),
		),
		fc.nat(),
		anyJson,
	)
	.map(([example, place, other]) => replacedAt(example, place, other));

/** A body that a provider, or something on the way, may send. */
export const anyBody: Arbitrary<unknown> = fc.oneof(
	anyJson,
	almostAnExample,
	fc.constant(undefined),
);

/** Any text: JSON, pages, and the same piece very often, which is what slow patterns stumble over. */
export const anyText: Arbitrary<string> = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 500 }),
	anyBody.map((body) => JSON.stringify(body) ?? ''),
	fc
		.tuple(
			fc.oneof(
				fc.string({ maxLength: 6 }),
				fc.constantFrom(' ', '\n', '\r\n\r\n', 'data:', '\\', '%25', '{"a":', '[', '&#x0'),
			),
			fc.integer({ min: 1, max: 20_000 }),
		)
		.map(([piece, times]) => piece.repeat(times)),
);

const event = fc.oneof(
	anyBody.map((body) => `data: ${JSON.stringify(body) ?? ''}`),
	fc.constantFrom(
		'data: [DONE]',
		'event: image_generation.partial_succeeded',
		': ping',
		'id: 1',
		'data:',
		'',
	),
	fc.string(),
);

/** A stream of events, cut off anywhere. */
export const anyStream: Arbitrary<string> = fc
	.tuple(fc.array(event, { maxLength: 12 }), fc.constantFrom('\n\n', '\r\n\r\n', '\n'), fc.nat())
	.map(([events, between, end]) => events.join(between).slice(0, end === 0 ? undefined : end));

/** The value with another one in the place that is counted to, depth first. */
function replacedAt(value: unknown, place: number, other: unknown): unknown {
	const places = placesIn(value);
	return replaced(value, places[place % places.length] ?? [], other);
}

function placesIn(value: unknown): string[][] {
	if (typeof value !== 'object' || value === null) return [[]];
	return [
		[],
		...Object.entries(value).flatMap(([name, part]) =>
			placesIn(part).map((path) => [name, ...path]),
		),
	];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
	if (name === undefined) return other;
	if (Array.isArray(value)) {
		const list: unknown[] = value;
		return list.map((part, index) => (String(index) === name ? replaced(part, rest, other) : part));
	}
	return { ...Object(value), [name]: replaced(Reflect.get(Object(value), name), rest, other) };
}
