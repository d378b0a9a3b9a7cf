import { fetchTaskAdvice, type SeedreamError } from './errors';
import type { NoAnswer } from './http';
import type { Provider } from './providers/provider';
import type { BinaryReference } from './references';
import { hasEnded, UNREADABLE_IMAGE, type ImageTask } from './task';
import { inWords } from './time';

/** The code of a paid request that may have been accepted although no answer came. */
export const UNANSWERED = 'no_answer';

/** The error of a task that ended without images; undefined for any other. */
export function taskFailure(task: ImageTask, provider: Provider): SeedreamError | undefined {
	if (!hasEnded(task.status)) return undefined;
	if (task.status === 'completed') return withoutImages(task, provider);
	const code = task.problem?.code;
	const advice = provider.adviceForTask(code);
	const reason = task.problem?.message ?? 'no reason given';
	return {
		message: `${provider.name} ${task.status === 'failed' ? 'could not make the images' : 'cancelled the task'}: ${reason}`,
		advice: `${advice.advice} It was not billed.`,
		retryable: advice.retryable,
		code: code ?? task.status,
		provider: provider.id,
		...(task.id && { taskId: task.id }),
		...(task.requestId && { requestId: task.requestId }),
		billed: 'no',
	};
}

/** The images of a set may all have failed, which is not billed; otherwise nobody knows. */
function withoutImages(task: ImageTask, provider: Provider): SeedreamError | undefined {
	if (task.images.length > 0) return undefined;
	const [first] = task.failedImages;
	const facts = {
		message: `${provider.name} made no images: ${first?.message ?? 'the task is completed and has no result'}`,
		code: first?.code ?? 'no_images',
		provider: provider.id,
		...(task.id && { taskId: task.id }),
		...(task.requestId && { requestId: task.requestId }),
	};
	if (first && areAllFailed(task)) {
		const { advice, retryable } = provider.adviceForTask(first.code);
		return { ...facts, advice, retryable, billed: 'no', failedImages: task.failedImages };
	}
	return {
		...facts,
		advice: task.id === undefined ? lookAtAccount(provider) : fetchTaskAdvice(task.id),
		retryable: false,
		billed: 'unknown',
		...(first && { failedImages: task.failedImages }),
		...(task.response !== undefined && { response: task.response }),
	};
}

/** A member that cannot be read may well be an image. */
function areAllFailed({ failedImages }: ImageTask): boolean {
	return failedImages.every(({ code }) => code !== UNREADABLE_IMAGE);
}

/** Whether a task has ended without being billed, so that it may be made anew. */
export function isRefunded(task: ImageTask, provider: Provider): boolean {
	return taskFailure(task, provider)?.billed === 'no';
}

/** The error of a task that is still open when the wait is over. */
export function stillOpen(task: ImageTask, provider: Provider, waitedMs: number): SeedreamError {
	const taskId = task.id ?? '';
	return {
		message: `The task ${taskId} is still ${task.status} at ${provider.name} after ${Math.round(waitedMs / 1000)} seconds`,
		advice: `It may still be finished. ${fetchTaskAdvice(taskId)}`,
		code: 'wait_timeout',
		provider: provider.id,
		taskId,
		retryable: false,
		billed: 'unknown',
	};
}

/**
 * The error of a task that was accepted and could not be read: nothing is known to be wrong with
 * the task, which may be finished and billed.
 */
export function unreadTask(error: SeedreamError, taskId: string): SeedreamError {
	return {
		...error,
		message: `The task ${taskId} could not be read: ${error.message}`,
		advice: `${whatToCheck(error)} The task may be finished and billed. ${fetchTaskAdvice(taskId)}`,
		taskId,
		retryable: false,
		billed: 'unknown',
	};
}

/** Whose key it is or which ID, the provider's own advice says best; the rest of it is about requests. */
function whatToCheck({ httpStatus = 0, advice }: SeedreamError): string {
	if (httpStatus === 401 || httpStatus === 403 || httpStatus === 404) return advice;
	if (httpStatus === 402) return 'Top up the account at the provider.';
	if (httpStatus === 429) return 'The provider takes no more requests for the moment.';
	if (httpStatus >= 400 && httpStatus < 500) return 'Read the message of the provider.';
	return 'Check the base URL in the credentials and whether the provider can be reached.';
}

/** The error of asking for a task where the provider has none. */
export function noTasks(provider: Provider, taskId: string): SeedreamError {
	return {
		taskId,
		message: `${provider.name} has no tasks to get: it answers a request with the finished images`,
		advice: `Take the images from the output of the Generate or Edit operation. If another provider made the task ${taskId}, use its credentials.`,
		code: 'no_tasks',
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

/** The error of asking for the balance where no way to do that is documented. */
export function noBalance(provider: Provider): SeedreamError {
	return {
		message: `${provider.name} documents no way to ask for the balance with an API key`,
		advice: `Look it up in your account at ${provider.name}. Nothing was sent.`,
		code: 'no_balance',
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

/** The error of a reference image that vanished between the check and the sending. */
export function unreadableReference(provider: Provider, reference: BinaryReference): SeedreamError {
	return {
		message: `${reference.label} can no longer be read from n8n's storage`,
		advice: 'Run the node that made the file again. Nothing was sent and nothing is billed.',
		code: 'unreadable_reference',
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

/** The error of a request that never arrived. */
export function unreached(provider: Provider, noAnswer: NoAnswer): SeedreamError {
	return {
		message: `${provider.name} could not be reached: ${noAnswer.message}`,
		advice: 'Check the base URL in the credentials and the network of n8n, then run again.',
		code: noAnswer.code ?? 'unreachable',
		provider: provider.id,
		retryable: true,
		billed: 'no',
	};
}

/** A refusal for being too many that names a pause too long to wait for: `pauseMs`. */
export function tooSoon(provider: Provider, error: SeedreamError, pauseMs: number): SeedreamError {
	return {
		...error,
		advice: `${provider.name} asks to wait ${inWords(pauseMs)} before the next request. Nothing was accepted or billed; run again after that.`,
	};
}

/** A refusal that leaves open whether the paid request was accepted before things went wrong. */
export function perhapsBilled(provider: Provider, error: SeedreamError): SeedreamError {
	if (error.billed !== 'unknown') return error;
	// "Run it again later" is what is said of trouble in general, and wrong for what is perhaps paid for.
	const isGeneral = error.advice === provider.adviceForTask(undefined).advice;
	const advice = isGeneral ? [] : [error.advice];
	return { ...error, advice: [...advice, lookAtAccount(provider)].join(' '), retryable: false };
}

function lookAtAccount(provider: Provider): string {
	return `It may have been accepted and billed, so it was not sent again. Look at your account at ${provider.name} before you run it again.`;
}

/** The error of a paid request that may have been accepted. */
export function unanswered(provider: Provider, noAnswer: NoAnswer): SeedreamError {
	return {
		message: `${provider.name} gave no answer to the request: ${noAnswer.message}`,
		advice: lookAtAccount(provider),
		code: UNANSWERED,
		provider: provider.id,
		retryable: false,
		billed: 'unknown',
	};
}
