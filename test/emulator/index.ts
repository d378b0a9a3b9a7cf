import type { CallbackDelivery } from './callbacks';
import type { Credits } from './accounts';
import { control } from './control';
import { ark } from './dialects/ark';
import { downloads } from './dialects/downloads';
import { evolink } from './dialects/evolink';
import { evolinkFiles } from './dialects/evolinkFiles';
import { novita } from './dialects/novita';
import { tokaify } from './dialects/tokaify';
import { uniall } from './dialects/uniall';
import type { Fault } from './faults';
import type { Kind } from './http';
import type { AcceptedCreate } from './orders';
import type { RecordedRequest } from './recording';
import { EmulatorServer } from './server';
import { World } from './world';
import type { EmulatorOptions, HeldConnection } from './world';

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

export const PROVIDERS = [
	'evolink',
	'novita',
	'uniall',
	'tokaify',
	'byteplus',
	'volcengine',
] as const;
/** A provider's ID. */
export type Provider = string;

export interface Emulator {
	readonly port: number;
	/** What goes into the credentials as base URL. */
	baseUrl(provider: Provider): string;
	/** EvoLink's file host. */
	readonly uploadUrl: string;
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
	 * What a key has from now on, until `reset`; what is left out stays. Novita tells `user` in 1/10000 USD, Tokaify tells
	 * `token`, EvoLink tells all.
	 */
	setCredits(key: string, credits: Partial<Credits>): void;
	/** Credits taken on all accounts; those held for open EvoLink tasks count as taken. */
	creditsUsed(): number;
	imagesMade(): number;
	/** The paid requests that were accepted, in order, and what became of them. */
	acceptedCreates(): AcceptedCreate[];
	/** Ends all open tasks now, except those that never end. */
	finishTasks(): void;
	/** Until every task has ended and every callback was delivered or given up. */
	settled(): Promise<void>;
	/** Takes no connection from now on: refused, as where nobody listens. Callbacks still go out. */
	goDown(): void;
	comeBack(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a server on this machine that speaks all providers' dialects. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const world = new World(options);
	const log = options.quiet === false ? (line: string) => console.log(line) : () => undefined;
	const dialects = [
		evolink(world),
		evolinkFiles(world),
		novita(world),
		uniall(world),
		tokaify(world),
		...ark(world),
		...downloads(world),
	];
	const server = new EmulatorServer(world, dialects, control(world), log);
	world.port = await server.listen(options.port ?? 0);
	return {
		port: world.port,
		baseUrl: (provider) => world.origin() + prefixOf(provider),
		uploadUrl: `${world.origin()}/evolink-files`,
		requests: world.requests,
		requestsOf: (kind, provider) =>
			world.requests.filter(
				(request) =>
					request.kind === kind && (provider === undefined || request.provider === provider),
			),
		callbacks: world.callbacks.deliveries,
		addFault: (fault) => world.faults.add(fault),
		clearFaults: () => world.faults.clear(),
		reset: () => world.reset(),
		setTaskMs: (ms) => {
			world.settings.taskMs = ms;
		},
		setCredits: (key, credits) => world.accounts.set(key, credits),
		creditsUsed: () => world.accounts.used(),
		imagesMade: () => world.imagesMade,
		acceptedCreates: () => world.orders.all(),
		finishTasks: () => world.tasks.finish(),
		settled: async () => await world.settled(),
		goDown: () => server.goDown(),
		comeBack: async () => await server.comeBack(),
		stop: async () => {
			world.shutDown();
			await server.close();
		},
	};
}

const PREFIXES: Readonly<Record<Provider, string>> = {
	evolink: '/evolink',
	novita: '/novita',
	uniall: '/uniall',
	tokaify: '/tokaify',
	byteplus: '/byteplus/api/v3',
	volcengine: '/volcengine/api/v3',
};

function prefixOf(provider: Provider): string {
	const prefix = PREFIXES[provider];
	if (prefix === undefined) throw new Error(`The emulator has no provider ${provider}`);
	return prefix;
}
