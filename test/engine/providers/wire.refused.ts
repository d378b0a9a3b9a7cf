import type { INodeParameters } from 'n8n-workflow';
import type { Provider } from '../../emulator';
import { ARK } from './support';

type Refused = readonly [
	provider: Provider,
	model: string,
	options: INodeParameters,
	message: string,
];

const PNG = { outputFormat: 'png' };
const SEARCH = { webSearch: true };
const CLEAR = { background: 'transparent', outputFormat: 'png' };

/** Options that change the picture, where the provider or the model has no field for them. */
export const REFUSED: Refused[] = [
	['novita', 'seedream-5.0-lite', PNG, 'Output Format'],
	['novita', 'seedream-5.0-lite', SEARCH, 'Web Search'],
	['uniall', 'seedream-5.0-lite', PNG, 'Output Format'],
	['uniall', 'seedream-5.0-lite', SEARCH, 'Web Search'],
	['uniall', 'seedream-4.0', { watermark: true }, 'Watermark'],
	['tokaify', 'seedream-5.0-lite', PNG, 'Output Format'],
	['tokaify', 'seedream-5.0-lite', SEARCH, 'Web Search'],
	...ARK.flatMap((provider): Refused[] => [
		[provider, 'seedream-4.0', PNG, 'Output Format'],
		[provider, 'seedream-4.5', SEARCH, 'Web Search'],
		[provider, 'seedream-5.0-pro', SEARCH, 'Web Search'],
		[provider, 'seedream-5.0-lite', CLEAR, 'Background'],
		[provider, 'seedream-5.0-pro', { background: 'transparent' }, 'Choose PNG'],
	]),
];

/** Options that no model of the provider has a field for, with one of its own model IDs. */
export const REFUSED_ON_CUSTOM: ReadonlyArray<readonly [Provider, string, INodeParameters]> = [
	['novita', 'seedream-5.0-lite', PNG],
	['novita', 'seedream-5.0-lite', SEARCH],
	['uniall', 'seedream-4.0', { watermark: true }],
	['tokaify', 'doubao-seedream-5-0-260128', SEARCH],
];
