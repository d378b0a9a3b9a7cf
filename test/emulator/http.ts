import type { IncomingMessage } from 'node:http';
import type { Effects } from './faults';

/**
 * A request, read to its end. `path` has lost the base path of the host; `json` is undefined where
 * the body is not JSON.
 */
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
