/** Text from whatever a field or an expression gives; empty for nothing, JSON for an object. */
export function toText(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : toText(error);
}

/** The text with a full stop, unless it ends like a sentence. */
export function endSentence(text: string): string {
	return /[.!?:]$/.test(text) ? text : `${text}.`;
}
