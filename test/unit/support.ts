import { createHash } from 'node:crypto';
import type { Connection } from '../../nodes/shared/seedream/connection';
import type { SeedreamError } from '../../nodes/shared/seedream/errors';
import type {
	Clock,
	Http,
	HttpResponse,
	HttpRequest,
	HttpResult,
} from '../../nodes/shared/seedream/http';
import type { Result } from '../../nodes/shared/seedream/result';
import { evolink } from '../../nodes/shared/seedream/providers/evolink';
import type { Provider } from '../../nodes/shared/seedream/providers/provider';
import type { BinaryReference } from '../../nodes/shared/seedream/references';
import type { ImageOptions, ImageRequest } from '../../nodes/shared/seedream/request';
import {
	validateRequest,
	type ValidatedRequest,
} from '../../nodes/shared/seedream/validation/validate';

/** A whole second, so that a date in a header is exact. */
export const START = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Virtual time: a sleep is over at once, and is remembered. */
export class FakeClock implements Clock {
	readonly pauses: number[] = [];
	private time = START;

	now(): number {
		return this.time;
	}

	sleep(ms: number): Promise<void> {
		this.pauses.push(ms);
		this.pass(ms);
		return Promise.resolve();
	}

	/** Time that goes by while something else is done. */
	pass(ms: number): void {
		this.time += ms;
	}
}

/** One request as it went out, and the virtual time at which it did. */
export interface Sent {
	request: HttpRequest;
	timeoutMs: number;
	at: number;
}

type Responder = (request: HttpRequest) => HttpResult;

/** Remembers what is sent, and answers from a script or by a rule. */
export class FakeHttp implements Http {
	readonly sent: Sent[] = [];
	mostAtOnce = 0;
	private atOnce = 0;

	constructor(
		private readonly clock: Clock,
		private readonly responder: Responder,
	) {}

	async send(request: HttpRequest, timeoutMs: number): Promise<HttpResult> {
		this.sent.push({ request, timeoutMs, at: this.clock.now() });
		this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
		await new Promise((resolve) => setImmediate(resolve));
		this.atOnce--;
		return this.responder(request);
	}

	get urls(): string[] {
		return this.sent.map(({ request }) => request.url);
	}
}

/** Answers in the order of the script; asking for more than it holds is a failure of the test. */
export function scripted(clock: Clock, results: readonly HttpResult[]): FakeHttp {
	const queue = [...results];
	return new FakeHttp(clock, ({ method, url }) => {
		const next = queue.shift();
		if (!next) throw new Error(`The script has no answer for ${method} ${url}`);
		return next;
	});
}

/** Answers the same for ever. */
export function always(clock: Clock, result: HttpResult): FakeHttp {
	return new FakeHttp(clock, () => result);
}

/** A script for each end of an address; the last answer of a script is repeated. */
export function byUrl(clock: Clock, scripts: Record<string, readonly HttpResult[]>): FakeHttp {
	const told = new Map<string, number>();
	return new FakeHttp(clock, ({ url }) => {
		const entry = Object.entries(scripts).find(([end]) => url.endsWith(end));
		if (!entry) throw new Error(`There is no script for ${url}`);
		const [end, results] = entry;
		const turn = told.get(end) ?? 0;
		told.set(end, turn + 1);
		const result = results[Math.min(turn, results.length - 1)];
		if (!result) throw new Error(`The script for ${end} is empty`);
		return result;
	});
}

export function anAnswer(
	status: number,
	body?: unknown,
	headers: Record<string, string> = {},
): HttpResponse {
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	return { status, headers, body, text };
}

export function answered(
	status: number,
	body?: unknown,
	headers: Record<string, string> = {},
): HttpResult {
	return { response: anAnswer(status, body, headers) };
}

export const NEVER_CONNECTED: HttpResult = {
	networkFailure: { sent: 'no', code: 'ECONNREFUSED', message: 'nobody listens' },
};
export const RESET: HttpResult = {
	networkFailure: { sent: 'maybe', code: 'ECONNRESET', message: 'the connection broke' },
};
export const TIMED_OUT: HttpResult = {
	networkFailure: { sent: 'maybe', code: 'ETIMEDOUT', message: 'no answer in time' },
};

const NO_OPTIONS: ImageOptions = {
	watermark: false,
	webSearch: false,
	stateCountInPrompt: true,
	stream: false,
	additionalFields: {},
};

export type RequestWishes = Partial<Omit<ImageRequest, 'options'>> & {
	options?: Partial<ImageOptions>;
};

/** A request with nothing but the essentials, changed as wished. */
export function aRequest({ options, ...wishes }: RequestWishes = {}): ImageRequest {
	return {
		operation: 'generate',
		model: { family: 'seedream-4.0' },
		prompt: 'A lake at dawn',
		numberOfImages: 1,
		size: { mode: 'ratio', aspectRatio: '16:9', resolution: '2K' },
		references: [],
		completion: 'poll',
		...wishes,
		options: { ...NO_OPTIONS, ...options },
	};
}

/** A stored PNG of 1024x1024 with these bytes. */
export function aBinary(content: string, changes: Partial<BinaryReference> = {}): BinaryReference {
	const bytes = new TextEncoder().encode(content);
	return {
		kind: 'binary',
		label: `The image in "${content}"`,
		bytes: bytes.length,
		header: { format: 'png', width: 1024, height: 1024 },
		fingerprint: createHash('sha256').update(bytes).digest('hex'),
		read: () => Promise.resolve(bytes),
		...changes,
	};
}

export const API = 'https://api.test';
export const FILES = 'https://files.test';

export function aConnection(http: Http, clock: Clock, provider: Provider = evolink): Connection {
	return { provider, baseUrl: API, uploadBaseUrl: FILES, http, clock };
}

export function checked(
	wishes: RequestWishes = {},
	provider: Provider = evolink,
): ValidatedRequest {
	return validateRequest(aRequest(wishes), provider, API);
}

/** EvoLink's answer to a task, as its documentation prints it. */
export function aTaskBody(id: string, status: string, more: Record<string, unknown> = {}): unknown {
	return {
		created: 1756817821,
		id,
		model: 'doubao-seedream-4.0',
		object: 'image.generation.task',
		progress: status === 'completed' ? 100 : 0,
		status,
		task_info: { can_cancel: false },
		type: 'image',
		...more,
	};
}

export function valueOf<T>(outcome: Result<T>): T {
	if (outcome.ok) return outcome.value;
	throw new Error(`There is no value but an error: ${outcome.error.message}`);
}

export function errorOf<T>(outcome: Result<T>): SeedreamError {
	if (!outcome.ok) return outcome.error;
	throw new Error('There is no error but a value');
}
