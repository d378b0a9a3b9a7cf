import type { Fields, ProviderFixture } from './fixture';

/** A whole body of a provider: the fields, or, where it has them inside one, that with what stands beside it. */
export function bodyOf(
	{ inside }: Pick<ProviderFixture, 'inside'>,
	fields: Fields,
	beside: Fields = {},
): Fields {
	return inside === undefined ? fields : { ...beside, [inside]: fields };
}

/** The fields in a body that was sent. */
export function fieldsIn({ inside }: Pick<ProviderFixture, 'inside'>, body: unknown): Fields {
	const fields: unknown =
		inside !== undefined && body instanceof Object ? Reflect.get(body, inside) : body;
	return { ...Object(fields) };
}

/** The text of a field of a body; undefined where there is none. */
export function textOf(body: unknown, field: string): string | undefined {
	const text: unknown = body instanceof Object ? Reflect.get(body, field) : undefined;
	return typeof text === 'string' ? text : undefined;
}

/** The text of a parameter in the query of a path. */
export function parameterOf(path: string, name: string): string | undefined {
	return new URL(path, 'http://x.test').searchParams.get(name) ?? undefined;
}
