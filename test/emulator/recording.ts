import type { Kind } from './kind';

/** A request as it came in. Bodies have their base64 shortened. */
export interface RecordedRequest {
	readonly provider: string;
	readonly kind: Kind;
	readonly method: string;
	/** With the base path of the host and the query string. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON, or undefined. */
	readonly body: unknown;
	readonly at: number;
	/** What was answered; undefined where nothing was. */
	status?: number;
}

const LONGEST = 200;
const SHOWN = 40;

/** The same value with base64 content cut short: a hundred recorded edits would hold gigabytes. */
export function shorten(value: unknown): unknown {
	if (typeof value === 'string') return shortenText(value);
	if (Array.isArray(value)) return value.map(shorten);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]));
}

function shortenText(text: string): string {
	const content = text.replace(/^data:[^,]{0,100},/, '');
	if (text.length <= LONGEST || /[^A-Za-z0-9+/=_-]/.test(content)) return text;
	return `${text.slice(0, SHOWN)}…(${text.length} chars)`;
}
