import { parseArgs } from 'node:util';
import { DIALECTS } from './dialects';
import { startEmulator } from './index';

/** `npm run emulator -- [--port 8787] [--task-ms 3000] [--noise] [--quiet]` */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8787' },
			'task-ms': { type: 'string', default: '3000' },
			noise: { type: 'boolean', default: false },
			quiet: { type: 'boolean', default: false },
		},
	});
	const emulator = await startEmulator({
		port: wholeNumber('port', values.port),
		taskMs: wholeNumber('task-ms', values['task-ms']),
		noise: values.noise,
		quiet: values.quiet,
	});
	console.log('The emulator is running. In the "Seedream API" credentials:\n');
	console.log(
		'  API Key          test-key      (poor-key has no credit, limited-key only Seedream 4.0)',
	);
	for (const { provider } of DIALECTS)
		console.log(`  ${provider.padEnd(16)} Base URL ${emulator.baseUrl(provider)}`);
	for (const { provider } of DIALECTS) {
		const uploadUrl = emulator.uploadUrl(provider);
		if (uploadUrl) console.log(`  ${provider.padEnd(16)} Upload Base URL ${uploadUrl}`);
	}
	console.log('\nStop it with Ctrl+C.\n');
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void emulator.stop());
}

function wholeNumber(name: string, value: string): number {
	if (!/^\d+$/.test(value)) throw new Error(`--${name} must be a whole number, got ${value}`);
	return Number(value);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
