import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePorts } from '../e2e/support/ports';

/** A stand-in for EvoLink that makes a task of each request at once: what is measured is who asks, not the emulator. */
export interface TaskServer {
	readonly baseUrl: string;
	/** How many tasks were asked for. */
	readonly count: number;
	close(): Promise<void>;
}

export async function startTaskServer(): Promise<TaskServer> {
	let count = 0;
	const server = createServer((request, response) => {
		request.resume().once('end', () => {
			count += 1;
			const id = `task-unified-1757156493-${String(count).padStart(8, '0')}`;
			const task = { created: 1757156493, id, model: 'doubao-seedream-4.0', status: 'pending' };
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(task));
		});
	});
	const [port = 0] = await freePorts(1);
	await once(server.listen(port, '127.0.0.1'), 'listening');
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		get count() {
			return count;
		},
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
