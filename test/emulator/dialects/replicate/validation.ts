import type { z } from 'zod/v4';

/** One entry of `invalid_fields`, in the words that Replicate has for it. */
export interface InvalidField {
	readonly type: string;
	/** The field, or what holds it where it is missing or unknown; empty: the body itself. */
	readonly field: string;
	readonly description: string;
}

/** A value as its schema says, or everything that is wrong with it. */
export type Checked<T> = { readonly value: T } | { readonly invalid: readonly InvalidField[] };

export function check<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
	const parsed = schema.safeParse(value, { reportInput: true });
	if (parsed.success) return { value: parsed.data };
	return { invalid: firstOfEach(parsed.error.issues).flatMap(invalidFieldsOf) };
}

type Issue = z.core.$ZodIssue;

/** What has the wrong type is not blamed for its length too. */
function firstOfEach(issues: readonly Issue[]): Issue[] {
	const fields = issues.map(fieldOf);
	return issues.filter((issue, index) => fields.indexOf(fieldOf(issue)) === index);
}

function fieldOf({ path }: Issue): string {
	return path.join('.');
}

/**
 * In the words of answers that users show, which are those of the program that Replicate checks
 * with (xeipuuv/gojsonschema).
 */
function invalidFieldsOf(issue: Issue): InvalidField[] {
	const field = fieldOf(issue);
	const name = issue.path.at(-1)?.toString() ?? '';
	const invalid = (type: string, description: string) => [{ type, field, description }];
	switch (issue.code) {
		case 'unrecognized_keys':
			return issue.keys.flatMap((key) =>
				invalid('additional_property_not_allowed', `Additional property ${key} is not allowed`),
			);
		case 'invalid_value':
			return invalid('enum', `${name} must be one of the following: ${quoted(issue.values)}`);
		case 'invalid_type': {
			const { input, expected } = issue;
			if (input === undefined) return [missing(issue.path.slice(0, -1).join('.'), name)];
			return invalid(
				'invalid_type',
				`Invalid type. Expected: ${expected}, given: ${typeOf(input)}`,
			);
		}
		case 'too_big':
			return issue.origin === 'array'
				? invalid('array_max_items', `Array must have at most ${issue.maximum} items`)
				: issue.origin === 'string'
					? invalid('string_lte', `String length must be less than or equal to ${issue.maximum}`)
					: invalid('number_lte', `Must be less than or equal to ${issue.maximum}`);
		case 'too_small':
			return invalid('number_gte', `Must be greater than or equal to ${issue.minimum}`);
		case 'invalid_format':
			return invalid('format', "Does not match format 'uri'");
		default:
			return invalid(issue.code, issue.message);
	}
}

function missing(field: string, name: string): InvalidField {
	return { type: 'required', field, description: `${name} is required` };
}

function quoted(values: readonly unknown[]): string {
	return values.map((value) => JSON.stringify(value)).join(', ');
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}
