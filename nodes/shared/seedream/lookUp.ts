/** The table's own entry; undefined for any other word, `constructor` and its kind included. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
	return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
