import { randomUUID } from 'node:crypto';
import { create, readTaskOnce, sendReferences, type Connection } from '../../shared/seedream/client';
import type { SeedreamError } from '../../shared/seedream/errors';
import { isRefunded, UNANSWERED } from '../../shared/seedream/failures';
import { failure, success, type Outcome } from '../../shared/seedream/result';
import type { ImageTask } from '../../shared/seedream/task';
import type { ImageBudget } from './imageBudget';
import type { Job } from '../request/jobs';
import type { Entry, Ledger, Remembered } from './ledger';
import { unlessStopped, watch } from './underWay';

/** What became of one paid request, with what the user should know about it. */
export interface Submission {
	outcome: Outcome<ImageTask>;
	/** How many images the request asked for that was sent. */
	requestedCount: number;
	warnings: string[];
	/** Whether the task's callback, if it has one, comes to this execution. */
	isOwn: boolean;
}

/** What is known of what was sent, and how much more may be. */
export interface Books {
	ledger: Ledger;
	budget: ImageBudget;
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
	{ ledger, budget }: Books,
	job: Job,
	limits: SubmitLimits,
): Promise<Submission> {
	const known = ledger.find(job.items);
	const isOwn = known !== undefined && ledger.isOwn(known);
	if (isOwn) {
		const submission = await continueOwn(connection, ledger, known, job, limits.tries);
		if (submission) return submission;
	}
	const refusal = job.refusal ?? (isOwn ? budget.refuseAnew(job) : undefined);
	if (refusal) return submissionOf(job, failure(refusal));
	const warnings: string[] = [];
	for (const earlier of ledger.earlier(job.items)) {
		const outcome = await outcomeOf(connection, earlier);
		if (outcome && mayBeSentAnew(connection, outcome)) continue;
		if (outcome && isSameRequest(earlier, job)) {
			ledger.adopt(earlier);
			return { ...submissionOf(job, outcome), isOwn: false };
		}
		warnings.push(...repetition(connection, earlier, job));
	}
	const warned = withWarnings(job, warnings);
	return submissionOf(warned, await send(connection, ledger, warned, limits.answerTimeoutMs));
}

function withWarnings(job: Job, warnings: readonly string[]): Job {
	const { checked } = job;
	return { ...job, checked: { ...checked, warnings: [...checked.warnings, ...warnings] } };
}

/** What this execution has sent before; undefined where the request may be sent. */
async function continueOwn(
	connection: Connection,
	ledger: Ledger,
	known: Entry,
	job: Job,
	tries: number,
): Promise<Submission | undefined> {
	if (known.state === 'sent') return submissionOf(job, failure(alreadySent(connection)));
	const outcome = await outcomeOf(connection, known);
	if (!outcome) return undefined;
	if (mayBeSentAnew(connection, outcome) && known.tries < tries) return undefined;
	return {
		outcome,
		requestedCount: known.requestedCount ?? job.checked.request.numberOfImages,
		warnings: known.warnings ?? job.checked.warnings,
		isOwn: ledger.callsBackHere(known),
	};
}

function submissionOf(job: Job, outcome: Outcome<ImageTask>): Submission {
	const { warnings, request } = job.checked;
	return { outcome, requestedCount: request.numberOfImages, warnings, isOwn: true };
}

/** How a task that was submitted stands now; undefined where there is none. */
async function outcomeOf(
	connection: Connection,
	known: Entry,
): Promise<Outcome<ImageTask> | undefined> {
	if (known.state === 'finished') return success(known.task);
	return known.state === 'open' ? await pickUp(connection, known.taskId) : undefined;
}

/** A task that failed was refunded, so it may be made anew. */
function mayBeSentAnew({ provider }: Connection, outcome: Outcome<ImageTask>): boolean {
	return outcome.ok && isRefunded(outcome.value, provider);
}

/** A request that version 0.1 has sent cannot be compared, and counts as the same. */
function isSameRequest(known: Entry, { fingerprint }: Job): boolean {
	return known.fingerprint === undefined || known.fingerprint === fingerprint;
}

async function send(
	connection: Connection,
	ledger: Ledger,
	job: Job,
	answerTimeoutMs: number,
): Promise<Outcome<ImageTask>> {
	const { items, fingerprint, checked, mostImages } = job;
	const { warnings } = checked;
	const requestedCount = checked.request.numberOfImages;
	const remembered: Remembered = { items, fingerprint, requestedCount, mostImages, warnings };
	// Before the references, which take time in which another call of a tool could send the same.
	const replaced = ledger.markSent(remembered);
	const takeBack = (): void => ledger.takeBack(remembered, replaced);
	const references = await unlessStopped(takeBack, async () =>
		await sendReferences(connection, checked.request.references),
	);
	if (!references.ok) {
		takeBack();
		return references;
	}
	const { watched, mayBeAccepted } = watch(connection);
	// Stop cuts off a request, or comes in the pause after one that was refused; what reads an answer may fail too.
	const takeBackRefused = (): void => {
		if (!mayBeAccepted()) takeBack();
	};
	const outcome = await unlessStopped(takeBackRefused, async () =>
		await create(watched, checked, references.value, `run_${randomUUID()}`, answerTimeoutMs),
	);
	if (outcome.ok) ledger.keep(remembered, outcome.value);
	else if (outcome.error.billed === 'no') takeBack();
	return outcome;
}

/** A task that cannot be read at this moment counts as open, and is waited for like any other. */
async function pickUp(connection: Connection, taskId: string): Promise<Outcome<ImageTask>> {
	const reading = await readTaskOnce(connection, taskId);
	if ('outcome' in reading) return reading.outcome;
	const { id: provider } = connection.provider;
	return success({ id: taskId, provider, status: 'processing', images: [], failedImages: [] });
}

function alreadySent({ provider }: Connection): SeedreamError {
	return {
		message: `This request was sent to ${provider.name} before in this execution, and no answer came`,
		advice: `It may have been accepted and billed, so it is not sent again. Look at your account at ${provider.name}, then retry the execution if the images were not made.`,
		code: UNANSWERED,
		provider: provider.id,
		retryable: false,
		billed: 'unknown',
	};
}

/** What went before in an execution that a person has started again. */
function repetition({ provider }: Connection, earlier: Entry, job: Job): string[] {
	switch (earlier.state) {
		case 'sent':
			return [
				isSameRequest(earlier, job)
					? `An earlier execution sent this request without getting an answer. It was sent again, so ${provider.name} may bill it twice.`
					: `An earlier execution sent another request for this item without getting an answer. ${provider.name} may bill both.`,
			];
		case 'open':
			return [
				`An earlier execution submitted another request for this item, the task ${earlier.taskId}, which is billed too. Get Task gives its images.`,
			];
		case 'finished':
			return ['An earlier execution made images for another request of this item, which are billed too.'];
	}
}
