import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { run } from '../../../scripts/command';
import { endsWithUs } from '../support/processes';
import { waitUntil } from '../support/wait';
import type { Programs } from './programs';

/** A server that n8n needs, in a process of its own. */
export interface Service {
	readonly port: number;
	stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; Debian makes this user for it. */
const POSTGRES_USER = 'postgres';
const asPostgres = [
	'setpriv',
	`--reuid=${POSTGRES_USER}`,
	`--regid=${POSTGRES_USER}`,
	'--init-groups',
	'--',
];

/** The name of the database's owner, and nothing that it needs a password for: it listens on loopback only. */
export const DATABASE = { user: 'n8n', name: 'postgres' };

export async function startRedis(folder: string, port: number): Promise<Service> {
	const nothingKept = ['--save', '', '--appendonly', 'no'];
	return await startService(
		[
			'redis-server',
			'--bind',
			'127.0.0.1',
			'--port',
			String(port),
			'--dir',
			folder,
			...nothingKept,
		],
		folder,
		port,
	);
}

/** A fresh database in a folder below. */
export async function startPostgres(
	{ initdb, postgres }: Programs,
	folder: string,
	port: number,
): Promise<Service> {
	const data = join(folder, 'postgres');
	const isRoot = process.getuid?.() === 0;
	mkdirSync(data);
	if (isRoot) await run('chown', [POSTGRES_USER, data]);
	const become = isRoot ? asPostgres : [];
	const [first = initdb, ...rest] = [
		...become,
		initdb,
		'-D',
		data,
		'-U',
		DATABASE.user,
		'--auth=trust',
		'--encoding=UTF8',
		'--locale=C',
		'--no-sync',
	];
	await run(first, rest, { cwd: '/' });
	const quick = ['-c', 'fsync=off', '-c', 'max_connections=200'];
	const here = [
		'-c',
		'listen_addresses=127.0.0.1',
		'-c',
		'unix_socket_directories=',
		'-p',
		String(port),
	];
	return await startService([...become, postgres, '-D', data, ...here, ...quick], folder, port);
}

async function startService(
	[command = '', ...args]: readonly string[],
	folder: string,
	port: number,
): Promise<Service> {
	const logFile = join(folder, `port-${port}.log`);
	const log = openSync(logFile, 'a');
	const child = spawn(command, args, { cwd: '/', stdio: ['ignore', log, log], detached: true });
	closeSync(log);
	endsWithUs(child);
	child.once('error', () => undefined);
	try {
		await waitUntil(
			`${args.find((each) => !each.startsWith('-')) ?? command} on port ${port}`,
			async () => await listens(child, port),
			30_000,
		);
	} catch (error) {
		throw new Error(
			`${command} ${args.join(' ')} did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`,
			{ cause: error },
		);
	}
	return { port, stop: async () => await stop(child) };
}

async function listens(child: ChildProcess, port: number): Promise<boolean> {
	if (child.exitCode !== null || child.pid === undefined) throw new Error('It ended by itself.');
	return await new Promise((resolve) => {
		const socket = connect({ host: '127.0.0.1', port });
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	// What PostgreSQL calls a fast shutdown; Redis knows no difference.
	child.kill('SIGINT');
	await ended;
}
