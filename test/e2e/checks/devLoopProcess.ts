import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { repositoryRoot } from '../../../scripts/paths';
import { defaultHostFolder } from '../support/paths';
import { waitUntil } from '../support/wait';

const NOT_COPIED = new Set(['node_modules', '.git', '.work', 'dist']);

/** A copy of the repository to change things in, with the modules of the repository itself. */
export function copyRepository(): string {
	const copy = mkdtempSync(join(tmpdir(), 'n8n-dev-'));
	cpSync(repositoryRoot, copy, {
		recursive: true,
		filter: (source) => !NOT_COPIED.has(basename(source)),
	});
	for (const folder of [repositoryRoot, defaultHostFolder]) {
		const modules = join(folder, 'node_modules');
		symlinkSync(modules, modules.replace(repositoryRoot, copy));
	}
	return copy;
}

/** `npm run dev` as a process. */
export interface DevLoop {
	/** What it has printed so far. */
	output(): string;
	/** Waits until it has printed this; gives what was found. */
	printed(pattern: RegExp): Promise<RegExpExecArray>;
	/** Ctrl+C; gives the exit code, `null` where it did not end within 20 s and was killed with all that it had started. */
	interrupt(): Promise<number | null>;
	/** Its exit code, once it has ended. */
	readonly ended: Promise<number | null>;
}

export function startDevLoop(copy: string, ports: readonly number[]): DevLoop {
	const [port, emulatorPort] = ports.map(String);
	const main = join('test', 'e2e', 'dev', 'main.ts');
	const options = ['--port', port ?? '', '--emulator-port', emulatorPort ?? ''];
	const child = spawn(process.execPath, ['--import', 'tsx', main, ...options], { cwd: copy });
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
	// Gently, so that it can end what it has started.
	const endIt = (): unknown => child.kill('SIGTERM');
	process.once('exit', endIt);
	const ended = new Promise<number | null>((resolve) =>
		child.once('close', (code) => {
			process.off('exit', endIt);
			resolve(code);
		}),
	);
	return {
		output: () => output,
		printed: async (pattern) =>
			await waitUntil(
				`the dev loop to print ${pattern}`,
				async () => {
					const found = pattern.exec(output);
					if (found === null && child.exitCode !== null)
						throw new Error(`The dev loop ended by itself:\n${output}`);
					return await Promise.resolve(found ?? undefined);
				},
				120_000,
			),
		interrupt: async () => {
			child.kill('SIGINT');
			const timer = setTimeout(() => {
				for (const pid of processesIn(copy)) process.kill(pid, 'SIGKILL');
			}, 20_000);
			const code = await ended;
			clearTimeout(timer);
			return code;
		},
		ended,
	};
}

/** The processes that work in a folder or below it. Linux only; elsewhere none is found. */
export function processesIn(folder: string): number[] {
	if (process.platform !== 'linux') return [];
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => {
			try {
				return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
			} catch {
				// It has ended meanwhile, or is a zombie.
				return false;
			}
		});
}
