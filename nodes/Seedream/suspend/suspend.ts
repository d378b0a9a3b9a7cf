import { randomBytes, randomUUID } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItem } from '../../shared/n8n/errors';
import { taskItem } from '../../shared/n8n/output/items';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import { getTaskHint } from '../../shared/seedream/errors';
import type { RunSettings } from '../request/runContext';
import { getResumeUrl, getRunIndex } from '../tasks/execution';
import type { Ledger } from '../tasks/ledger';
import { memoryOf, type Suspension } from '../tasks/memory';
import { upgradeSuspension } from '../tasks/memoryOf0_1';
import { pendingTaskOf } from '../tasks/wait';

/** The parameter of the resume URL that carries the node's own secret: older n8n has none. */
export const SECRET_PARAMETER = 'sd_k';

/** What stands behind the execution's ID in the resume URL. */
export const RESUME_PATH = 'seedream';

/**
 * The URL at which n8n resumes this execution, with a path and a secret of the node's own: without
 * the path a late callback would resume a Wait node that comes after.
 */
export function makeResumeUrl(context: IExecuteFunctions): string {
	const memory = memoryOf(context);
	memory.seedreamSecret ??= randomBytes(24).toString('hex');
	const url = getResumeUrl(context);
	url.pathname = `${url.pathname.replace(/\/+$/, '')}/${RESUME_PATH}`;
	url.searchParams.set(SECRET_PARAMETER, memory.seedreamSecret);
	return url.toString();
}

/** What lets a caller of this execution's resume URL in: the node's secret and n8n's own. */
export function resumeSecrets(context: IExecuteFunctions): string[] {
	const { seedreamSecret } = memoryOf(context);
	if (seedreamSecret === undefined) return [];
	return [seedreamSecret, getResumeUrl(context).searchParams.get('signature') ?? ''];
}

/**
 * Whether waiting without a slot is possible: a tool that an agent calls itself has to answer at once
 * and tasks that another execution has submitted do not call back here.
 */
export function canSuspend(
	context: IExecuteFunctions,
	ledger: Ledger,
	results: readonly TaskResult[],
): boolean {
	const pending = results.filter((result) => pendingTaskOf(result) !== undefined);
	return !context.isToolExecution() && pending.every(({ items }) => ledger.callsBackHere(items));
}

/**
 * Puts the execution to sleep until the callbacks have come or the wait is over. At the deadline
 * n8n disables the node and hands on its input items (n8n-core 2.41, workflow-execute.js,
 * handleWaitingState), so they are replaced, in place, by items that say which tasks they wait for.
 */
export async function suspend(
	context: IExecuteFunctions,
	results: TaskResult[],
	settings: RunSettings,
): Promise<INodeExecutionData[]> {
	const items = storedInput(context);
	memoryOf(context).seedreamSuspension = {
		id: randomUUID(),
		runIndex: getRunIndex(context),
		results,
		settings,
		originals: [...items],
	};
	items.splice(0, items.length, ...results.map(placeholder));
	await context.putExecutionToWait(new Date(Date.now() + settings.maxWaitMs));
	// n8n drops what a waiting node gives (n8n-core 2.41, workflow-execute.js, handleWaitingState); but an
	// error in it would make Retry On Fail run the node at once.
	return [{ json: { status: 'waiting' }, pairedItem: { item: 0 } }];
}

/** The input items as n8n keeps them: with Execute Once the node itself gets a copy. */
function storedInput(context: IExecuteFunctions): INodeExecutionData[] {
	return context.getExecuteData().data.main?.[0] ?? context.getInputData();
}

/** Gives what was remembered, once, and puts the input items back. */
export function takeSuspension(context: IExecuteFunctions): Suspension | undefined {
	const memory = memoryOf(context);
	const { seedreamSuspension: suspension } = memory;
	if (suspension?.runIndex !== getRunIndex(context)) return undefined;
	delete memory.seedreamSuspension;
	const items = storedInput(context);
	items.splice(0, items.length, ...suspension.originals);
	return upgradeSuspension(suspension);
}

/**
 * What comes out of the node for a request if its callback does not come in time. One item each:
 * n8n links the items by their position.
 */
function placeholder(result: TaskResult): INodeExecutionData {
	const { outcome, items } = result;
	if (!outcome.ok) return errorItem(outcome.error, items);
	const task = outcome.value;
	const late = `No callback came in time. ${getTaskHint(task.id ?? '')}`;
	const warnings = pendingTaskOf(result) ? [...result.warnings, late] : result.warnings;
	const images = task.images.map((image) => ({ image }));
	return taskItem({ ...result, warnings }, task, images);
}
