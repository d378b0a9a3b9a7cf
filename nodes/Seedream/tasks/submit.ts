import { randomUUID } from 'node:crypto';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import { isRefunded } from '../../shared/seedream/commonErrors';
import type { Connection } from '../../shared/seedream/connection';
import { createTask } from '../../shared/seedream/createTask';
import type { OwnError } from '../../shared/seedream/errors';
import { failure, success, type Result } from '../../shared/seedream/result';
import { sendReferences } from '../../shared/seedream/sendReferences';
import type { ImageTask } from '../../shared/seedream/task';
import type { Uploads } from '../../shared/seedream/uploads';
import type { Job } from '../request/jobs';
import type { ImageBudget } from './imageBudget';
import type { Ledger } from './ledger';
import type { LedgerEntry, RememberedRequest } from './memory';
import { unlessStopped, watchAcceptance } from './acceptance';
import { pickUp } from './wait';

/** What is known of what was sent, and how much more may be. */
export interface Bookkeeping {
	ledger: Ledger;
	budget: ImageBudget;
	uploads: Uploads;
}

export interface SubmitLimits {
	/** How long to wait for the answer, in ms. */
	answerTimeoutMs: number;
	/** How often a request whose task failed is sent in one execution. */
	tries: number;
}

/**
 * Sends a job's request, unless an earlier run of the node did for the same items. In the same
 * execution its task is picked up, whatever the job says by now, and a request that may have been
 * accepted without an answer is refused. In an execution that a person has started again the job
 * counts too: what it asked for before is picked up or sent again, with a warning where that may
 * be billed twice; something else is sent with a warning that names what went before.
 */
export async function submitJob(
	connection: Connection,
	{ ledger, budget, uploads }: Bookkeeping,
	job: Job,
	limits: SubmitLimits,
): Promise<TaskResult> {
	const known = ledger.find(job.items);
	const isKnown = known !== undefined && ledger.isOfThisExecution(known);
	if (isKnown) {
		const result = await continueKnown(connection, known, job, limits.tries);
		if (result) return result;
	}
	const error = job.error ?? (isKnown ? budget.errorOfSendingAnew(job) : undefined);
	if (error) return resultOf(job, failure(error));
	const warnings: string[] = [];
	for (const earlier of ledger.earlier(job.items)) {
		const outcome = await outcomeOf(connection, earlier);
		if (outcome && mayBeSentAnew(connection, outcome)) continue;
		if (outcome && isSameRequest(earlier, job)) {
			ledger.adopt(earlier);
			return resultOf(job, outcome);
		}
		warnings.push(...repetitionWarnings(connection, earlier, job));
	}
	const warned = { ...job, warnings: [...job.warnings, ...warnings] };
	return resultOf(
		warned,
		await send(connection, { ledger, uploads }, warned, limits.answerTimeoutMs),
	);
}

/** What this execution has sent before; undefined where the request may be sent. */
async function continueKnown(
	connection: Connection,
	known: LedgerEntry,
	job: Job,
	tries: number,
): Promise<TaskResult | undefined> {
	if (known.state === 'unanswered') return resultOf(job, failure(alreadySentError(connection)));
	const outcome = await outcomeOf(connection, known);
	if (!outcome) return undefined;
	if (mayBeSentAnew(connection, outcome) && known.tries < tries) return undefined;
	const result = resultOf(job, outcome);
	return {
		...result,
		requestedCount: known.requestedCount ?? result.requestedCount,
		model: known.model,
		warnings: known.warnings ?? result.warnings,
	};
}

function resultOf(
	{ items, output, warnings, request }: Job,
	outcome: Result<ImageTask>,
): TaskResult {
	const { numberOfImages: requestedCount, modelId: model } = request;
	return { items, outcome, requestedCount, model, warnings, output };
}

/** How a task that was submitted stands now; undefined where there is none. */
async function outcomeOf(
	connection: Connection,
	known: LedgerEntry,
): Promise<Result<ImageTask> | undefined> {
	if (known.state === 'finished') return success(known.task);
	return known.state === 'submitted' ? await pickUp(connection, known.taskId) : undefined;
}

/** A task that failed was refunded, so it may be made anew. */
function mayBeSentAnew({ provider }: Connection, outcome: Result<ImageTask>): boolean {
	return outcome.ok && isRefunded(outcome.value, provider);
}

/** A request that version 0.1 has sent cannot be compared, and counts as the same. */
function isSameRequest(known: LedgerEntry, { fingerprint }: Job): boolean {
	return known.fingerprint === undefined || known.fingerprint === fingerprint;
}

async function send(
	connection: Connection,
	{ ledger, uploads }: Omit<Bookkeeping, 'budget'>,
	{ items, fingerprint, maxImages, request, warnings }: Job,
	answerTimeoutMs: number,
): Promise<Result<ImageTask>> {
	const { numberOfImages: requestedCount, modelId: model } = request;
	const asked = { items, fingerprint, requestedCount, model };
	const remembered: RememberedRequest = { ...asked, maxImages, warnings };
	// Before the references, which take time in which another call of a tool could send the same.
	const replaced = ledger.markSent(remembered);
	const takeBack = (): void => ledger.takeBack(remembered, replaced);
	const references = await unlessStopped(
		takeBack,
		async () => await sendReferences(connection, request.references, uploads),
	);
	if (!references.ok) {
		takeBack();
		return references;
	}
	const { watched, mayBeAccepted } = watchAcceptance(connection);
	// Stop cuts off a request, or comes in the pause after one that was refused; what reads an answer may fail too.
	const takeBackRefused = (): void => {
		if (!mayBeAccepted()) takeBack();
	};
	const ready = { ...request, references: references.value };
	const idempotencyKey = `run_${randomUUID()}`;
	const outcome = await unlessStopped(
		takeBackRefused,
		async () => await createTask(watched, ready, idempotencyKey, answerTimeoutMs),
	);
	if (outcome.ok) ledger.keep(remembered, outcome.value);
	else if (outcome.error.billed === 'no') takeBack();
	return outcome;
}

function alreadySentError({ provider }: Connection): OwnError {
	return {
		message: `This request was sent to ${provider.name} before in this execution, and no answer came`,
		hint: `It may have been accepted and billed, so it is not sent again. Look at your account at ${provider.name}, then retry the execution if the images were not made.`,
		code: 'no_answer',
		provider: provider.id,
		retryable: false,
		billed: 'unknown',
	};
}

/** What went before in an execution that a person has started again. */
function repetitionWarnings({ provider }: Connection, earlier: LedgerEntry, job: Job): string[] {
	switch (earlier.state) {
		case 'unanswered':
			return [
				isSameRequest(earlier, job)
					? `An earlier execution sent this request without getting an answer. It was sent again, so ${provider.name} may bill it twice.`
					: `An earlier execution sent another request for this item without getting an answer. ${provider.name} may bill both.`,
			];
		case 'submitted':
			return [
				`An earlier execution submitted another request for this item, the task ${earlier.taskId}, which is billed too. Get Task gives its images.`,
			];
		case 'finished':
			return [
				'An earlier execution made images for another request of this item, which are billed too.',
			];
	}
}
