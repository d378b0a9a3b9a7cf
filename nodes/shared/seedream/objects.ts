/** Parsed JSON; undefined for text that is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The fields of a JSON object; undefined for anything else. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
	if (!isObject(value) || Array.isArray(value)) return undefined;
	return Object.fromEntries(Object.entries(value));
}

/** A property of whatever it is; undefined where that is no object. */
export function propertyOf(value: unknown, name: string): unknown {
	return isObject(value) ? Reflect.get(value, name) : undefined;
}

export function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** The table's own entry; undefined for any other word, `constructor` and its kind included. */
export function lookUp<T>(
	table: Readonly<Record<string, T>>,
	key: string | undefined,
): T | undefined {
	return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
