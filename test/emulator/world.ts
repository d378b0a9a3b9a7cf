import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Accounts } from './accounts';
import { Callbacks } from './callbacks';
import { Faults } from './faults';
import { Files } from './files';
import type { StoredFile } from './files';
import { Gallery, idIn } from './gallery';
import { Orders } from './orders';
import type { RecordedRequest } from './recording';
import { Tasks } from './tasks';
import { Refusal } from './trouble';

/** The ports of a connection whose client waits. The client's alone names none: it may lead to several servers at once. */
export interface HeldConnection {
	readonly server: number;
	readonly client: number;
}

export interface EmulatorOptions {
	/** Default: any free port. */
	readonly port?: number;
	/** How long a task takes. Default 300. */
	readonly taskMs?: number;
	readonly apiKeys?: readonly string[];
	/** Images that do not compress. */
	readonly noise?: boolean;
	readonly callbackRetryMs?: readonly number[];
	/** False: callback URLs that are not https or point to a private host are refused, as documented. Default true. */
	readonly allowPrivateCallbacks?: boolean;
	/** How many files a key may have on the file host. Default 2000. */
	readonly fileQuota?: number;
	/** Told when the answer to a request is held back. */
	readonly onHang?: (held: HeldConnection) => void;
	/** False: each connection serves one request, so that none is open when the server goes down. Default true. */
	readonly keepAlive?: boolean;
	/** False: a line on the console for each request. Default true. */
	readonly quiet?: boolean;
}

interface Settings {
	taskMs: number;
	noise: boolean;
}

/** Everything that the dialects share: time, money, images, tasks, files, faults. */
export class World {
	readonly requests: RecordedRequest[] = [];
	readonly faults = new Faults();
	readonly settings: Settings;
	readonly accounts: Accounts;
	readonly gallery: Gallery;
	readonly files: Files;
	readonly callbacks: Callbacks;
	readonly tasks: Tasks;
	readonly orders = new Orders();
	readonly allowPrivateCallbacks: boolean;
	readonly keepAlive: boolean;
	port = 0;
	imagesMade = 0;
	private readonly stop = new AbortController();
	private readonly background = new Set<Promise<void>>();

	constructor(private readonly options: EmulatorOptions) {
		// Every open task waits for it, and there may be many.
		setMaxListeners(0, this.stop.signal);
		this.settings = this.initialSettings();
		this.accounts = new Accounts(options.apiKeys ?? ['test-key', 'poor-key', 'limited-key']);
		this.gallery = new Gallery(() => this.settings.noise);
		this.files = new Files(options.fileQuota ?? 2000);
		this.callbacks = new Callbacks(this, options.callbackRetryMs);
		this.tasks = new Tasks(this);
		this.allowPrivateCallbacks = options.allowPrivateCallbacks ?? true;
		this.keepAlive = options.keepAlive ?? true;
	}

	get stopping(): AbortSignal {
		return this.stop.signal;
	}

	origin(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Rejects when the emulator stops; `hurry` only cuts the time short. */
	async sleep(ms: number, hurry?: AbortSignal): Promise<void> {
		if (ms <= 0) return;
		try {
			await delay(ms, undefined, {
				signal: hurry ? AbortSignal.any([this.stopping, hurry]) : this.stopping,
			});
		} catch (error) {
			if (this.stopping.aborted || !hurry?.aborted) throw error;
		}
	}

	/** Until the emulator stops. */
	async never(): Promise<never> {
		for (;;) await this.sleep(2 ** 30);
	}

	/** Work that nobody waits for; it may be cut off when the emulator stops. */
	inBackground(work: Promise<void>): void {
		const ended = work
			.catch((error: unknown) => {
				if (!this.stopping.aborted) console.error('emulator:', error);
			})
			.finally(() => this.background.delete(ended));
		this.background.add(ended);
	}

	/** Until no task is being worked on and no callback is on its way. Tasks that never end are not waited for. */
	async settled(): Promise<void> {
		while (this.background.size > 0) await Promise.all(this.background);
	}

	countImages(count: number): void {
		this.imagesMade += count;
	}

	/** A finished image or an uploaded file, by its path here. */
	async ownFile(path: string): Promise<Buffer | undefined> {
		const exhibit = this.gallery.find(idIn(path) ?? '');
		if (exhibit !== undefined && !exhibit.dead) return await this.gallery.bytes(exhibit);
		return this.uploadedFile(path)?.bytes;
	}

	uploadedFile(path: string): StoredFile | undefined {
		const inside = /^\/files\/(?:api\/v1\/files\/download\/)?(.+)$/.exec(path)?.[1];
		return inside === undefined ? undefined : this.files.find(decodeURIComponent(inside));
	}

	/** The key of the request, if it is a known one. */
	keyOf(headers: Readonly<Record<string, string>>): string {
		const header = headers.authorization;
		const key = /^Bearer (.+)$/.exec(header ?? '')?.[1];
		if (key === undefined)
			throw new Refusal({ is: 'unauthorized', key: header === undefined ? 'missing' : 'wrong' });
		if (!this.accounts.knows(key)) throw new Refusal({ is: 'unauthorized', key: 'wrong' });
		return key;
	}

	/** Refuses a key that may not use this model line (`4.0`, `5.0-pro`, …). */
	allow(key: string, line: string, model: string): void {
		if (!this.accounts.mayUse(key, line)) throw new Refusal({ is: 'modelDenied', model });
	}

	/** Forgets everything and goes back to the options it was started with. */
	reset(): void {
		this.requests.length = 0;
		Object.assign(this.settings, this.initialSettings());
		this.imagesMade = 0;
		for (const part of [
			this.faults,
			this.accounts,
			this.gallery,
			this.files,
			this.callbacks,
			this.tasks,
			this.orders,
		])
			part.clear();
	}

	/** Holds the answer to a client back. */
	async hang({ localPort, remotePort }: Socket, ms: number): Promise<void> {
		if (localPort !== undefined && remotePort !== undefined)
			this.options.onHang?.({ server: localPort, client: remotePort });
		await this.sleep(ms);
	}

	shutDown(): void {
		this.stop.abort();
	}

	private initialSettings(): Settings {
		return { taskMs: this.options.taskMs ?? 300, noise: this.options.noise ?? false };
	}
}
