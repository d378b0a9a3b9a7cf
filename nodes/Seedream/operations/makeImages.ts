import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../../shared/seedream/client';
import { inParallel } from '../../shared/seedream/parallel';
import type { ImageRequest } from '../../shared/seedream/request';
import type { ImageTask } from '../../shared/seedream/task';
import { throwIfCancelled } from '../../shared/n8n/transport/clock';
import { collect, type Result } from '../tasks/collect';
import { connect } from '../../shared/n8n/transport/connection';
import { readAccount } from '../../shared/n8n/transport/credentials';
import { nodeError } from '../../shared/n8n/errors';
import { isTool, mostTries } from '../tasks/execution';
import { ImageBudget, readMaxImages } from '../tasks/imageBudget';
import { prepareJobs, type Job } from '../request/jobs';
import { Ledger } from '../tasks/ledger';
import { Parameters } from '../../shared/n8n/parameterReader';
import { readRunSettings, type RunSettings } from '../request/runSettings';
import { submitJob, type Books } from '../tasks/submit';
import {
	canSuspend,
	endSuspension,
	makeResumeUrl,
	resumeSecrets,
	suspend,
	type Suspension,
} from '../suspend/suspend';
import { validatedItems } from '../request/validatedItems';
import { openTask, readOpenTasks, readUntilQuick, waitForResults } from '../tasks/wait';

/** How often a tool may make a failed task anew for the same arguments: n8n's tries and an agent's look the same here. */
const TRIES_OF_A_CALL = 5;

/**
 * Runs Generate or Edit: checks everything, sends everything, waits for everything, hands it on.
 * After a suspension it runs again, and hands on what was sent before.
 */
export async function makeImages(
	context: IExecuteFunctions,
	operation: ImageRequest['operation'],
): Promise<INodeExecutionData[]> {
	const suspension = endSuspension(context);
	if (suspension) return await collectSuspended(context, suspension);
	if (context.getInputData().length === 0) return [];

	const ledger = new Ledger(context);
	const parameters = new Parameters(context, 0);
	const settings = readRunSettings(context, parameters);
	const wantsCombined =
		operation === 'edit' && parameters.flag('combineItems', 'Combine All Input Items', false);
	const isCombined = ledger.isCombined ?? wantsCombined;
	const account = await readAccount(context);
	const { completion } = settings;
	const resumeUrl = completion === 'callback' ? makeResumeUrl(context) : undefined;
	const { most, warnings, ...maxImages } = readMaxImages(context);
	const problems = [...parameters.problems, ...maxImages.problems];
	const run = { account, completion, problems, warnings, ...(resumeUrl && { resumeUrl }) };
	const jobs = await prepareJobs(context, operation, run, isCombined);
	if (!settings.continueOnFail) throwIfInvalid(context, ledger, jobs);
	const budget = new ImageBudget(context, account, ledger, jobs, most);
	if (jobs.some(({ isOnlyValidated }) => isOnlyValidated)) return validatedItems(context, account, jobs);

	const connection = connect(context, account, resumeSecrets(context));
	ledger.keepGrouping(isCombined);
	const submitted = await submitAll(context, connection, { ledger, budget }, jobs, settings);
	if (completion === 'submit') return await conclude(context, connection, submitted, settings);
	if (completion === 'callback' && canSuspend(context, submitted)) {
		const hasToWait = (results: readonly Result[]): boolean => isWaitNeeded(results, settings);
		const read = await readUntilQuick(connection, submitted, settings, hasToWait);
		if (hasToWait(read)) return await suspend(context, read, settings);
		return await conclude(context, connection, read, settings);
	}
	const results = await waitForResults(context, connection, submitted, settings);
	return await conclude(context, connection, results, settings);
}

/** Hands on the results. When all is well, what was remembered for a retry is forgotten. */
async function conclude(
	context: IExecuteFunctions,
	connection: Connection,
	results: readonly Result[],
	settings: RunSettings,
): Promise<INodeExecutionData[]> {
	const items = await collect(context, connection, results, settings);
	const hasFailed = items.some(({ json }) => json.error !== undefined);
	if (!hasFailed) new Ledger(context).clear();
	return items;
}

/** Normally every task has ended; after a retry by a person some may be open, and are polled. */
async function collectSuspended(
	context: IExecuteFunctions,
	{ results, settings }: Suspension,
): Promise<INodeExecutionData[]> {
	const connection = connect(context, await readAccount(context), resumeSecrets(context));
	const read = await readOpenTasks(connection, results, settings.concurrency);
	const current = { ...settings, continueOnFail: context.continueOnFail() };
	const ended = await waitForResults(context, connection, read, current);
	return await conclude(context, connection, ended, current);
}

/** A failure ends a node that stops on errors at once, whatever else is still open. */
function isWaitNeeded(results: readonly Result[], settings: RunSettings): boolean {
	const hasFailed = results.some(({ outcome }) => !outcome.ok || isFailed(outcome.value));
	const isOpen = results.some((result) => openTask(result) !== undefined);
	return isOpen && (settings.continueOnFail || !hasFailed);
}

function isFailed({ status }: ImageTask): boolean {
	return status === 'failed' || status === 'cancelled';
}

/**
 * Items whose request was sent before in this execution are left out: their tasks are picked up,
 * whatever their expressions have become.
 * @throws NodeOperationError that names every problem of every other item, before anything is sent.
 */
function throwIfInvalid(context: IExecuteFunctions, ledger: Ledger, jobs: readonly Job[]): void {
	const sent = new Set(ledger.own().flatMap(({ items }) => items));
	const refused = jobs.flatMap(({ items, refusal }) => {
		const isSent = items.some((item) => sent.has(item));
		return refusal && !isSent ? [{ item: items[0] ?? 0, refusal }] : [];
	});
	const [first] = refused;
	if (!first) return;
	if (jobs.length === 1) throw nodeError(context.getNode(), first.refusal, first.item);
	const list = refused.map(({ item, refusal }) => `[item ${item}] ${refusal.message}`);
	const message = `${refused.length} of ${jobs.length} items cannot be run. ${list.join(' ')}`;
	const { advice } = sent.size > 0 ? { advice: 'Nothing was sent for these items.' } : first.refusal;
	throw nodeError(context.getNode(), { ...first.refusal, message, advice }, first.item);
}

/** Once a job has failed, a node that stops on errors sends nothing more. */
async function submitAll(
	context: IExecuteFunctions,
	connection: Connection,
	books: Books,
	jobs: readonly Job[],
	settings: RunSettings,
): Promise<Result[]> {
	const tries = isTool(context) ? TRIES_OF_A_CALL : mostTries(context);
	const limits = { answerTimeoutMs: settings.maxWaitMs, tries };
	let isHalted = false;
	const results = await inParallel(jobs, settings.concurrency, async (job) => {
		if (isHalted) return [];
		throwIfCancelled(context);
		const submission = await submitJob(connection, books, job, limits);
		isHalted ||= !submission.outcome.ok && !settings.continueOnFail;
		return [{ items: job.items, delivery: job.delivery, ...submission }];
	});
	return results.flat();
}
