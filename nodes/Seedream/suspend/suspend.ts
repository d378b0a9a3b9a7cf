import { randomBytes } from 'node:crypto';
import type { IContextObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fetchTaskAdvice } from '../../shared/seedream/errors';
import type { Result } from '../tasks/collect';
import { errorItem } from '../../shared/n8n/errors';
import { currentRun, resumeUrlOf } from '../tasks/execution';
import { taskItem } from '../../shared/n8n/output/items';
import type { RunSettings } from '../request/runSettings';
import { openTask } from '../tasks/wait';

/** The parameter of the resume URL that carries the node's own secret: older n8n has none. */
export const SECRET_PARAMETER = 'sd_k';

/** What stands behind the execution's ID in the resume URL. */
export const RESUME_PATH = 'seedream';

/** What a suspended node needs in order to go on, remembered in its context. */
export interface Suspension {
	runIndex: number;
	results: Result[];
	settings: RunSettings;
	/** The input items, which are put back when the node goes on. */
	originals: INodeExecutionData[];
}

/** What this node keeps of its suspensions in its context, over which n8n saves the execution. */
export interface SuspensionContext {
	/** Hexadecimal digits. The same for all callbacks of an execution. */
	seedreamSecret?: string;
	seedreamSuspension?: Suspension;
}

function nodeContext(context: IExecuteFunctions): SuspensionContext {
	const stored: IContextObject = context.getContext('node');
	return stored;
}

/**
 * The URL at which n8n resumes this execution, with a path and a secret of the node's own: without
 * the path a late callback would resume a Wait node that comes after.
 */
export function makeResumeUrl(context: IExecuteFunctions): string {
	const stored = nodeContext(context);
	stored.seedreamSecret ??= randomBytes(24).toString('hex');
	const url = resumeUrlOf(context);
	url.pathname = `${url.pathname.replace(/\/+$/, '')}/${RESUME_PATH}`;
	url.searchParams.set(SECRET_PARAMETER, stored.seedreamSecret);
	return url.toString();
}

/** What lets a caller of this execution's resume URL in: the node's secret and n8n's own. */
export function resumeSecrets(context: IExecuteFunctions): string[] {
	const { seedreamSecret } = nodeContext(context);
	if (seedreamSecret === undefined) return [];
	return [seedreamSecret, resumeUrlOf(context).searchParams.get('signature') ?? ''];
}

/**
 * Whether waiting without a slot is possible: an agent's tool call has to be answered at once,
 * and tasks that another execution has submitted do not call back here.
 */
export function canSuspend(context: IExecuteFunctions, results: readonly Result[]): boolean {
	const areOwn = results.every((result) => result.isOwn || openTask(result) === undefined);
	return areOwn && !context.isToolExecution();
}

/**
 * Puts the execution to sleep until the callbacks have come or the wait is over. At the deadline
 * n8n hands on the input items without asking the node, so they are replaced, in place, by
 * items that say which tasks they wait for.
 */
export async function suspend(
	context: IExecuteFunctions,
	results: Result[],
	settings: RunSettings,
): Promise<INodeExecutionData[]> {
	const items = storedInput(context);
	nodeContext(context).seedreamSuspension = {
		runIndex: currentRun(context),
		results,
		settings,
		originals: [...items],
	};
	items.splice(0, items.length, ...results.map(placeholder));
	await context.putExecutionToWait(new Date(Date.now() + settings.maxWaitMs));
	// n8n does not hand this on; but an error in it would make Retry On Fail run the node at once.
	return [{ json: { status: 'waiting' }, pairedItem: { item: 0 } }];
}

/** The input items as n8n keeps them: with Execute Once the node itself gets a copy. */
function storedInput(context: IExecuteFunctions): INodeExecutionData[] {
	return context.getExecuteData().data.main?.[0] ?? context.getInputData();
}

/** Gives what was remembered, once, and puts the input items back. */
export function endSuspension(context: IExecuteFunctions): Suspension | undefined {
	const stored = nodeContext(context);
	const suspension = stored.seedreamSuspension;
	if (suspension?.runIndex !== currentRun(context)) return undefined;
	delete stored.seedreamSuspension;
	const items = storedInput(context);
	items.splice(0, items.length, ...suspension.originals);
	return suspension;
}

/**
 * What comes out of the node for a request if its callback does not come in time. One item each:
 * n8n links the items by their position.
 */
function placeholder(result: Result): INodeExecutionData {
	const { outcome, items, delivery, requestedCount } = result;
	if (!outcome.ok) return errorItem(outcome.error, items);
	const task = outcome.value;
	const late = `No callback came in time. ${fetchTaskAdvice(task.id ?? '')}`;
	return taskItem({
		task,
		images: task.images.map((image) => ({ image })),
		...(requestedCount !== undefined && { requestedCount }),
		warnings: openTask(result) ? [...result.warnings, late] : result.warnings,
		items,
		delivery,
	});
}
