import { z } from 'zod/v4';
import { badField } from './apiError';

/** A prompt or name with something in it. */
export const text = z.string().refine((value) => value.trim() !== '', 'must not be empty');

/** The body as the schema says, or the first thing that is wrong with it. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
	if (body === undefined) throw badField('body', 'the request body is not valid JSON');
	const parsed = schema.safeParse(body);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	if (issue === undefined) throw badField('body', 'invalid');
	const field = issue.path.join('.');
	if (issue.code === 'unrecognized_keys') {
		const name = [field, issue.keys[0]].filter(Boolean).join('.');
		throw badField(name, `unknown field \`${name}\``, 'unsupported');
	}
	const missing = valueAt(body, issue.path) === undefined;
	throw badField(field || 'body', issue.message, missing ? 'missing' : 'invalid');
}

/** Refuses fields that the provider has, but this model has not. */
export function rejectUnsupportedFields(
	body: Readonly<Record<string, unknown>>,
	fields: readonly string[],
	model: string,
): void {
	const found = fields.find((field) => body[field] !== undefined);
	if (found !== undefined) {
		throw badField(
			found,
			`the parameter \`${found}\` is not supported by the current model ${model}`,
			'unsupported',
		);
	}
}

export function checkOneOf(
	field: string,
	value: string | undefined,
	allowed: readonly string[],
): void {
	if (value !== undefined && !allowed.includes(value)) {
		throw badField(field, `must be one of: ${allowed.join(', ')}`);
	}
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
		value,
	);
}
