import type { Provider } from '../../emulator';

/** Parameters whose expressions give something else each time they are evaluated. */
export const MOVING = [
	'prompt',
	'count',
	'badCount',
	'ratio',
	'references',
	'priority',
	'combine',
] as const;

/** The Seedream node as a person has set it up. */
export interface Setup {
	operation: 'generate' | 'edit';
	provider: Provider;
	completion: 'poll' | 'callback' | 'submit';
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** Max Tries of Retry On Fail; absent where that is off. */
	maxTries?: number;
	moving: ReadonlyArray<(typeof MOVING)[number]>;
	combineItems: boolean;
	concurrency: number;
	/** Seconds. */
	maxWait: number;
	word: 'boat' | 'ship';
	count: number;
	outputMode: 'image' | 'task';
}

/** What becomes of a request for images. What is not `refused`, `limited` or cut before reaches the provider and is accepted. */
export type CreateFate =
	| { is: 'fine' | 'taskFails' | 'never' | 'slow' | 'noStatus' }
	| { is: 'refused'; status: number }
	/** HTTP 429, with as many seconds to wait. */
	| { is: 'limited'; retryAfter?: number }
	/** An answer with this status, from something on the way. */
	| { is: 'broken'; status: number; accepted: boolean }
	| { is: 'cut'; accepted: boolean }
	| { is: 'garbage'; body: 'html' | 'empty' | 'list' | 'otherTask' | 'truncated' }
	/** An answer that repeats what is secret. */
	| { is: 'echo'; status: 200 | 400 | 500; how: 'plain' | 'escaped' | 'encoded' };

/** What becomes of a reading of a task. */
export type ReadFate =
	| { is: 'fine' | 'cut' | 'html' | 'truncated' | 'noResults' | 'strangeStatus' | 'slow' }
	| { is: 'status'; status: number; retryAfter?: number }
	| { is: 'echo'; how: 'plain' | 'escaped' | 'encoded' };

/** Fates come in rows: the same thing goes wrong several times. */
export interface Row<T> {
	fate: T;
	times: number;
}

/** Stop, or the end of n8n itself, when a run has sent so many requests. */
export interface Interrupt {
	how: 'stop' | 'kill';
	at: number;
}

/** What a person changes in the workflow before a retry. */
export type Edit = Partial<
	Pick<
		Setup,
		| 'word'
		| 'maxWait'
		| 'completion'
		| 'outputMode'
		| 'count'
		| 'concurrency'
		| 'onError'
		| 'operation'
		| 'combineItems'
	>
>;

export type Call = 'true' | 'stale' | 'forged' | 'garbage' | 'several';

/** What happens next. A step that makes no sense at that moment is left out. */
export type Step =
	/** Callbacks reach the execution that waits; `ended`: not before its tasks have ended. */
	| { do: 'callback'; call: Call; ended: boolean; interrupt?: Interrupt }
	| { do: 'deadline' }
	/** n8n is gone while the execution waits. */
	| { do: 'lose'; as: 'crashed' | 'canceled' }
	/** A person retries what has failed, with the workflow as it was or as it is now. */
	| { do: 'retry'; edit?: Edit; interrupt?: Interrupt }
	| { do: 'wait' };

/** One history: how it begins, what goes wrong, and what is done. */
export interface Scene {
	setup: Setup;
	items: number;
	/** How long a task takes, in real milliseconds. */
	taskMs: number;
	creates: ReadonlyArray<Row<CreateFate>>;
	reads: ReadonlyArray<Row<ReadFate>>;
	interrupt?: Interrupt;
	steps: readonly Step[];
}
