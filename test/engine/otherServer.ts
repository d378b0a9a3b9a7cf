import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A server on this machine that is no provider: an image host, or a host that redirects. */
export interface OtherServer {
	url: string;
	requests: IncomingMessage[];
	stop(): Promise<void>;
}

export async function startOtherServer(
	answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<OtherServer> {
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
