import fc, { type Arbitrary } from 'fast-check';
import {
	MOVING,
	type CreateFate,
	type Edit,
	type Interrupt,
	type ReadFate,
	type Row,
	type Scene,
	type Setup,
	type Step,
} from './scene';

const one = fc.constantFrom;

/** One of several, as often as their numbers say; a failure is made smaller towards the first. */
function often<T>(...entries: Array<[number, Arbitrary<T>]>): Arbitrary<T> {
	return fc.oneof(
		{ withCrossShrink: true },
		...entries.map(([weight, arbitrary]) => ({ weight, arbitrary })),
	);
}

/** Nothing so many times as often as something. */
const seldom = <T>(nothing: number, value: Arbitrary<T>) =>
	often<T | undefined>([nothing, fc.constant(undefined)], [1, value]);

const retryAfter = seldom(1, one(0, 2, 3600));

const createFate: Arbitrary<CreateFate> = often<CreateFate>(
	[6, fc.constant({ is: 'fine' as const })],
	[
		4,
		fc.record({
			is: one('taskFails' as const, 'never' as const, 'slow' as const, 'noStatus' as const),
		}),
	],
	[3, fc.record({ is: fc.constant('cut' as const), accepted: fc.boolean() })],
	[
		2,
		fc.record({
			is: fc.constant('refused' as const),
			status: one(400, 401, 402, 403, 404, 413, 422),
		}),
	],
	[2, fc.record({ is: fc.constant('limited' as const), retryAfter })],
	[
		2,
		fc.record({
			is: fc.constant('broken' as const),
			status: one(500, 502, 503, 504, 408, 409, 302),
			accepted: fc.boolean(),
		}),
	],
	[
		2,
		fc.record({
			is: fc.constant('garbage' as const),
			body: one('html' as const, 'empty', 'list', 'otherTask', 'truncated'),
		}),
	],
	[
		1,
		fc.record({
			is: fc.constant('echo' as const),
			status: one(400 as const, 500, 200),
			how: one('plain' as const, 'escaped', 'encoded'),
		}),
	],
);

const readFate: Arbitrary<ReadFate> = often<ReadFate>(
	[6, fc.constant({ is: 'fine' as const })],
	[
		4,
		fc.record({
			is: one('cut' as const, 'html', 'truncated', 'noResults', 'strangeStatus', 'slow'),
		}),
	],
	[
		4,
		fc.record({
			is: fc.constant('status' as const),
			status: one(500, 503, 429, 401, 403, 404, 400, 408),
			retryAfter,
		}),
	],
	[
		1,
		fc.record({
			is: fc.constant('echo' as const),
			how: one('plain' as const, 'escaped', 'encoded'),
		}),
	],
);

function rows<T>(fate: Arbitrary<T>, longest: number): Arbitrary<Array<Row<T>>> {
	return fc.array(
		fc.record({
			fate,
			times: often([4, fc.constant(1)], [2, fc.integer({ min: 1, max: longest })]),
		}),
		{ maxLength: 5 },
	);
}

/** Which histories are wanted. */
export interface Kind {
	completions: ReadonlyArray<Setup['completion']>;
	providers: ReadonlyArray<Setup['provider']>;
	/** Seconds. */
	maxWaits: readonly number[];
	/** How long a task takes, in real milliseconds. */
	taskMs: readonly number[];
}

function setup({ completions, providers, maxWaits }: Kind): Arbitrary<Setup> {
	return fc.record({
		operation: one('generate' as const, 'generate', 'edit'),
		provider: one(...providers),
		completion: one(...completions),
		onError: one(
			'stopWorkflow' as const,
			'stopWorkflow',
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		),
		maxTries: seldom(1, fc.integer({ min: 2, max: 5 })),
		moving: fc.subarray([...MOVING], { maxLength: 2 }),
		combineItems: often([4, fc.constant(false)], [1, fc.constant(true)]),
		concurrency: one(1, 1, 5),
		maxWait: one(...maxWaits),
		word: fc.constant('boat' as const),
		count: one(1, 1, 2),
		outputMode: one('image' as const, 'image', 'task'),
	});
}

const edit = ({ maxWaits }: Kind): Arbitrary<Edit> =>
	fc.record(
		{
			word: one('ship' as const, 'boat'),
			maxWait: one(...maxWaits.map((seconds) => 2 * seconds), Math.min(...maxWaits)),
			completion: one('poll' as const, 'callback', 'submit'),
			outputMode: one('task' as const),
			count: one(2, 3),
			concurrency: one(5),
			onError: one('stopWorkflow' as const, 'continueRegularOutput'),
			operation: one('generate' as const, 'edit'),
			combineItems: fc.boolean(),
		},
		{ requiredKeys: [] },
	);

const interrupt = seldom<Interrupt>(
	9,
	fc.record({ how: one('stop' as const), at: fc.integer({ min: 1, max: 8 }) }),
);
const fatal = seldom<Interrupt>(
	4,
	fc.record({ how: one('stop' as const, 'kill'), at: fc.integer({ min: 1, max: 8 }) }),
);

const retry = (kind: Kind): Arbitrary<Step> =>
	fc.record({ do: fc.constant('retry' as const), edit: seldom(1, edit(kind)), interrupt: fatal });

const step = (kind: Kind): Arbitrary<Step> =>
	often<Step>(
		[5, retry(kind)],
		[
			8,
			fc.record({
				do: fc.constant('callback' as const),
				call: one('true' as const, 'true', 'true', 'stale', 'forged', 'garbage', 'several'),
				ended: often([3, fc.constant(true)], [1, fc.constant(false)]),
				interrupt: fatal,
			}),
		],
		[2, fc.constant({ do: 'deadline' as const })],
		[2, fc.record({ do: fc.constant('lose' as const), as: one('crashed' as const, 'canceled') })],
		[1, fc.constant({ do: 'wait' as const })],
	);

/** Any history of this kind. */
export function anyScene(kind: Kind): Arbitrary<Scene> {
	return fc.record({
		setup: setup(kind),
		items: fc.integer({ min: 1, max: 4 }),
		taskMs: one(...kind.taskMs),
		creates: rows(createFate, 5),
		reads: rows(readFate, 12),
		interrupt,
		steps: fc.array(step(kind), { maxLength: 6 }),
	});
}
