import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../seedream/client';
import { inParallel } from '../seedream/parallel';
import type { ImageRequest } from '../seedream/request';
import type { ImageTask } from '../seedream/task';
import { throwIfCancelled } from './clock';
import { collect, type Result } from './collect';
import { connect } from './connection';
import { readAccount } from './credentials';
import { nodeError } from './errors';
import { currentRun } from './execution';
import { prepareJobs, type Job } from './jobs';
import { Ledger } from './ledger';
import { Parameters } from './parameters';
import { readRunSettings, type RunSettings } from './settings';
import { submitJob } from './submit';
import {
	canSuspend,
	endSuspension,
	makeResumeUrl,
	suspend,
	type Suspension,
} from './suspend';
import { openTask, readOpenTasks, waitForResults } from './wait';

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

	const parameters = new Parameters(context, 0);
	const settings = readRunSettings(context, parameters);
	const account = await readAccount(context);
	const { completion } = settings;
	const resumeUrl = completion === 'callback' ? makeResumeUrl(context) : undefined;
	const { problems } = parameters;
	const run = { account, completion, problems, ...(resumeUrl && { resumeUrl }) };
	const jobs = await prepareJobs(context, operation, run);
	if (!settings.continueOnFail) throwIfInvalid(context, jobs);

	const connection = connect(context, account);
	const submitted = await submitAll(context, connection, jobs, settings);
	if (completion === 'submit') return await collect(context, connection, submitted, settings);
	if (completion === 'callback' && canSuspend(context, submitted)) {
		const results = await readOpenTasks(connection, submitted, settings.concurrency);
		if (hasToWait(results, settings)) return await suspend(context, results, settings);
		return await conclude(context, connection, results, settings);
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
	if (!hasFailed) openLedger(context).clear();
	return items;
}

/** Normally every task has ended; after a retry by a person some may be open, and are polled. */
async function collectSuspended(
	context: IExecuteFunctions,
	{ results, settings }: Suspension,
): Promise<INodeExecutionData[]> {
	const connection = connect(context, await readAccount(context));
	const read = await readOpenTasks(connection, results, settings.concurrency);
	const current = { ...settings, continueOnFail: context.continueOnFail() };
	const ended = await waitForResults(context, connection, read, current);
	return await conclude(context, connection, ended, current);
}

/** A failure ends a node that stops on errors at once, whatever else is still open. */
function hasToWait(results: readonly Result[], settings: RunSettings): boolean {
	const hasFailed = results.some(({ outcome }) => !outcome.ok || isFailed(outcome.value));
	const isOpen = results.some((result) => openTask(result) !== undefined);
	return isOpen && (settings.continueOnFail || !hasFailed);
}

function isFailed({ status }: ImageTask): boolean {
	return status === 'failed' || status === 'cancelled';
}

/** @throws NodeOperationError that names every problem of every item, before anything is sent. */
function throwIfInvalid(context: IExecuteFunctions, jobs: readonly Job[]): void {
	const refused = jobs.flatMap(({ items, refusal }) =>
		refusal ? [{ item: items[0] ?? 0, refusal }] : [],
	);
	const [first] = refused;
	if (!first) return;
	if (jobs.length === 1) throw nodeError(context.getNode(), first.refusal, first.item);
	const list = refused.map(({ item, refusal }) => `[item ${item}] ${refusal.message}`);
	const message = `${refused.length} of ${jobs.length} items cannot be run. ${list.join(' ')}`;
	throw nodeError(context.getNode(), { ...first.refusal, message }, first.item);
}

/** Once a job has failed, a node that stops on errors sends nothing more. */
async function submitAll(
	context: IExecuteFunctions,
	connection: Connection,
	jobs: readonly Job[],
	settings: RunSettings,
): Promise<Result[]> {
	const ledger = openLedger(context);
	// n8n counts the tries of Retry On Fail anew after each suspension.
	const tries = context.getNode().maxTries ?? 3;
	const limits = { answerTimeoutMs: settings.maxWaitMs, tries };
	let isHalted = false;
	const results = await inParallel(jobs, settings.concurrency, async (job) => {
		if (isHalted) return [];
		throwIfCancelled(context);
		const submission = await submitJob(connection, ledger, job, limits);
		isHalted ||= !submission.outcome.ok && !settings.continueOnFail;
		const requestedCount = job.checked.request.numberOfImages;
		return [{ items: job.items, delivery: job.delivery, requestedCount, ...submission }];
	});
	return results.flat();
}

function openLedger(context: IExecuteFunctions): Ledger {
	return new Ledger(context.getContext('node'), context.getExecutionId(), currentRun(context));
}
