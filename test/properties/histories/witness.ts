import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import type { Emulator, Provider } from '../../emulator';
import { readAll } from '../../emulator/http';
import { CreateDesk } from './createDesk';
import type { Create } from './creates';
import { readAnswer } from './readAnswer';
import { Reply } from './reply';
import type { ReadFate, Row, Scene } from './scene';
import { API_KEY } from './secrets';
import { Upstream } from './upstream';

/** Connecting, sending, reading: a few each. */
const TURNS_ON_THE_WAY = 50;

/**
 * Stands between the node and the emulator. It lets go wrong what is to go wrong, and it alone knows what was accepted, whatever the
 * node got to see of it.
 */
export class Witness {
	reads = 0;
	/** The execution that runs. */
	execution = '';
	/** Called for each request before anything is done with it. */
	onRequest: () => void = () => undefined;
	/** Whether the node that asks is gone: nothing reaches the provider any more. */
	isGone = false;
	isStopped = false;

	private readonly server: Server;
	private readonly upstream: Upstream;
	private desk: CreateDesk;
	private readFates: ReadFate[] = [];
	private history = 0;
	private port = 0;

	constructor(private readonly emulator: Emulator) {
		this.upstream = new Upstream(emulator);
		this.desk = new CreateDesk(this.upstream, [], 0);
		this.server = createServer((request, response) => void this.serve(request, response));
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('not listening on a port');
		this.port = address.port;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Forgets the last history, from which nothing is let through any more. Gives the requests that cost money, as they will come. */
	begin({ creates, reads, taskMs }: Scene): Create[] {
		this.history += 1;
		this.emulator.reset();
		this.reads = 0;
		[this.isGone, this.isStopped, this.onRequest] = [false, false, () => undefined];
		this.desk = new CreateDesk(this.upstream, creates.flatMap(oneByOne), taskMs);
		this.readFates = reads.flatMap(oneByOne);
		return this.desk.creates;
	}

	/** Requests that cost money, in the order in which they came. */
	get creates(): readonly Create[] {
		return this.desk.creates;
	}

	/**
	 * Waits until all that was sent has arrived and is done. Within one process what is on its way takes some turns of the event
	 * loop, however busy the machine is.
	 */
	async isIdle(): Promise<void> {
		for (let turn = 0; turn < TURNS_ON_THE_WAY; turn += 1) await immediate();
		await this.desk.isIdle();
	}

	baseUrl(provider: Provider): string {
		const { pathname } = new URL(this.emulator.baseUrl(provider));
		return `http://127.0.0.1:${this.port}/${this.history}${pathname}`;
	}

	/** Whether a task has failed, and so was refunded. */
	async hasFailed(create: Create): Promise<boolean> {
		return (await this.upstream.stateOf(create)) === 'failed';
	}

	/** The task as the provider would call it back. */
	async taskOf(create: Create): Promise<unknown> {
		return await this.upstream.taskOf(create);
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const reply = new Reply(response);
		try {
			const [, history, path = ''] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? [];
			const body = await readAll(request);
			if (Number(history) !== this.history) return reply.cut();
			this.onRequest();
			if (this.isGone) return reply.cut();
			if (request.method === 'POST') await this.create(request, path, body, reply);
			else await this.read(path, reply);
		} catch {
			reply.cut();
		}
	}

	private async create(
		request: IncomingMessage,
		path: string,
		body: Buffer,
		reply: Reply,
	): Promise<void> {
		const { execution, isStopped } = this;
		await this.desk.take(
			{ path, body, headers: request.headers, execution, isStopped },
			reply,
			() => this.isStopped,
		);
	}

	private async read(path: string, reply: Reply): Promise<void> {
		const fate = this.readFates[this.reads++] ?? { is: 'fine' };
		if (fate.is === 'slow') await delay(30);
		const callbackUrls = this.creates.map(({ callbackUrl }) => callbackUrl);
		readAnswer(fate, await this.upstream.get(path), [API_KEY, ...callbackUrls].join(' '), reply);
	}
}

function oneByOne<T>({ fate, times }: Row<T>): T[] {
	return Array.from({ length: times }, () => fate);
}
