/** The beginning of a text, with a sign that there is more. */
export function shorten(text: string, most = 80): string {
	return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
