/** A request to n8n. */
export interface WebhookRequest {
	/** Full address with its query; else the one that the harness knows. */
	url?: string;
	method?: 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT';
	/** Put after the address: what a node's webhook has as `path`. */
	path?: string;
	/** Added to the address's own query; `undefined` takes a parameter away. */
	query?: Record<string, string | undefined>;
	headers?: Record<string, string>;
	/** As n8n has parsed it: JSON of any kind, a text, `undefined` where it parses nothing. An empty object if left out. */
	body?: unknown;
}

/** n8n's answer to a request. */
export interface WebhookAnswer {
	httpStatus: number;
	body: unknown;
}

/** The address of a request, with everything in it. */
export function requestUrl(request: WebhookRequest, knownUrl: string): URL {
	const url = new URL(request.url ?? knownUrl);
	if (request.path) url.pathname += `/${request.path}`;
	for (const [name, value] of Object.entries(request.query ?? {})) {
		if (value === undefined) url.searchParams.delete(name);
		else url.searchParams.set(name, value);
	}
	return url;
}

/** The parts of Express's request that n8n's webhook functions and nodes use. */
export function fakeRequest(request: WebhookRequest, url: URL) {
	const body = 'body' in request ? request.body : {};
	const headers: Record<string, string> = { 'content-type': 'application/json', host: url.host };
	for (const [name, value] of Object.entries(request.headers ?? {}))
		headers[name.toLowerCase()] = value;
	const header = (name: string) => headers[name.toLowerCase()];
	return {
		method: request.method ?? 'POST',
		url: url.pathname + url.search,
		originalUrl: url.pathname + url.search,
		path: url.pathname,
		params: {},
		query: Object.fromEntries(url.searchParams),
		headers,
		body,
		rawBody: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
		readRawBody: async () => {},
		contentType: headers['content-type'],
		ip: '127.0.0.1',
		ips: [],
		get: header,
		header,
	};
}

/** Express's response, kept in memory. */
export class FakeResponse {
	statusCode = 200;
	headersSent = false;
	body: unknown;
	readonly headers: Record<string, string> = {};

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	setHeader(name: string, value: string): this {
		this.headers[name.toLowerCase()] = value;
		return this;
	}

	header(name: string, value: string): this {
		return this.setHeader(name, value);
	}

	set(name: string, value: string): this {
		return this.setHeader(name, value);
	}

	getHeader(name: string): string | undefined {
		return this.headers[name.toLowerCase()];
	}

	writeHead(code: number): this {
		return this.status(code);
	}

	send(body?: unknown): this {
		return this.end(body);
	}

	json(body: unknown): this {
		return this.end(body);
	}

	end(body?: unknown): this {
		if (body !== undefined) this.body = body;
		this.headersSent = true;
		return this;
	}
}
