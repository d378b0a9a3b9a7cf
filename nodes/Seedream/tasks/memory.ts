import type {
	IContextObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import { isObject, propertyOf } from '../../shared/seedream/objects';
import type { ImageTask } from '../../shared/seedream/task';
import type { RunSettings } from '../request/runContext';

/**
 * What the node remembers, in its context, which n8n keeps over its own Retry On Fail, over
 * suspensions and over a retry of the whole execution. Executions that were saved by older versions hold
 * these names, so they do not change.
 */
export interface NodeMemory {
	seedream?: StoredLedger;
	/** Hexadecimal digits. The same for all callbacks of an execution. */
	seedreamSecret?: string;
	seedreamSuspension?: Suspension;
}

/** The paid requests that were sent. */
export interface StoredLedger {
	runIndex: number;
	/** Whether all items went into one request. */
	isCombined?: boolean;
	entries: Record<string, LedgerEntry>;
	/** How often a tool's call has failed since n8n began to try it, by its scope. */
	failures?: Record<string, number>;
}

/** What a paid request is remembered by. */
export interface RememberedRequest {
	/** The input items that it was made from. */
	items: number[];
	/** The same for the same request. Version 0.1 kept none that can be compared. */
	fingerprint?: string;
	requestedCount?: number;
	/** The provider's ID. */
	model?: string;
	/** The most images that it may have ordered. */
	maxImages?: number;
	warnings?: string[];
}

/** What became of a paid request; `task` where the provider has no tasks that could be read again. */
type RequestState =
	| { state: 'unanswered' }
	| { state: 'submitted'; taskId: string }
	| { state: 'finished'; task: ImageTask };

/** What is known of a paid request that was sent before. */
export type LedgerEntry = RememberedRequest & {
	/** The execution in which it was sent, to which its callback comes. */
	execution: string;
	/** The execution, started again by a person, that has picked it up. */
	adoptedBy?: string;
	/** How often it was accepted in that execution, each time after a task that failed. */
	tries: number;
	/** What earlier executions have sent for these items: other requests, or ones without an answer. */
	before?: LedgerEntry[];
} & RequestState;

/** What a suspended node needs in order to go on. */
export interface Suspension {
	/** Another one for each suspension. Version 0.1 gave none. */
	id?: string;
	runIndex: number;
	results: TaskResult[];
	settings: RunSettings;
	/** The input items, which are put back when the node goes on. */
	originals: INodeExecutionData[];
}

export function memoryOf(context: IExecuteFunctions): NodeMemory {
	const stored: IContextObject = context.getContext('node');
	return stored;
}

/**
 * What the waiting node remembers, as it stands in the data of its execution (n8n-workflow 2.41,
 * IRunExecutionData): what is changed there is kept when the execution goes on.
 */
export function memoryOfWaiting(context: IWebhookFunctions): NodeMemory {
	const run = propertyOf(propertyOf(context, 'runExecutionData'), 'executionData');
	const stored = propertyOf(propertyOf(run, 'contextData'), `node:${context.getNode().name}`);
	return isObject(stored) ? stored : memoryByExpression(context);
}

/**
 * A copy, from what n8n offers officially. Since n8n 2.35 an expression in a webhook call costs
 * more than all the rest of the node's work.
 */
function memoryByExpression(context: IWebhookFunctions): NodeMemory {
	// Braces in the name would end the expression, or begin another.
	const name = JSON.stringify(context.getNode().name).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	const stored: unknown = context.evaluateExpression(`{{ $node[${name}].context }}`);
	return isObject(stored) ? stored : {};
}
