import type { AcceptedCreate } from './acceptedCreates';
import type { Credits } from './accounts';
import type { CallbackDelivery } from './callbacks';
import { control } from './control';
import type { Dialect, FileHost, Host } from './dialect';
import { DIALECTS } from './dialects';
import { imageHost } from './downloads';
import type { Fault } from './faults';
import type { Kind } from './kind';
import type { RecordedRequest } from './recording';
import { EmulatorServer } from './server';
import { EmulatorState } from './state';
import type { EmulatorOptions, HeldConnection } from './state';

export { CREDITS_PER_IMAGE } from './accounts';
export type {
	AcceptedCreate,
	CallbackDelivery,
	Credits,
	EmulatorOptions,
	Fault,
	HeldConnection,
	Kind,
	RecordedRequest,
};

export const PROVIDERS: readonly Provider[] = DIALECTS.map(({ provider }) => provider);
/** A provider's ID. */
export type Provider = string;

export interface Emulator {
	readonly port: number;
	/** What goes into the credentials as base URL. */
	baseUrl(provider: Provider): string;
	/** The file host, where the provider has one of its own. */
	uploadUrl(provider: Provider): string | undefined;
	readonly requests: readonly RecordedRequest[];
	requestsOf(kind: Kind, provider?: string): RecordedRequest[];
	readonly callbacks: readonly CallbackDelivery[];
	addFault(fault: Fault): void;
	clearFaults(): void;
	/** Forgets everything, faults too, and goes back to the options it was started with. */
	reset(): void;
	/** For tasks that begin from now on. */
	setTaskMs(ms: number): void;
	/**
	 * What a key has from now on, until `reset`; what is left out stays. Each dialect says which of
	 * it its provider tells, and in what unit.
	 */
	setCredits(key: string, credits: Partial<Credits>): void;
	/** Credits taken on all accounts; those held for open tasks count as taken. */
	creditsUsed(): number;
	imagesMade(): number;
	/**
	 * What the layers of a picture that was taken apart make above their base, as PNG: what any
	 * recomposition must look like. By the link of the base or of any layer.
	 */
	wholeOf(link: string): Promise<Buffer>;
	/** The paid requests that were accepted, in order, and what became of them. */
	acceptedCreates(): AcceptedCreate[];
	/**
	 * Ends all open tasks, except those that never end: now, or one after the other within so many
	 * ms.
	 */
	finishTasks(withinMs?: number): void;
	/** Until every task has ended and every callback was delivered or given up. */
	settled(): Promise<void>;
	/**
	 * Takes no connection from now on: refused, as where nobody listens. Callbacks still go out.
	 */
	goDown(): void;
	comeBack(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a server on this machine that speaks all providers' dialects. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const state = new EmulatorState(options);
	const log = options.quiet === false ? (line: string) => console.log(line) : () => undefined;
	const server = new EmulatorServer(state, HOSTS, control, log);
	state.port = await (options.port === undefined
		? server.listenSomewhere()
		: server.listen(options.port));
	return {
		port: state.port,
		baseUrl: (provider) => state.origin() + dialectOf(provider).basePath,
		uploadUrl: (provider) => {
			const { fileHost } = dialectOf(provider);
			return fileHost && state.origin() + fileHost.uploads.basePath;
		},
		requests: state.requests,
		requestsOf: (kind, provider) =>
			state.requests.filter(
				(request) =>
					request.kind === kind && (provider === undefined || request.provider === provider),
			),
		callbacks: state.callbacks.deliveries,
		addFault: (fault) => state.faults.add(fault),
		clearFaults: () => state.faults.clear(),
		reset: () => state.reset(),
		setTaskMs: (ms) => {
			state.settings.taskMs = ms;
		},
		setCredits: (key, credits) => state.accounts.set(key, credits),
		creditsUsed: () => state.accounts.used(),
		imagesMade: () => state.imagesMade,
		wholeOf: async (link) => await state.images.wholeOf(link),
		acceptedCreates: () => state.acceptedCreates.all(),
		finishTasks: (withinMs) => state.tasks.finish(withinMs),
		settled: async () => await state.scheduler.settled(),
		goDown: () => server.goDown(),
		comeBack: async () => await server.comeBack(),
		stop: async () => {
			state.scheduler.stop();
			await server.close();
		},
	};
}

const HOSTS: readonly Host[] = [
	...DIALECTS,
	...DIALECTS.flatMap(({ fileHost }) => (fileHost ? hostsOf(fileHost) : [])),
	imageHost,
];

function dialectOf(id: Provider): Dialect {
	const dialect = DIALECTS.find(({ provider }) => provider === id);
	if (dialect === undefined) throw new Error(`The emulator has no provider ${id}`);
	return dialect;
}

function hostsOf({ uploads, storage, downloads }: FileHost): Host[] {
	return [uploads, ...(storage ? [storage] : []), downloads];
}
