/**
 * Decodes the `flatted` format, in which n8n stores execution data: a JSON list of values, where every text inside a value
 * is the index of the value that is meant. So a value may be shared by several places, or hold itself.
 */
export function parseFlatted(text: string): unknown {
	const values: unknown = JSON.parse(text);
	if (!Array.isArray(values)) throw new Error('This is not flatted JSON: it must be a list.');
	const entries: readonly unknown[] = values;
	const revived = new Set<number>();

	const resolve = (reference: unknown): unknown => {
		if (typeof reference !== 'string') return reference;
		const index = Number(reference);
		const value = entries[index];
		if (typeof value !== 'object' || value === null || revived.has(index)) return value;
		revived.add(index);
		// In place and marked before going deeper, so that a circle closes on the same object.
		for (const [key, inner] of Object.entries(value)) Reflect.set(value, key, resolve(inner));
		return value;
	};
	return resolve('0');
}
