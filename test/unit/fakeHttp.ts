import { asObject, parseJson } from '../../nodes/shared/seedream/objects';
import type {
	Clock,
	Http,
	HttpResponse,
	HttpRequest,
	HttpResult,
} from '../../nodes/shared/seedream/http';

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

/** A request as it went out, its body read again. */
interface ReadRequest extends Omit<HttpRequest, 'body'> {
	body?: Record<string, unknown>;
}

/** One request as it went out, and the virtual time at which it did. */
export interface Sent {
	request: ReadRequest;
	timeoutMs: number;
	at: number;
}

type Responder = (request: ReadRequest) => HttpResult;

/** Remembers what is sent, and answers from a script or by a rule. */
export class FakeHttp implements Http {
	readonly sent: Sent[] = [];
	mostAtOnce = 0;
	private atOnce = 0;

	constructor(
		private readonly clock: Clock,
		private readonly responder: Responder,
	) {}

	async send({ body, ...rest }: HttpRequest, timeoutMs: number): Promise<HttpResult> {
		const request = { ...rest, ...(body && { body: asObject(parseJson(body.toString())) }) };
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
