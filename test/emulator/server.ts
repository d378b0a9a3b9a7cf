import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ApiRefusal } from './apiError';
import type { Host, Route } from './dialect';
import type { Effects } from './faults';
import { json, parseJson, plainHeaders, readAll } from './http';
import type { Call, Reply } from './http';
import type { Kind } from './kind';
import { isInUse, ownPort } from './ports';
import { shorten } from './recording';
import type { RecordedRequest } from './recording';
import { sendReply } from './sendReply';
import type { EmulatorState } from './state';

/** Where a request leads: a host, and a route of it if it has one there. */
interface Destination {
	readonly host: Host;
	readonly path: string;
	readonly route: Route | undefined;
}

/** Reads requests, finds out whose they are, applies the faults, records, answers. */
export class EmulatorServer {
	private readonly server: Server;

	constructor(
		private readonly state: EmulatorState,
		private readonly hosts: readonly Host[],
		private readonly control: Host,
		private readonly log: (line: string) => void,
	) {
		this.server = createServer((request, response) => void this.serve(request, response));
		// A connection that lies idle is not closed: a client could be about to use it.
		this.server.keepAliveTimeout = 0;
	}

	/** Listens on a port that nobody else is given while it is down; gives the port. */
	async listenSomewhere(): Promise<number> {
		try {
			return await this.listen(ownPort());
		} catch (error) {
			if (!isInUse(error)) throw error;
			return await this.listenSomewhere();
		}
	}

	async listen(port: number): Promise<number> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject).once('listening', () => this.server.off('error', reject));
			this.server.listen(port, '127.0.0.1', resolve);
		});
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('not listening on a port');
		return address.port;
	}

	async close(): Promise<void> {
		const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
		this.server.closeAllConnections();
		await closed;
	}

	/** No connection is taken any more, and those that are open end. */
	goDown(): void {
		this.server.close();
		this.server.closeIdleConnections();
	}

	async comeBack(): Promise<void> {
		if (!this.server.listening) await this.listen(this.state.port);
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			await this.handle(request, response);
		} catch (error) {
			if (!this.state.scheduler.stopping.aborted && !request.destroyed)
				console.error('emulator:', error);
			request.socket.destroy();
		}
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (!this.state.keepAlive) response.setHeader('connection', 'close');
		const url = new URL(request.url ?? '/', this.state.origin());
		const method = request.method ?? 'GET';
		const destination = this.destinationOf(method, url.pathname);
		const raw = await readAll(request);
		if (destination === undefined)
			return await sendReply(this.state, response, json(404, { error: 'no such provider' }), {});
		const { host, route, path } = destination;
		const call: Call = {
			method,
			path,
			query: url.searchParams,
			headers: plainHeaders(request),
			raw,
			json: parseJson(raw),
			effects: {},
		};
		// The control is neither recorded nor ever at fault.
		if (host === this.control)
			return await sendReply(this.state, response, await this.reply(destination, call), {});
		const kind = route?.kind ?? 'other';
		const provider = host.providerOf?.(this.state, path) ?? host.provider;
		const record = this.record(provider, kind, url.pathname + url.search, call);
		const effects = this.state.faults.match(kind, provider);
		if (effects.reset === 'before') return this.reset(request, record);
		const reply = await this.replyWithFaults(effects, destination, call);
		if (effects.reset === 'after') {
			await this.state.scheduler.sleep(effects.hang ?? 0);
			return this.reset(request, record);
		}
		record.status = reply.status;
		this.log(`${reply.status} ${method} ${record.path}`);
		if (effects.thenDown)
			response.setHeader('connection', 'close').once('finish', () => this.goDown());
		await sendReply(this.state, response, withRequestId(reply), effects);
	}

	private async replyWithFaults(
		effects: Effects,
		destination: Destination,
		call: Call,
	): Promise<Reply> {
		if (effects.status === undefined) return await this.accepted(destination, { ...call, effects });
		if (effects.accepted) await this.reply(destination, { ...call, effects });
		return this.refused(destination, effects);
	}

	private reset(request: IncomingMessage, record: RecordedRequest): void {
		this.log(`reset ${record.method} ${record.path}`);
		request.socket.resetAndDestroy();
	}

	private destinationOf(method: string, pathname: string): Destination | undefined {
		const host = [this.control, ...this.hosts].find(({ basePath }) =>
			pathname.startsWith(`${basePath}/`),
		);
		if (host === undefined) return undefined;
		const path = pathname.slice(host.basePath.length);
		return {
			host,
			path,
			route: host.routes.find((route) => route.method === method && route.path.test(path)),
		};
	}

	private async reply({ host, path, route }: Destination, call: Call): Promise<Reply> {
		try {
			const match = route?.path.exec(path);
			if (route === undefined || match == null)
				throw new ApiRefusal({ is: 'noRoute', method: call.method, path });
			return await route.handle(this.state, call, match);
		} catch (error) {
			if (error instanceof ApiRefusal)
				return host.formatError(error.apiError, route?.kind ?? 'other');
			throw error;
		}
	}

	/** The request was heard and acted upon, whatever the client gets to see of it. */
	private async accepted(destination: Destination, call: Call): Promise<Reply> {
		const reply = await this.reply(destination, call);
		const { effects } = call;
		if (effects.notJson)
			return { is: 'bytes', status: 200, type: 'text/html', bytes: Buffer.from(GATEWAY_PAGE) };
		return effects.body === undefined ? reply : json(200, effects.body);
	}

	private refused(
		{ host, route }: Destination,
		{ status = 500, retryAfter, location, body }: Effects,
	): Reply {
		const reply =
			body === undefined
				? host.formatError({ is: 'status', status }, route?.kind ?? 'other')
				: json(status, body);
		const headers = {
			...reply.headers,
			...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
			...(location !== undefined && { location }),
		};
		return { ...reply, headers };
	}

	private record(provider: string, kind: Kind, path: string, call: Call): RecordedRequest {
		const { method, headers } = call;
		const record = {
			provider,
			kind,
			method,
			path,
			headers,
			body: shorten(call.json),
			at: Date.now(),
		};
		this.state.requests.push(record);
		return record;
	}
}

const GATEWAY_PAGE =
	'<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Please wait</body></html>';

function withRequestId(reply: Reply): Reply {
	return { ...reply, headers: { 'x-request-id': randomUUID(), ...reply.headers } };
}
