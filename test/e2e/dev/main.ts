import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { workFolder } from '../../../scripts/paths';
import { startEmulator } from '../../emulator';
import { ensureHost } from '../support/install';
import { startN8n } from '../support/n8n';
import { isFree } from '../support/ports';
import { untilInterrupted } from '../support/processes';
import { defaultOwner, RestClient } from '../support/rest';
import { stepsSince } from '../support/steps';
import { putCredentials, putExamples } from './contents';
import { linkPackage } from './linked';

/** How long an image takes; enough to see the node wait. */
const TASK_MS = 1500;

/** `npm run dev [-- --port 5678 --emulator-port 8787]`: a real n8n that has every saved change at once. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '5678' },
			'emulator-port': { type: 'string', default: '8787' },
		},
	});
	if (process.platform === 'win32')
		throw new Error('It runs on Linux and macOS. On Windows, run it inside WSL.');
	// Always the same ports: open tabs, bookmarks and the developer's own credentials outlive a restart.
	const port = await freePort('port', values.port);
	const emulatorPort = await freePort('emulator-port', values['emulator-port']);
	const step = stepsSince(Date.now());

	step('Looking for n8n; the first time it is installed, which needs 2.5 GB and some minutes');
	const host = await ensureHost();
	step('Starting the provider emulator and building the package');
	const emulator = await startEmulator({ port: emulatorPort, taskMs: TASK_MS });
	const userFolder = workFolder('dev');
	const linked = await linkPackage(host, userFolder, step);
	step(`Starting n8n ${host.version}`);
	const env = { N8N_DEV_RELOAD: 'true' };
	const n8n = await startN8n({ host, userFolder, port, env }).catch(blameState(userFolder));
	try {
		const rest = new RestClient(n8n.baseUrl);
		await signIn(rest).catch(blameState(userFolder));
		const credentials = await putCredentials(rest, emulator);
		const examples = await putExamples(rest);
		step(`${credentials.length} credentials and ${examples.length} examples are in place\n`);
		console.log(`  The editor      ${n8n.baseUrl}`);
		console.log(`  Sign in with    ${defaultOwner.email}  /  ${defaultOwner.password}`);
		console.log(`  The emulator    http://127.0.0.1:${emulator.port}`);
		console.log(`  The log of n8n  ${relative(process.cwd(), n8n.logFile)}\n`);
		console.log('Save a source file: it is built, and live in the editor a second later.');
		console.log('Your own workflows are kept; the examples are put right at each start.');
		console.log('Stop with Ctrl+C.\n');
		await Promise.race([untilInterrupted(), n8n.untilEnded()]);
		if (!n8n.isRunning)
			throw new Error(`n8n ended by itself. Its last words are in ${n8n.logFile}`);
		console.log('\nStopping …');
	} finally {
		await n8n.stop();
		await linked.stop();
		await emulator.stop();
	}
}

async function signIn(rest: RestClient): Promise<void> {
	if (await rest.hasOwner()) await rest.login();
	else await rest.setUpOwner();
}

/** It may be what an earlier run has left: another database, another password. */
function blameState(userFolder: string): (error: unknown) => never {
	return (error) => {
		throw new Error(
			`${messageOf(error)}\n\nTo begin anew, without the workflows of earlier runs, delete ${userFolder} and run this again.`,
		);
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

async function freePort(option: string, value: string): Promise<number> {
	const port = Number(value);
	if (!/^\d+$/.test(value) || port < 1 || port > 65_535)
		throw new Error(`--${option} must be a port, a number from 1 to 65535; it is "${value}".`);
	if (await isFree(port)) return port;
	throw new Error(
		`Port ${port} is in use, perhaps by another n8n or another \`npm run dev\`. Stop that, or choose another port: npm run dev -- --${option} ${port + 10}`,
	);
}

main().catch((error: unknown) => {
	console.error(`\n${messageOf(error)}`);
	// At once: the emulator or the build may still be waiting for work.
	process.exit(1);
});
