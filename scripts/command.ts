import { spawn, spawnSync } from 'node:child_process';

export interface CommandOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Where progress goes; without it a command is silent until it fails. */
	onLine?: (line: string) => void;
}

/** Whether a program of that name can be started from PATH. */
export function hasCommand(name: string): boolean {
	return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Runs a command to its end and gives its standard output; a failure carries the end of what it said. */
export async function run(
	command: string,
	args: readonly string[],
	options: CommandOptions = {},
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: { ...process.env, ...options.env },
			stdio: ['ignore', 'pipe', 'pipe'],
			// npm is a .cmd file on Windows, which only a shell can start.
			shell: process.platform === 'win32',
		});
		let output = '';
		let everything = '';
		const listen = (chunk: string) => {
			everything = (everything + chunk).slice(-20_000);
			for (const line of chunk.split('\n'))
				if (line.trim() !== '') options.onLine?.(line.trimEnd());
		};
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			output += chunk;
			listen(chunk);
		});
		child.stderr.setEncoding('utf8').on('data', listen);
		child.once('error', (error) =>
			reject(new Error(`Cannot start \`${command}\`: ${error.message}`)),
		);
		child.once('close', (code, signal) => {
			if (code === 0) return resolve(output);
			const tail = everything.split('\n').slice(-25).join('\n').trim();
			reject(
				new Error(
					`\`${[command, ...args].join(' ')}\` ended with ${signal ?? `code ${code}`}:\n${tail}`,
				),
			);
		});
	});
}
