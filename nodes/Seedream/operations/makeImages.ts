import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { nodeError } from '../../shared/n8n/errors';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import { isTool } from '../../shared/n8n/tool';
import { throwIfCancelled } from '../../shared/n8n/transport/clock';
import { connect } from '../../shared/n8n/transport/connection';
import { getSeedreamCredentials } from '../../shared/n8n/transport/credentials';
import type { Connection } from '../../shared/seedream/connection';
import { inParallel } from '../../shared/seedream/parallel';
import type { ImageOperation } from '../../shared/seedream/request';
import { Uploads } from '../../shared/seedream/uploads';
import { validateItems, type Job } from '../request/jobs';
import { getRunContext, type RunContext, type RunSettings } from '../request/runContext';
import { validatedItems } from '../request/validatedItems';
import {
	canSuspend,
	makeResumeUrl,
	resumeSecrets,
	suspend,
	takeSuspension,
} from '../suspend/suspend';
import { collect } from '../tasks/collect';
import { maxTries } from '../tasks/execution';
import { ImageBudget } from '../tasks/imageBudget';
import { Ledger } from '../tasks/ledger';
import type { Suspension } from '../tasks/memory';
import { submitJob, type Bookkeeping } from '../tasks/submit';
import { fetchPendingTasks, fetchUntilQuick, pendingTaskOf, waitForResults } from '../tasks/wait';

/** How often a tool may make a failed task anew for the same arguments: n8n's tries and an agent's look the same here. */
const TRIES_OF_A_CALL = 5;

/**
 * Runs Generate, Edit or Decompose: checks everything, sends everything, waits for everything, hands it on.
 * After a suspension it runs again, and hands on what was sent before.
 */
export async function makeImages(
	context: IExecuteFunctions,
	operation: ImageOperation,
): Promise<INodeExecutionData[]> {
	const suspension = takeSuspension(context);
	if (suspension) return await collectSuspended(context, suspension);
	if (context.getInputData().length === 0) return [];

	const ledger = new Ledger(context);
	const run = await getRunContext(context, operation);
	const isCombined = ledger.isCombined ?? run.isCombined;
	const resumeUrl = run.settings.completion === 'callback' ? makeResumeUrl(context) : undefined;
	const jobs = await validateItems(context, operation, run, isCombined, resumeUrl);
	if (!run.settings.continueOnFail) throwIfInvalid(context, ledger, jobs);
	const budget = new ImageBudget(context, run, ledger, jobs);
	if (jobs.some(({ isOnlyValidated }) => isOnlyValidated)) {
		return validatedItems(run.credentials, resumeSecrets(context), jobs);
	}
	ledger.keepGrouping(isCombined);
	return await orderImages(context, run, { ledger, budget, uploads: new Uploads() }, jobs);
}

/** Sends what is to be paid for, and waits, or suspends, until it has ended. */
async function orderImages(
	context: IExecuteFunctions,
	{ credentials, settings }: RunContext,
	bookkeeping: Bookkeeping,
	jobs: readonly Job[],
): Promise<INodeExecutionData[]> {
	const connection = connect(context, credentials, resumeSecrets(context));
	const { completion } = settings;
	const submitted = await submitAll(context, connection, bookkeeping, jobs, settings);
	if (completion === 'submit') return await conclude(context, connection, submitted, settings);
	if (completion === 'callback' && canSuspend(context, bookkeeping.ledger, submitted)) {
		const hasToWait = (results: readonly TaskResult[]): boolean => isWaitNeeded(results, settings);
		const results = await fetchUntilQuick(connection, submitted, settings, hasToWait);
		if (hasToWait(results)) return await suspend(context, results, settings);
		return await conclude(context, connection, results, settings);
	}
	const results = await waitForResults(context, connection, submitted, settings);
	return await conclude(context, connection, results, settings);
}

/** Hands on the results. When all is well, what was remembered for a retry is forgotten. */
async function conclude(
	context: IExecuteFunctions,
	connection: Connection,
	results: readonly TaskResult[],
	settings: RunSettings,
): Promise<INodeExecutionData[]> {
	const items = await collect(context, connection, results, settings);
	const isAllWell = items.every(({ json }) => json.error === undefined);
	if (isAllWell) new Ledger(context).clear();
	return items;
}

/** Normally every task has ended; after a retry by a person some may be open, and are polled. */
async function collectSuspended(
	context: IExecuteFunctions,
	{ results, settings }: Suspension,
): Promise<INodeExecutionData[]> {
	const credentials = await getSeedreamCredentials(context);
	const connection = connect(context, credentials, resumeSecrets(context));
	const read = await fetchPendingTasks(connection, results, settings.concurrency);
	const current = { ...settings, continueOnFail: context.continueOnFail() };
	const ended = await waitForResults(context, connection, read, current);
	return await conclude(context, connection, ended, current);
}

/** A failure ends a node that stops on errors at once, whatever else is still open. */
function isWaitNeeded(results: readonly TaskResult[], { continueOnFail }: RunSettings): boolean {
	const isPending = results.some((result) => pendingTaskOf(result) !== undefined);
	return isPending && (continueOnFail || !results.some(hasFailed));
}

function hasFailed({ outcome }: TaskResult): boolean {
	return !outcome.ok || outcome.value.status === 'failed' || outcome.value.status === 'cancelled';
}

/**
 * Items whose request was sent before in this execution are left out: their tasks are picked up,
 * whatever their expressions have become.
 * @throws NodeOperationError that names every problem of every other item, before anything is sent.
 */
function throwIfInvalid(context: IExecuteFunctions, ledger: Ledger, jobs: readonly Job[]): void {
	const sent = new Set(ledger.own().flatMap(({ items }) => items));
	const invalid = jobs.flatMap(({ items, error }) => {
		const isSent = items.some((item) => sent.has(item));
		return error && !isSent ? [{ item: items[0] ?? 0, error }] : [];
	});
	const [first] = invalid;
	if (!first) return;
	if (jobs.length === 1) throw nodeError(context.getNode(), first.error, first.item);
	const list = invalid.map(({ item, error }) => `[item ${item}] ${error.message}`);
	const message = `${invalid.length} of ${jobs.length} items cannot be run. ${list.join(' ')}`;
	const hint = sent.size > 0 ? 'Nothing was sent for these items.' : first.error.hint;
	throw nodeError(context.getNode(), { ...first.error, message, hint }, first.item);
}

/** Once a job has failed, a node that stops on errors sends nothing more. */
async function submitAll(
	context: IExecuteFunctions,
	connection: Connection,
	bookkeeping: Bookkeeping,
	jobs: readonly Job[],
	settings: RunSettings,
): Promise<TaskResult[]> {
	const tries = isTool(context) ? TRIES_OF_A_CALL : maxTries(context);
	const limits = { answerTimeoutMs: settings.maxWaitMs, tries };
	let isHalted = false;
	const results = await inParallel(jobs, settings.concurrency, async (job) => {
		if (isHalted) return [];
		throwIfCancelled(context);
		const result = await submitJob(connection, bookkeeping, job, limits);
		isHalted ||= !result.outcome.ok && !settings.continueOnFail;
		return [result];
	});
	return results.flat();
}
