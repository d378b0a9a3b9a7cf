import { randomUUID } from 'node:crypto';
import { create, readTaskOnce, sendReferences, type Connection } from '../seedream/client';
import type { SeedreamError } from '../seedream/errors';
import { UNANSWERED } from '../seedream/failures';
import { failure, success, type Outcome } from '../seedream/outcome';
import type { ImageTask } from '../seedream/task';
import type { Job } from './jobs';
import type { Ledger } from './ledger';

/** What became of one paid request, with what the user should know about it. */
export interface Submission {
	outcome: Outcome<ImageTask>;
	warnings: string[];
	/** Whether the task's callback, if it has one, comes to this execution. */
	isOwn: boolean;
}

export interface SubmitLimits {
	/** How long to wait for the answer, in ms. */
	answerTimeoutMs: number;
	/** How often a request whose task failed is sent in one execution. */
	tries: number;
}

/**
 * Sends a job's request, unless an earlier run of the node did: then its task is picked up. A
 * request that may have been accepted without an answer is refused within the same execution;
 * in one that a person has started again it is sent, with a warning.
 */
export async function submitJob(
	connection: Connection,
	ledger: Ledger,
	job: Job,
	limits: SubmitLimits,
): Promise<Submission> {
	if (job.refusal) return { outcome: failure(job.refusal), warnings: [], isOwn: true };
	const key = `${job.items[0] ?? 0}:${job.fingerprint}`;
	const { warnings } = job.checked;
	const known = ledger.find(key);
	const isOwn = known === undefined || ledger.isOwn(known);
	if (known?.state === 'finished') return { outcome: success(known.task), warnings, isOwn };
	if (known?.state === 'open') {
		const outcome = await pickUp(connection, known.taskId);
		const isUsedUp = isOwn && known.tries >= limits.tries;
		if (isUsedUp || !outcome.ok || !hasFailed(outcome.value)) return { outcome, warnings, isOwn };
	}
	if (known?.state === 'sent' && isOwn) {
		return { outcome: failure(alreadySent(connection)), warnings, isOwn };
	}
	const outcome = await send(connection, ledger, key, job, limits.answerTimeoutMs);
	const repeated = known?.state === 'sent' ? [sentAgain(connection)] : [];
	return { outcome, warnings: [...warnings, ...repeated], isOwn: true };
}

async function send(
	connection: Connection,
	ledger: Ledger,
	key: string,
	job: Job,
	answerTimeoutMs: number,
): Promise<Outcome<ImageTask>> {
	const references = await sendReferences(connection, job.checked.request.references);
	if (!references.ok) return references;
	ledger.markSent(key);
	const outcome = await create(
		connection,
		job.checked,
		references.value,
		`run_${randomUUID()}`,
		answerTimeoutMs,
	);
	if (outcome.ok) ledger.keep(key, outcome.value);
	else if (outcome.error.billed === 'no') ledger.forget(key);
	return outcome;
}

/** A task that cannot be read at this moment counts as open, and is waited for like any other. */
async function pickUp(connection: Connection, taskId: string): Promise<Outcome<ImageTask>> {
	const reading = await readTaskOnce(connection, taskId);
	if ('outcome' in reading) return reading.outcome;
	const { id: provider } = connection.provider;
	return success({ id: taskId, provider, status: 'processing', images: [], failedImages: [] });
}

/** A task that failed was refunded, so it may be made anew. */
function hasFailed(task: ImageTask): boolean {
	return task.status === 'failed' || task.status === 'cancelled';
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

function sentAgain({ provider }: Connection): string {
	return `An earlier execution sent this request without getting an answer. It was sent again, so ${provider.name} may bill it twice.`;
}
