import type { CreateFate, ReadFate, Row, Scene, Setup, Step } from './histories/scene';

/** A history that has broken a promise once, as small as it could be made. */
export interface Found {
	/** What happens, and what was wrong. */
	what: string;
	scene: Scene;
	/** How often it is played, where something in it moves at random. */
	times?: number;
}

const setup: Setup = {
	operation: 'generate',
	provider: 'evolink',
	completion: 'poll',
	onError: 'stopWorkflow',
	moving: [],
	combineItems: false,
	concurrency: 1,
	maxWait: 4,
	word: 'boat',
	count: 1,
	outputMode: 'image',
};
const asleep: Setup = { ...setup, completion: 'callback' };
const scene: Scene = { setup, items: 1, taskMs: 8, creates: [], reads: [], steps: [] };

/** What becomes of the first requests for images, one after the other. */
function sent(...fates: CreateFate[]): Pick<Scene, 'creates'> {
	return { creates: fates.map((fate) => ({ fate, times: 1 })) };
}

/** What becomes of the first reading of a task. */
function read(fate: ReadFate): Pick<Scene, 'reads'> {
	return { reads: [{ fate, times: 1 }] };
}

const FINE: CreateFate = { is: 'fine' };
const UNCLEAR: CreateFate = { is: 'cut', accepted: true };
const REFUSED: CreateFate = { is: 'refused', status: 422 };
const UNREADABLE: ReadFate = { is: 'status', status: 401 };
const NO_RESULTS: Array<Row<ReadFate>> = [{ fate: { is: 'noResults' }, times: 9 }];
const RETRY: Step = { do: 'retry' };
const WITH_SHIP: Step = { do: 'retry', edit: { word: 'ship' } };
const WITH_BOAT: Step = { do: 'retry', edit: { word: 'boat' } };

export const FOUND: readonly Found[] = [
	{
		what: 'sent, then another item is refused at the second try: "nothing was sent and nothing is billed"',
		scene: {
			...scene,
			setup: { ...setup, maxTries: 5, moving: ['badCount'] },
			items: 4,
			...sent(UNCLEAR),
		},
		times: 5,
	},
	{
		what: 'the first item is refused and the second has no answer: the error is about the first alone',
		scene: { ...scene, setup: { ...setup, concurrency: 5 }, items: 2, ...sent(REFUSED, UNCLEAR) },
	},
	{
		what: 'no answer, and the retry is refused: the next retry has forgotten the first request',
		scene: { ...scene, ...sent(UNCLEAR, REFUSED), steps: [RETRY, RETRY] },
	},
	{
		what: 'no answer, and the retry is refused at its first try: the second try has forgotten the first request',
		scene: {
			...scene,
			setup: { ...setup, maxTries: 2 },
			...sent(UNCLEAR, REFUSED),
			steps: [RETRY],
		},
	},
	{
		what: 'a task, and another request that is refused: the next retry has forgotten the task',
		scene: { ...scene, ...sent(FINE, REFUSED), ...read(UNREADABLE), steps: [WITH_SHIP, RETRY] },
	},
	{
		what: 'a task, another request that is refused, and the first request again: paid twice, without a word',
		scene: { ...scene, ...sent(FINE, REFUSED), ...read(UNREADABLE), steps: [WITH_SHIP, WITH_BOAT] },
	},
	{
		what: 'no answer, and a retry that picks its task up at its second try: the warning is lost',
		scene: {
			...scene,
			setup: { ...setup, maxTries: 2 },
			...sent(UNCLEAR),
			...read(UNREADABLE),
			steps: [RETRY],
		},
	},
	{
		what: 'one request, another one, and the first one again: its task is forgotten, and paid twice',
		scene: { ...scene, reads: NO_RESULTS, steps: [WITH_SHIP, WITH_BOAT] },
	},
	{
		what: 'a refusal repeats the callback URL: its secret is in the error',
		scene: { ...scene, setup: asleep, ...sent({ is: 'echo', status: 400, how: 'plain' }) },
	},
	{
		what: 'an answer that cannot be read repeats the callback URL: its secret is in the error',
		scene: { ...scene, setup: asleep, ...sent({ is: 'echo', status: 200, how: 'escaped' }) },
	},
	{
		what: 'a reading that fails repeats the callback URL: its secret is in the error',
		scene: { ...scene, setup: asleep, taskMs: 30, ...read({ is: 'echo', how: 'encoded' }) },
	},
	{
		what: 'no answer to all items in one request, and a retry of each for itself: only the first is warned of',
		scene: {
			...scene,
			setup: { ...setup, operation: 'edit', combineItems: true },
			items: 2,
			...sent(UNCLEAR),
			steps: [{ do: 'retry', edit: { combineItems: false } }],
		},
	},
];
