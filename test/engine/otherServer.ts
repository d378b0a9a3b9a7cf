import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** A server on this machine that is no provider: an image host, or a host that redirects. */
export interface OtherServer {
	url: string;
	requests: IncomingMessage[];
	stop(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function startOtherServer(answer: Answer): Promise<OtherServer> {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		answer(request, response);
	});
	const port = await new Promise<number>((resolve) => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(address instanceof Object ? address.port : 0);
		});
	});
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** One such server for all tests of a file, or of the `describe` that calls this; its requests are forgotten before each test. */
export function useOtherServer(answer: Answer): Pick<OtherServer, 'url' | 'requests'> {
	let started: OtherServer | undefined;
	const server = (): OtherServer => {
		if (!started) throw new Error('The server is not started before the tests run');
		return started;
	};
	beforeAll(async () => {
		started = await startOtherServer(answer);
	});
	beforeEach(() => {
		server().requests.length = 0;
	});
	afterAll(async () => await started?.stop());
	return {
		get url() {
			return server().url;
		},
		get requests() {
			return server().requests;
		},
	};
}
