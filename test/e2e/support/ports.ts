import { createServer, type Server } from 'node:net';
import { isInUse, ownPort } from '../../emulator/ports';

async function listen(wanted: number): Promise<{ server: Server; port: number }> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(wanted, '127.0.0.1', () => {
			const address = server.address();
			if (address === null || typeof address === 'string')
				return reject(new Error('The system gave no TCP port.'));
			resolve({ server, port: address.port });
		});
	});
}

async function listenSomewhere(): Promise<{ server: Server; port: number }> {
	try {
		return await listen(ownPort());
	} catch (error) {
		if (!isInUse(error)) throw error;
		return await listenSomewhere();
	}
}

/** Free loopback ports. All are held until the last is found, so that none is given twice. */
export async function freePorts(count: number): Promise<number[]> {
	const held = await Promise.all(Array.from({ length: count }, listenSomewhere));
	await Promise.all(held.map(({ server }) => new Promise((resolve) => server.close(resolve))));
	return held.map(({ port }) => port);
}

/** Whether nothing listens on a loopback port. */
export async function isFree(port: number): Promise<boolean> {
	const held = await listen(port).catch(() => undefined);
	if (held !== undefined) await new Promise((resolve) => held.server.close(resolve));
	return held !== undefined;
}
