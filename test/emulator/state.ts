import type { Socket } from 'node:net';
import { AcceptedCreates } from './acceptedCreates';
import { Accounts, DEFAULT_KEYS } from './accounts';
import { Callbacks } from './callbacks';
import { Faults } from './faults';
import { FileStore } from './fileStore';
import { ImageStore, imageIdIn } from './imageStore';
import type { RecordedRequest } from './recording';
import { Scheduler } from './scheduler';
import { Tasks } from './tasks';

/**
 * The ports of a connection whose client waits. The client's alone names none: it may lead to
 * several servers at once.
 */
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
	/**
	 * Images of the same size and format are one and the same, rendered once: for measuring, where
	 * painting would take longer than what is measured.
	 */
	readonly alike?: boolean;
	readonly callbackRetryMs?: readonly number[];
	/**
	 * False: callback URLs that are not https or point to a private host are refused, as
	 * documented. Default true.
	 */
	readonly allowPrivateCallbacks?: boolean;
	/** How many files a key may have on the file host. Default 2000. */
	readonly fileQuota?: number;
	/** Told when the answer to a request is held back. */
	readonly onHang?: (held: HeldConnection) => void;
	/**
	 * False: each connection serves one request, so that none is open when the server goes down.
	 * Default true.
	 */
	readonly keepAlive?: boolean;
	/** False: a line on the console for each request. Default true. */
	readonly quiet?: boolean;
}

interface Settings {
	taskMs: number;
	noise: boolean;
}

/**
 * What the dialects share: accounts, images, tasks, files, faults, and the settings of the
 * emulator.
 */
export class EmulatorState {
	readonly scheduler = new Scheduler();
	readonly requests: RecordedRequest[] = [];
	readonly faults = new Faults();
	readonly settings: Settings;
	readonly accounts: Accounts;
	readonly images: ImageStore;
	readonly files: FileStore;
	readonly callbacks: Callbacks;
	readonly tasks: Tasks;
	readonly acceptedCreates = new AcceptedCreates();
	readonly allowPrivateCallbacks: boolean;
	readonly keepAlive: boolean;
	port = 0;
	imagesMade = 0;

	constructor(private readonly options: EmulatorOptions) {
		this.settings = this.initialSettings();
		this.accounts = new Accounts(options.apiKeys ?? DEFAULT_KEYS);
		this.images = new ImageStore(() => this.settings.noise, options.alike ?? false);
		this.files = new FileStore(options.fileQuota ?? 2000);
		this.callbacks = new Callbacks(this.scheduler, options.callbackRetryMs);
		this.tasks = new Tasks(this);
		this.allowPrivateCallbacks = options.allowPrivateCallbacks ?? true;
		this.keepAlive = options.keepAlive ?? true;
	}

	origin(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	countImages(count: number): void {
		this.imagesMade += count;
	}

	/** A finished image or an uploaded file, by its path here. */
	async ownFile(path: string): Promise<Buffer | undefined> {
		const image = this.images.find(imageIdIn(path) ?? '');
		if (image !== undefined && !image.expired) return await this.images.bytes(image);
		return this.files.findByLink(path)?.bytes;
	}

	/** Forgets everything and goes back to the options it was started with. */
	reset(): void {
		this.requests.length = 0;
		Object.assign(this.settings, this.initialSettings());
		this.imagesMade = 0;
		for (const store of [
			this.faults,
			this.accounts,
			this.images,
			this.files,
			this.callbacks,
			this.tasks,
			this.acceptedCreates,
		])
			store.clear();
	}

	/** Holds the answer to a client back. */
	async hang({ localPort, remotePort }: Socket, ms: number): Promise<void> {
		if (localPort !== undefined && remotePort !== undefined)
			this.options.onHang?.({ server: localPort, client: remotePort });
		await this.scheduler.sleep(ms);
	}

	private initialSettings(): Settings {
		return { taskMs: this.options.taskMs ?? 300, noise: this.options.noise ?? false };
	}
}
