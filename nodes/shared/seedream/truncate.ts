/** The beginning of a text, with a sign that there is more. */
export function truncate(text: string, maxCharacters = 80): string {
	return text.length > maxCharacters ? `${text.slice(0, maxCharacters - 1)}…` : text;
}
