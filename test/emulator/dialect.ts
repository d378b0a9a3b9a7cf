import type { ErrorFormatter } from './apiError';
import type { Call, Reply } from './http';
import type { Kind } from './kind';
import type { EmulatorState } from './state';

export interface Route {
	readonly method: string;
	/** What follows the base path of its host. */
	readonly path: RegExp;
	readonly kind: Kind;
	handle(state: EmulatorState, call: Call, match: RegExpMatchArray): Reply | Promise<Reply>;
}

/**
 * A host of a provider. All of them are on one port here, so each is mounted on a path of its own.
 */
export interface Host {
	/** Whose requests these are: recordings and faults go by it. */
	readonly provider: string;
	/** Where it is mounted; a base URL in the credentials ends with it. */
	readonly basePath: string;
	readonly routes: readonly Route[];
	readonly formatError: ErrorFormatter;
	/** Whose request this is, where one host serves several providers. */
	providerOf?(state: EmulatorState, path: string): string | undefined;
}

/** All that the emulator knows of one provider. The dialect itself is the host of the API. */
export interface Dialect extends Host {
	/** Only for a provider that takes uploads. */
	readonly fileHost?: FileHost;
}

export interface FileHost {
	/** What an upload base URL in the credentials leads to. */
	readonly uploads: Host;
	/** Where the answers of `uploads` send the bytes, if that is elsewhere. */
	readonly storage?: Host;
	readonly downloads: Host;
}
