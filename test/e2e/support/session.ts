import { z } from 'zod/v4';

/** An answer of n8n other than success. */
export class RestError extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		readonly status: number,
		readonly body: string,
	) {
		super(`${method} ${path} was answered with ${status}: ${body.slice(0, 600)}`);
		this.name = 'RestError';
	}
}

/** HTTP with n8n as a signed-in browser does it: the cookie is kept, and so is the id that n8n ties the cookie to. */
export class Session {
	private cookie = '';

	constructor(
		readonly baseUrl: string,
		private readonly browserId = 'n8n-nodes-seedream-e2e',
	) {}

	/** One request; anything but a 2xx answer is a `RestError`. */
	async send(
		method: string,
		path: string,
		body?: unknown,
		headers: Readonly<Record<string, string>> = {},
	): Promise<Response> {
		const ask = async () =>
			await fetch(`${this.baseUrl}${path}`, {
				method,
				headers: {
					'browser-id': this.browserId,
					...(this.cookie === '' ? {} : { cookie: this.cookie }),
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
					...headers,
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
		// A busy n8n may close an idle connection just when it is used again; what only reads is asked once more.
		const response = await (method === 'GET' ? ask().catch(ask) : ask());
		if (!response.ok) throw new RestError(method, path, response.status, await response.text());
		const auth = response.headers.getSetCookie().find((each) => each.startsWith('n8n-auth='));
		if (auth !== undefined) this.cookie = auth.split(';')[0] ?? '';
		return response;
	}

	/** One request whose answer is JSON of the form `{ data }`, checked against the schema of its data. */
	async data<T>(
		schema: z.ZodType<T>,
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	): Promise<T> {
		const response = await this.send(method, path, body, headers);
		const answer: unknown = await response.json();
		const checked = z.object({ data: schema }).safeParse(answer);
		if (checked.success) return checked.data.data;
		throw new Error(
			`${method} ${path} was answered in a form that is not expected here:\n${z.prettifyError(checked.error)}`,
		);
	}
}
