import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { HeldConnection } from '../emulator';

/**
 * The patience of n8n's HTTP client, which is minutes long. A request that the emulator will not answer can be told at once that its time is
 * over, in the way in which Node tells it: all other requests keep the patience that they have.
 */
export class Patience {
	private readonly requests = new Set<ClientRequest>();

	constructor() {
		subscribe(STARTED, this.onStart);
	}

	/** The request over this connection has waited long enough. */
	readonly end = ({ server, client }: HeldConnection): void => {
		for (const request of this.requests) {
			const { localPort, remotePort } = request.socket ?? {};
			if (localPort === client && remotePort === server) request.emit('timeout');
		}
	};

	stop(): void {
		unsubscribe(STARTED, this.onStart);
	}

	private readonly onStart = (message: unknown): void => {
		const request: unknown =
			message instanceof Object ? Reflect.get(message, 'request') : undefined;
		if (!(request instanceof ClientRequest)) return;
		this.requests.add(request);
		request.once('close', () => this.requests.delete(request));
	};
}

const STARTED = 'http.client.request.start';
