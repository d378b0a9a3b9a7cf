import type { IncomingMessage } from 'node:http';
import type { Effects } from './faults';

/** What a request was for. Faults and recordings go by it, not by the path. */
export const KINDS = [
	'create',
	'query',
	'upload',
	'download',
	'credits',
	'models',
	'callback',
	'other',
] as const;
export type Kind = (typeof KINDS)[number];

/** A request, read to its end. `path` has lost the provider's prefix; `json` is undefined where the body is not JSON. */
export interface Call {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: Readonly<Record<string, string>>;
	readonly raw: Buffer;
	readonly json: unknown;
	readonly effects: Effects;
}

export type Reply = JsonReply | BytesReply | EventsReply;

export interface JsonReply {
	readonly is: 'json';
	readonly status: number;
	readonly json: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface BytesReply {
	readonly is: 'bytes';
	readonly status: number;
	readonly type: string;
	readonly bytes: Buffer;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A server-sent event stream: each part is written as it comes. */
export interface EventsReply {
	readonly is: 'events';
	readonly status: number;
	readonly parts: AsyncIterable<string>;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
	readonly method: string;
	readonly path: RegExp;
	readonly kind: Kind;
	handle(call: Call, match: RegExpMatchArray): Reply | Promise<Reply>;
}

export function json(status: number, body: unknown, headers?: Record<string, string>): JsonReply {
	return { is: 'json', status, json: body, headers };
}

/** Ten references of 30 MB as base64 are the largest body that any documented limit adds up to. */
const LARGEST_BODY = 450 * 1024 * 1024;

export async function readAll(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of request) {
		const bytes: Buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
		size += bytes.length;
		if (size > LARGEST_BODY) throw new Error('request body too large');
		parts.push(bytes);
	}
	return Buffer.concat(parts, size);
}

export function parseJson(raw: Buffer): unknown {
	if (raw.length === 0) return undefined;
	try {
		const value: unknown = JSON.parse(raw.toString('utf8'));
		return value;
	} catch {
		return undefined;
	}
}

export function plainHeaders(request: IncomingMessage): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return headers;
}

/** This machine. References are fetched from nowhere else: the emulator must not reach out to the world for a test. */
export function isLoopback(url: URL): boolean {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** Hosts that EvoLink does not call back (docs, image-series/seedream, `callback_url`), and names without a domain. */
export function isPrivateHost(url: URL): boolean {
	const host = url.hostname;
	return (
		isLoopback(url) ||
		!host.includes('.') ||
		/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)
	);
}

/** The URL, if it is one that a provider would fetch. */
export function webUrl(text: string): URL | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
