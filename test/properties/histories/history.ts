import { inspect } from 'node:util';
import type { ExecutionStatus } from 'n8n-workflow';
import type { RunResult } from '../../engine/support';
import type { Create } from './creates';
import type { Scene, Setup } from './scene';
import { NODE } from './workflow';

/** What came of one run of the workflow, up to its end or its next wait. */
export interface Part {
	execution: string;
	/** `first`, `retry`, `callback` or `deadline`. */
	how: string;
	setup: Setup;
	result: RunResult;
	status: ExecutionStatus;
	/** n8n has run the node in it: it does not in the retry of an execution that was stopped while the node worked. */
	hasRun: boolean;
	/** n8n was killed in it. */
	isLost: boolean;
	/** What was written to n8n's log meanwhile. */
	log: string[];
}

/** All that happened. */
export interface History {
	scene: Scene;
	parts: Part[];
	creates: Create[];
	/** Tasks that were refunded in the end, by their IDs. */
	failed: ReadonlySet<string>;
	/** What happened, for people. */
	story: string[];
	/** What was seen to be wrong at once. */
	breaches: string[];
	/** What n8n has stored of the last execution. */
	saved: string;
	lastStatus: string;
}

/** What a person can see of a run: items, errors and the log. */
export function seen({ result, log }: Part): string {
	const errors = [result.error, ...(result.runData[NODE] ?? []).map(({ error }) => error)];
	const told = errors.flatMap((error) =>
		error ? [error.message, error.description, error.context?.data] : [],
	);
	return JSON.stringify([
		outputsOf(result),
		told,
		result.hints,
		log.filter((line) => !line.startsWith('debug:')),
	]);
}

/** All that comes out of a run, with what programs could dig out of its errors. */
export function everything({ result, log }: Part): string {
	const { error, runData, messages, hints } = result;
	return inspect([error, runData, messages, hints, log], {
		depth: 14,
		maxArrayLength: null,
		maxStringLength: null,
	});
}

/** The items of every output of every run of the node. */
export function outputsOf(result: RunResult) {
	return (result.runData[NODE] ?? []).flatMap((_, run) => result.outputs(NODE, run).flat());
}
