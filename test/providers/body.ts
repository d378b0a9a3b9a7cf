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
