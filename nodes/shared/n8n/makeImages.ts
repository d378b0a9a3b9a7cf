import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../seedream/client';
import { inParallel } from '../seedream/parallel';
import type { ImageRequest } from '../seedream/request';
import { throwIfCancelled } from './clock';
import { collect, type Result } from './collect';
import { connect } from './connection';
import { readAccount } from './credentials';
import { nodeError } from './errors';
import { prepareJobs, type Job } from './jobs';
import { Ledger } from './ledger';
import { Parameters } from './parameters';
import { readRunSettings, type RunSettings } from './settings';
import { submitJob } from './submit';
import { waitForResults } from './wait';

/** Runs Generate or Edit: checks everything, sends everything, waits for everything, hands it on. */
export async function makeImages(
	context: IExecuteFunctions,
	operation: ImageRequest['operation'],
): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const parameters = new Parameters(context, 0);
	const settings = readRunSettings(context, parameters);
	const account = await readAccount(context);
	const jobs = await prepareJobs(context, operation, account);
	if (!settings.continueOnFail) throwIfInvalid(context, jobs);
	const connection = connect(context, account);
	const submitted = await submitAll(context, connection, jobs, settings);
	const isWanted = parameters.text('completion', 'poll') === 'poll';
	const results = isWanted
		? await waitForResults(context, connection, submitted, settings)
		: submitted;
	return await collect(context, connection, results, settings);
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
	let isHalted = false;
	const results = await inParallel(jobs, settings.concurrency, async (job) => {
		if (isHalted) return [];
		throwIfCancelled(context);
		const submission = await submitJob(connection, ledger, job, settings.maxWaitMs);
		isHalted ||= !submission.outcome.ok && !settings.continueOnFail;
		const requestedCount = job.checked.request.numberOfImages;
		return [{ items: job.items, delivery: job.delivery, requestedCount, ...submission }];
	});
	return results.flat();
}

function openLedger(context: IExecuteFunctions): Ledger {
	const runIndex = Number(context.evaluateExpression('{{ $runIndex }}', 0));
	return new Ledger(context.getContext('node'), context.getExecutionId(), runIndex);
}
