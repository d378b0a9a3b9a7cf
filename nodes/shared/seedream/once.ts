/** Makes a value when it is first asked for and keeps it: what loading the nodes does not need costs n8n's start nothing. */
export function once<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}
