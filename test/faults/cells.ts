/** What a request is for. `task`: nothing is wrong with a request, but the task itself goes wrong. */
export type Kind = 'upload' | 'create' | 'query' | 'download' | 'callback' | 'task';

export type Operation = 'generate' | 'edit' | 'getTask';

/** How the images come to the workflow: the choices of Completion, Get Task with and without waiting, a stream. */
export type Way = 'poll' | 'callback' | 'submit' | 'once' | 'wait' | 'stream';

/**
 * Retry On Fail, with a prompt that is the same at each try or that is not; `person`: Retry in the list of executions. The fault is over
 * once the first try has failed, except in `lasting`: there it is for ever (and the prompt moves).
 */
export type Retry = 'none' | 'fixed' | 'moving' | 'lasting' | 'person';

/** One situation, to be run once. */
export interface Cell {
	readonly provider: 'evolink' | 'novita' | 'byteplus';
	readonly kind: Kind;
	readonly fault: Fault;
	readonly operation: Operation;
	readonly way: Way;
	readonly retry: Retry;
}

export const NO_ANSWER = [
	'refused',
	'cut before acceptance',
	'cut after acceptance',
	'hang',
] as const;
export const BROKEN = ['truncated', 'not JSON', 'JSON of another shape'] as const;
export const STATUS = [
	'HTTP 400',
	'HTTP 401',
	'HTTP 402',
	'HTTP 403',
	'HTTP 404',
	'HTTP 408',
	'HTTP 409',
	'HTTP 413',
	'HTTP 422',
	'HTTP 429',
	'HTTP 429, Retry-After 2 s',
	'HTTP 429, Retry-After 120 s',
	'HTTP 500',
	'HTTP 502',
	'HTTP 503',
	'HTTP 503, Retry-After 2 s',
	'HTTP 504',
	'redirect 301',
	'redirect 302',
	'redirect 307',
	'redirect 308',
] as const;
const OF_REQUESTS = [...NO_ANSWER, ...BROKEN, 'slow', ...STATUS] as const;
const OF_CALLBACKS = [...NO_ANSWER, ...BROKEN, 'slow', 'early', 'twice'] as const;
const OF_TASKS = ['fails', 'is completed without images'] as const;

export type Fault =
	(typeof OF_REQUESTS)[number] | (typeof OF_CALLBACKS)[number] | (typeof OF_TASKS)[number];

const RETRIES: readonly Retry[] = ['none', 'fixed', 'moving', 'lasting', 'person'];

/** The number of a status fault, else undefined. */
export function statusOf(fault: Fault): number | undefined {
	const digits = /^(?:HTTP|redirect) (\d{3})/.exec(fault)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

export function retryAfterOf(fault: Fault): number | undefined {
	const digits = /Retry-After (\d+)/.exec(fault)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

type Route = Pick<Cell, 'operation' | 'way'>;

const all = (operations: readonly Operation[], ways: readonly Way[]): Route[] =>
	operations.flatMap((operation) => ways.map((way) => ({ operation, way })));

const MAKING = ['generate', 'edit'] as const;
const GETTING = all(['getTask'], ['once', 'wait']);

/** Where each kind of request is made, by provider. */
const ROUTES: Readonly<Record<Cell['provider'], Partial<Record<Kind, readonly Route[]>>>> = {
	evolink: {
		upload: all(['edit'], ['poll', 'callback', 'submit']),
		create: all(MAKING, ['poll', 'callback', 'submit']),
		query: [...all(MAKING, ['poll', 'callback']), ...GETTING],
		download: [...all(MAKING, ['poll', 'callback']), ...all(['getTask'], ['once'])],
		callback: all(MAKING, ['callback']),
		task: all(MAKING, ['poll', 'callback']),
	},
	novita: { create: all(MAKING, ['poll', 'callback']), download: all(MAKING, ['poll']) },
	byteplus: { create: all(MAKING, ['stream']) },
};

function faultsOf(kind: Kind): readonly Fault[] {
	if (kind === 'callback') return OF_CALLBACKS;
	return kind === 'task' ? OF_TASKS : OF_REQUESTS;
}

/** All cells for requests of one kind to one provider. */
export function cellsOf(provider: Cell['provider'], kind: Kind): Cell[] {
	const routes = ROUTES[provider][kind] ?? [];
	return faultsOf(kind).flatMap((fault) =>
		routes.flatMap((route) => RETRIES.map((retry) => ({ provider, kind, fault, ...route, retry }))),
	);
}

export function nameOf({ provider, kind, fault, operation, way, retry }: Cell): string {
	return `${provider}, ${kind} × ${fault} × ${operation}, ${way} × ${retry}`;
}
