import type { EncodedFile, UploadFile } from './encodedFile';
import { asObject } from './objects';

/** A request as a provider's plan describes it. `path` follows the base URL. */
export interface HttpPlan {
	method: 'GET' | 'POST' | 'PUT';
	path: string;
	headers?: Record<string, string>;
	/** Sent as JSON. Files may stand in it. */
	body?: Record<string, unknown>;
	/** In place of a body: the fields of a form, files among them. */
	form?: Record<string, string | UploadFile>;
	/** In place of a body: a file as it is. */
	file?: EncodedFile;
	/** The answer comes piece by piece, and what has come counts even if the rest does not. */
	isStream?: boolean;
}

/** A plan with its whole address. */
export interface PlannedRequest extends Omit<HttpPlan, 'path'> {
	url: string;
	/** Stop does not cut it off: its answer says which task was paid for. */
	outlivesStop?: boolean;
	/** It goes to a host that is not the provider's own: the key does not go along. */
	isForeign?: boolean;
}

/** A request as it goes over the wire. Authentication is added where it is sent. */
export interface HttpRequest extends Omit<PlannedRequest, 'body' | 'form' | 'file'> {
	body?: Buffer;
}

/** What came back. Header names are in lower case. */
export interface HttpResponse {
	status: number;
	headers: Readonly<Record<string, string>>;
	/** Parsed JSON; undefined when the body is not JSON. */
	body: unknown;
	/** The body as it came. */
	text: string;
}

/** No answer came. `sent` says whether the provider may have received the request all the same. */
export interface NetworkFailure {
	sent: 'no' | 'maybe';
	code?: string;
	message: string;
}

export type HttpResult = { response: HttpResponse } | { networkFailure: NetworkFailure };

/** The way out to the network. Never rejects, except when the execution was cancelled. */
export interface Http {
	/** `timeoutMs`: how long to wait for the whole answer. */
	send(request: HttpRequest, timeoutMs: number): Promise<HttpResult>;
}

/** Time, so that tests need not wait for it. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Rejects when the execution is cancelled meanwhile. */
	sleep(ms: number): Promise<void>;
}

/** Longest pause in ms that a `Retry-After` header is believed for. */
export const MAX_RETRY_AFTER_MS = 60_000;

/**
 * The pause in ms that an answer asks for: `Retry-After` in seconds or as a date (RFC 9110 10.2.3),
 * `retry-after-ms`, which is more exact and which openai's own clients take too, or seconds in the body
 * (Replicate docs, rate limits). Undefined when none of them is there or makes sense.
 */
export function retryAfterMs(response: HttpResponse, now: number): number | undefined {
	const { 'retry-after-ms': exact = '', 'retry-after': value = '' } = response.headers;
	const { retry_after: inBody = '' } = asObject(response.body) ?? {};
	return (
		pauseOf(exact) ??
		(Number.isNaN(Number(value)) ? pauseUntil(value, now) : pauseOf(value, 1000)) ??
		pauseOf(String(inBody), 1000)
	);
}

/** A pause in ms from a number of units of so many ms. */
function pauseOf(value: string, unitMs = 1): number | undefined {
	const number = value.trim() === '' ? NaN : Number(value);
	return number >= 0 && number < Infinity ? number * unitMs : undefined;
}

function pauseUntil(date: string, now: number): number | undefined {
	const time = Date.parse(date);
	return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}

/** The ID under which the provider can find the request in its logs. */
export function requestIdOf(response: HttpResponse): string | undefined {
	const { headers } = response;
	return headers['x-request-id'] ?? headers['x-oneapi-request-id'] ?? headers['x-fal-request-id'];
}

/** Milliseconds for a request that is answered at once. */
export const SHORT_TIMEOUT_MS = 60_000;

/** Whether the provider did what it was asked for. */
export function isAccepted({ status }: HttpResponse): boolean {
	return status >= 200 && status < 300;
}

/** Bytes of an answer that cannot be read which an error carries along. */
const MAX_RESPONSE_BYTES = 64 * 1024;

/** The body as it came, as far as it goes into an error. */
export function shownBody({ text }: HttpResponse): string {
	return Buffer.from(text).subarray(0, MAX_RESPONSE_BYTES).toString();
}
