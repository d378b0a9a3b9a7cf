import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
	INodePropertyOptions,
} from 'n8n-workflow';
import { SeedreamApi } from '../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import type { Emulator, Provider } from '../emulator';
import {
	chain,
	loadOptions,
	runWorkflow,
	startRun,
	type NodeJson,
	type RunHandle,
	type RunOptions,
	type RunResult,
} from './support';

export const NODE = 'Seedream';
export const NODE_TYPE = 'n8n-nodes-seedream.seedream';

/** The plainest request: one image, of which the link is enough. */
export const BOAT: INodeParameters = { operation: 'generate', prompt: 'A boat', download: false };

/** What a test may say beyond the node's parameters. */
export interface SeedreamRun extends Partial<
	Omit<RunOptions, 'workflow' | 'nodeTypes' | 'credentials'>
> {
	provider?: Provider;
	apiKey?: string;
	/** The Options collection. */
	options?: INodeParameters;
	/** Settings of the node besides its parameters, such as `onError`. */
	node?: Partial<NodeJson>;
	credentials?: ICredentialDataDecryptedObject;
}

/** Credentials that lead to the emulator. */
export function credentialsFor(
	emulator: Emulator,
	{ provider = 'evolink', apiKey = 'test-key' }: Pick<SeedreamRun, 'provider' | 'apiKey'> = {},
): ICredentialDataDecryptedObject {
	const uploadBaseUrl = emulator.uploadUrl(provider);
	return {
		provider,
		apiKey,
		baseUrl: emulator.baseUrl(provider),
		...(uploadBaseUrl !== undefined && { uploadBaseUrl }),
	};
}

function optionsFor(emulator: Emulator, parameters: INodeParameters, run: SeedreamRun): RunOptions {
	const { node, provider, apiKey, credentials, options: given, ...rest } = run;
	const options = { pollIntervalSeconds: 0.05, ...given };
	return {
		workflow: chain({
			name: NODE,
			type: NODE_TYPE,
			parameters: { ...parameters, options },
			credentials: { seedreamApi: { id: '1', name: 'Seedream' } },
			...node,
		}),
		nodeTypes: { [node?.type ?? NODE_TYPE]: new Seedream() },
		credentialTypes: [new SeedreamApi()],
		credentials: { seedreamApi: credentials ?? credentialsFor(emulator, { provider, apiKey }) },
		...rest,
	};
}

/** Runs start → Seedream → end in n8n's engine, against the emulator. */
export async function runSeedream(
	emulator: Emulator,
	parameters: INodeParameters,
	run: SeedreamRun = {},
): Promise<RunResult> {
	return await runWorkflow(optionsFor(emulator, parameters, run));
}

/** What a list of the node's panel offers that n8n loads. */
export async function listOf(
	emulator: Emulator,
	method: string,
	parameters: INodeParameters,
	run: SeedreamRun = {},
): Promise<INodePropertyOptions[]> {
	return await loadOptions(optionsFor(emulator, parameters, run), NODE, method);
}

/** The same, with a handle to stop it. */
export function startSeedream(
	emulator: Emulator,
	parameters: INodeParameters,
	run: SeedreamRun = {},
): RunHandle {
	return startRun(optionsFor(emulator, parameters, run));
}

/** Input items with these fields. */
export function itemsOf(...fields: Array<INodeExecutionData['json']>): INodeExecutionData[] {
	return fields.map((json) => ({ json }));
}

/** The bodies of the paid requests that the emulator received, in order. */
export function paidBodies(emulator: Emulator, provider?: Provider): unknown[] {
	return emulator.requestsOf('create', provider).map(({ body }) => body);
}
