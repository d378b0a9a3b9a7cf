import { startEmulator, type Emulator, type EmulatorOptions } from '../emulator';
import { startN8n, type N8n, type N8nOptions } from './support/n8n';
import { RestClient, type Credential } from './support/rest';
import { startFileServer, type FileServer } from './support/fileServer';

/** The key that the emulator's account with credit has. */
export const GOOD_KEY = 'test-key';

/** What every check works with: one n8n with the package, one emulated provider, one file server. */
export interface Stage {
	readonly emulator: Emulator;
	readonly n8n: N8n;
	readonly rest: RestClient;
	readonly files: FileServer;
	/** With the good key. */
	readonly credential: Credential;
	close(): Promise<void>;
}

/** The fields of credentials that lead to a provider in the emulator. */
export function credentialData(
	emulator: Emulator,
	apiKey: string = GOOD_KEY,
	provider = 'evolink',
): Record<string, string> {
	const uploadBaseUrl = emulator.uploadUrl(provider);
	return {
		provider,
		apiKey,
		baseUrl: emulator.baseUrl(provider),
		...(uploadBaseUrl !== undefined && { uploadBaseUrl }),
	};
}

/** Starts everything, with the packed packages installed as a user installs them and the owner signed in. */
export async function openStage(
	packages: readonly string[],
	options: { emulator?: EmulatorOptions; n8n?: N8nOptions } = {},
): Promise<Stage> {
	const emulator = await startEmulator(options.emulator);
	const files = await startFileServer();
	const n8n = await startN8n({ packages, ...options.n8n });
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
