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
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	return Object.fromEntries(Object.entries(value));
}

/** The table's own entry; undefined for any other word, `constructor` and its kind included. */
export function lookUp<T>(
	table: Readonly<Record<string, T>>,
	key: string | undefined,
): T | undefined {
	return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
