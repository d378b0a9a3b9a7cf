import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from '../emulator';
import { readExample, triggerOf, withCredential } from './examples';
import { saveImages, tableOf } from './gallery';
import { credentialData } from './stage';
import { errorOf } from './support/execution';
import { ensureHost } from './support/install';
import { startN8n } from './support/n8n';
import { packTarball } from '../../scripts/packTarball';
import { repositoryRoot } from '../../scripts/paths';
import { untilInterrupted } from './support/processes';
import { defaultOwner, RestClient } from './support/rest';
import { stepsSince } from './support/steps';

/** How long an image takes; enough to see the node wait. */
const TASK_MS = 1500;
const EXAMPLE = 'generate-and-edit.json';

/** `npm run demo [-- --open]`: a real n8n makes and edits images at the emulated provider. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { open: { type: 'boolean', default: false } } });
	if (process.platform === 'win32')
		throw new Error('The demo runs on Linux and macOS. On Windows, run it inside WSL.');
	const started = Date.now();
	const step = stepsSince(started);

	step('Looking for n8n; the first time it is installed, which needs 2.5 GB and some minutes');
	const host = await ensureHost();
	step('Packing this package as it would be published');
	const tarball = await packTarball();
	step('Starting the provider emulator: no key, no cost, nothing leaves this machine');
	const emulator = await startEmulator({ taskMs: TASK_MS });
	step(`Starting n8n ${host.version} with the package installed`);
	const n8n = await startN8n({ host, packages: [tarball] });
	try {
		const rest = new RestClient(n8n.baseUrl);
		await rest.setUpOwner();
		const credential = await rest.createCredential(
			'Seedream account',
			'seedreamApi',
			credentialData(emulator),
		);
		const definition = withCredential(readExample(EXAMPLE), credential);
		const workflow = await rest.createWorkflow(definition);

		step(`Running the workflow examples/${EXAMPLE}`);
		const execution = await rest.runManually(workflow, { trigger: triggerOf(definition) }, 120_000);
		if (execution.status !== 'success')
			throw new Error(
				`The workflow ended with ${execution.status}: ${errorOf(execution) ?? 'no reason given'}`,
			);

		const folder = join(repositoryRoot, 'demo-output');
		mkdirSync(folder, { recursive: true });
		const images = await saveImages(rest, definition, execution, folder);
		step(`${images.length} images are in ${relative(process.cwd(), folder) || '.'}/\n`);
		for (const line of tableOf(images)) console.log(`  ${line}`);
		console.log(`\nDone in ${((Date.now() - started) / 1000).toFixed(1)} s.`);

		if (values.open) {
			console.log(`\nThe editor is open at  ${n8n.baseUrl}/workflow/${workflow.id}`);
			console.log(`Sign in with           ${defaultOwner.email}  /  ${defaultOwner.password}`);
			console.log(
				'The workflow and its credentials are in place: press "Execute workflow". Stop with Ctrl+C.',
			);
			await untilInterrupted();
			console.log('\nStopping …');
		} else {
			console.log('To look at the workflow in the editor:  npm run demo -- --open');
		}
	} finally {
		await n8n.remove();
		await emulator.stop();
	}
}

main().catch((error: unknown) => {
	console.error(
		`\nThe demo did not succeed. ${error instanceof Error ? error.message : String(error)}`,
	);
	// At once: where n8n did not start, the emulator still waits for work.
	process.exit(1);
});
