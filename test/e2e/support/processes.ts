import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const running = new Set<number>();

function killGroup(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// Nothing of the group is left.
	}
}

function killAll(): void {
	for (const pid of running) killGroup(pid);
}

process.once('exit', killAll);
for (const [signal, code] of [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const) {
	process.once(signal, () => process.exit(code));
}

/** Waits for Ctrl+C or a polite signal, which then no longer ends this process by itself: the caller does. */
export async function untilInterrupted(): Promise<void> {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	await new Promise<void>((resolve) => {
		for (const signal of signals) process.removeAllListeners(signal).once(signal, () => resolve());
	});
}

/** Registers a child that leads a process group of its own; when this process ends, the whole group ends with it. */
export function endsWithUs(child: ChildProcess): void {
	const { pid } = child;
	if (pid === undefined) return;
	running.add(pid);
	child.once('exit', () => {
		// Its children too: a task runner outlives an n8n that was killed.
		killGroup(pid);
		running.delete(pid);
	});
}

/** The fields of a process that follow its name; none where it has ended. */
function statOf(pid: number): string[] {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name is in brackets and may hold spaces and brackets.
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	} catch {
		return [];
	}
}

function parentOf(pid: number): number | undefined {
	const [, parent] = statOf(pid);
	return parent === undefined ? undefined : Number(parent);
}

function ticksOf(pid: number): number {
	const [user = 0, system = 0] = statOf(pid).slice(11, 13).map(Number);
	return user + system;
}

function residentKiB(pid: number): number {
	try {
		return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
	} catch {
		return 0;
	}
}

/** Processes of a tree, the root first. */
function treeOf(root: number): number[] {
	if (process.platform !== 'linux')
		throw new Error('Processes are looked up in /proc, which only Linux has. Run this on Linux.');
	const parents = new Map<number, number | undefined>();
	for (const name of readdirSync('/proc'))
		if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)));
	const tree = [root];
	for (const member of tree)
		for (const [pid, parent] of parents) if (parent === member) tree.push(pid);
	return tree;
}

/** Resident memory in MiB of each process of a tree, the root first. Linux only. */
export function memoryOfTree(root: number): number[] {
	return treeOf(root).map((pid) => Math.round(residentKiB(pid) / 1024));
}

/** What Linux counts processor time in, per second. */
const TICKS = 100;

/** Processor time in seconds that a tree of processes has used so far, those that ended left out. Linux only. */
export function cpuSecondsOfTree(root: number): number {
	return treeOf(root).reduce((sum, pid) => sum + ticksOf(pid), 0) / TICKS;
}
