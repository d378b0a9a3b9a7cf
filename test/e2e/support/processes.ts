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

function parentOf(pid: number): number | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name before it is in brackets and may hold spaces and brackets.
		return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
	} catch {
		return undefined;
	}
}

function residentKiB(pid: number): number {
	try {
		return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
	} catch {
		return 0;
	}
}

/** Resident memory in MiB of each process of a tree, the root first. Linux only. */
export function memoryOfTree(root: number): number[] {
	if (process.platform !== 'linux')
		throw new Error('Memory is read from /proc, which only Linux has. Run this on Linux.');
	const parents = new Map<number, number | undefined>();
	for (const name of readdirSync('/proc'))
		if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)));
	const tree = [root];
	for (const member of tree)
		for (const [pid, parent] of parents) if (parent === member) tree.push(pid);
	return tree.map((pid) => Math.round(residentKiB(pid) / 1024));
}
