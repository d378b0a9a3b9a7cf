import { startEmulator } from '../../emulator';
import { credentialData, type Stage } from '../stage';
import { startFileServer } from '../support/fileServer';
import { startN8n } from '../support/n8n';
import { RestClient } from '../support/rest';
import type { InstalledHost } from './versions';

/** Starts one n8n of that version with the package as a user installs it, and an emulated provider that calls it back. */
export async function openStageOn(
	{ host, disabledModules }: InstalledHost,
	tarball: string,
	env: Readonly<Record<string, string>> = {},
): Promise<Stage> {
	const emulator = await startEmulator();
	const files = await startFileServer();
	// Without WEBHOOK_URL an n8n hands out its own address, which the emulator can call.
	const n8n = await startN8n({ host, disabledModules, packages: [tarball], env });
	const rest = new RestClient(n8n.baseUrl);
	await rest.setUpOwner();
	const credential = await rest.createCredential(
		'Seedream account',
		'seedreamApi',
		credentialData(emulator),
	);
	return {
		emulator,
		n8n,
		rest,
		files,
		credential,
		close: async () => {
			await n8n.remove();
			await Promise.all([emulator.stop(), files.close()]);
		},
	};
}
