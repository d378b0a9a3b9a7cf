import { createServer } from 'node:http';
import { freePorts } from './ports';

/** A server on loopback that hands out files, for workflows that fetch their input. */
export interface FileServer {
	/** Puts a file there and gives its URL. */
	offer(name: string, bytes: Buffer, mimeType: string): string;
	close(): Promise<void>;
}

export async function startFileServer(): Promise<FileServer> {
	const offered = new Map<string, { bytes: Buffer; mimeType: string }>();
	const server = createServer((request, response) => {
		const file = offered.get(request.url ?? '');
		if (file === undefined) return void response.writeHead(404).end();
		response
			.writeHead(200, { 'content-type': file.mimeType, 'content-length': file.bytes.length })
			.end(file.bytes);
	});
	const [port = 0] = await freePorts(1);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		offer: (name, bytes, mimeType) => {
			const path = `/${encodeURIComponent(name)}`;
			offered.set(path, { bytes, mimeType });
			return `http://127.0.0.1:${port}${path}`;
		},
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}
