import { spawn, spawnSync } from 'node:child_process';
// For its signal handlers: without them a signal ends this process with no `exit` event.
import './processes';

/** How a run is kept from the outside: by an empty network of its own, or by the netguard alone. */
export type Isolation = 'network namespace' | 'netguard';

const mark = 'E2E_ISOLATED';
const intoNamespace = ['--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

function canUnshare(): boolean {
	if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
	return spawnSync('unshare', [...intoNamespace, 'true'], { stdio: 'ignore' }).status === 0;
}

/**
 * Runs this very program again in a network namespace that has only a loopback interface, where the kernel itself proves
 * that nothing leaves; needs root on Linux. The outer program ends with the inner one's exit code. Elsewhere the netguard
 * alone watches. Call it after everything is installed, before anything is started.
 */
export async function isolate(): Promise<Isolation> {
	if (process.env[mark] !== undefined) return 'network namespace';
	if (!canUnshare()) return 'netguard';
	const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
	const inner = spawn('unshare', [...intoNamespace, ...again], {
		stdio: 'inherit',
		env: { ...process.env, [mark]: '1' },
	});
	// Gently, so that the inner program can end what it has started.
	process.once('exit', () => inner.kill('SIGTERM'));
	const code = await new Promise<number>((resolve, reject) => {
		inner.once('error', reject);
		inner.once('exit', (status) => resolve(status ?? 1));
	});
	process.exit(code);
}
