import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf } from './environment';
import { ensureHost, type HostPaths } from './install';
import { type OutgoingAttempt, readAttempts } from './netguard';
import { installAsN8nDoes } from './package';
import { workFolder } from '../../../scripts/paths';
import { freePorts } from './ports';
import { cpuSecondsOfTree, endsWithUs, memoryOfTree } from './processes';
import { waitUntil } from './wait';

export interface N8nOptions {
	/** Which n8n; without it the one of the host folder, installed when need be. */
	host?: HostPaths;
	/** The user folder, kept at the end; without it a temporary one that `remove()` deletes. */
	userFolder?: string;
	/** Where the editor is; without it a free port. */
	port?: number;
	/** Packed packages to install into the user folder before the start. */
	packages?: readonly string[];
	/** Added to the environment, last. */
	env?: Readonly<Record<string, string>>;
	/** CommonJS scripts to load before n8n. */
	preload?: readonly string[];
	/** Modules to run without. An n8n that does not know a name refuses to start, so give `[]` for those before 2.35. */
	disabledModules?: readonly string[];
	/** What n8n is started as, `start` when not given; a `worker` and a `webhook` process answer elsewhere than a server. */
	command?: readonly string[];
	/** The path that answers with JSON once it is up, `/rest/settings` when not given. */
	readyPath?: string;
	/** The name of its log in the user folder, which several processes may share. */
	logName?: string;
	startTimeoutMs?: number;
}

/** Memory in MiB: of n8n's own process, and of it with all its children. */
export interface MemoryUse {
	main: number;
	total: number;
}

/** A real n8n server in a process of its own. Made by `startN8n`. */
export class N8n {
	readonly baseUrl: string;
	readonly logFile: string;
	readonly netguardLog: string;
	/** How often its process was started. */
	starts = 0;
	private child: ChildProcess | undefined;

	constructor(
		readonly host: HostPaths,
		readonly userFolder: string,
		private readonly folderIsTemporary: boolean,
		private readonly ports: { web: number; broker: number },
		private readonly options: N8nOptions,
	) {
		this.baseUrl = `http://127.0.0.1:${ports.web}`;
		this.logFile = join(userFolder, `${options.logName ?? 'n8n'}.log`);
		this.netguardLog = join(userFolder, 'netguard.log');
	}

	/** Starts the process and waits until the server answers. */
	async start(): Promise<void> {
		if (this.child !== undefined)
			throw new Error('This n8n is running already; stop() or kill() it first.');
		const environment = environmentOf({
			userFolder: this.userFolder,
			port: this.ports.web,
			brokerPort: this.ports.broker,
			node: this.host.node,
			netguardLog: this.netguardLog,
			compileCache: workFolder('compile-cache', this.host.version),
			preload: this.options.preload ?? [],
			disabledModules: this.options.disabledModules ?? ['mcp-registry'],
		});
		const log = openSync(this.logFile, 'a');
		const child = spawn(this.host.node, [this.host.n8n, ...(this.options.command ?? ['start'])], {
			// n8n reads a .env file of its working directory.
			cwd: this.userFolder,
			env: { ...environment, ...this.options.env },
			stdio: ['ignore', log, log],
			detached: true,
		});
		closeSync(log);
		this.child = child;
		this.starts += 1;
		endsWithUs(child);
		child.once('error', () => undefined);
		child.once('exit', () => {
			if (this.child === child) this.child = undefined;
		});
		try {
			await waitUntil(
				'n8n to answer',
				async () => await this.answers(child),
				this.options.startTimeoutMs ?? 90_000,
				100,
			);
		} catch (error) {
			await this.kill();
			throw new Error(
				`n8n ${this.host.version} did not start. The end of ${this.logFile}:\n${this.logTail()}`,
				{ cause: error },
			);
		}
	}

	/** Stops it as a service manager does (SIGTERM) and waits for the end. */
	async stop(): Promise<void> {
		await this.end('SIGTERM', 30_000);
	}

	/** Ends it at once (SIGKILL), as a crash does. */
	async kill(): Promise<void> {
		await this.end('SIGKILL', 5_000);
	}

	/** Starts it again on the same ports and data, stopping it first when it runs. */
	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** Stops it and deletes a temporary user folder. */
	async remove(): Promise<void> {
		await this.stop();
		if (this.folderIsTemporary) rmSync(this.userFolder, { recursive: true, force: true });
	}

	/** The packed packages that were installed into it. */
	get packages(): readonly string[] {
		return this.options.packages ?? [];
	}

	/** Until its process has ended, by itself or not. */
	async untilEnded(): Promise<void> {
		const child = this.child;
		if (child !== undefined)
			await new Promise<void>((resolve) => child.once('exit', () => resolve()));
	}

	/** Whether its process is there: one that runs out of memory ends by itself. */
	get isRunning(): boolean {
		return this.child !== undefined;
	}

	get pid(): number {
		const pid = this.child?.pid;
		if (pid === undefined) throw new Error('This n8n is not running; start() it first.');
		return pid;
	}

	/** Resident memory now. Linux only. */
	memory(): MemoryUse {
		const [main = 0, ...children] = memoryOfTree(this.pid);
		return { main, total: children.reduce((sum, each) => sum + each, main) };
	}

	/** Processor time in seconds that it and its children have used since its start. Linux only. */
	cpuSeconds(): number {
		return cpuSecondsOfTree(this.pid);
	}

	/** Every connection and name look-up beyond loopback that this n8n or a child of it tried, all of them refused. */
	outgoingAttempts(): OutgoingAttempt[] {
		return readAttempts(this.netguardLog);
	}

	/** What n8n has written so far. */
	log(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	private logTail(): string {
		return this.log().trimEnd().split('\n').slice(-25).join('\n');
	}

	private async answers(child: ChildProcess): Promise<boolean> {
		if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
			throw new Error('n8n ended by itself.');
		// Not /healthz/readiness: older versions answer there before their REST API does.
		return await fetch(`${this.baseUrl}${this.options.readyPath ?? '/rest/settings'}`).then(
			async (response) => {
				const text = await response.text();
				return response.ok && text.startsWith('{');
			},
			() => false,
		);
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL', timeoutMs: number): Promise<void> {
		const child = this.child;
		if (child?.pid === undefined) return;
		const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		child.kill(signal);
		let tooLate = false;
		const timer = setTimeout(() => {
			tooLate = true;
			child.kill('SIGKILL');
		}, timeoutMs);
		await ended;
		clearTimeout(timer);
		if (tooLate)
			throw new Error(
				`n8n did not end within ${timeoutMs / 1000} s of ${signal}. Its output: ${this.logFile}`,
			);
	}
}

/** Starts an n8n of its own: own ports, own data, nothing leaves loopback. */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const host = options.host ?? (await ensureHost());
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
	mkdirSync(userFolder, { recursive: true });
	const [free, broker] = await freePorts(2);
	if (free === undefined || broker === undefined) throw new Error('The system gave no TCP ports.');
	const ports = { web: options.port ?? free, broker };
	const n8n = new N8n(host, userFolder, options.userFolder === undefined, ports, options);
	for (const tarball of options.packages ?? []) await installAsN8nDoes(tarball, userFolder);
	await n8n.start();
	return n8n;
}
