import type { Billed } from './billed';
import type { ErrorCode } from './errorCodes';
import { getTaskHint, type OwnError, type SeedreamError } from './errors';
import { requestIdOf, type HttpResponse, type NetworkFailure } from './http';
import type { Provider } from './providers/provider';
import type { BinaryReference } from './references';
import { hasEnded, UNREADABLE_IMAGE, type ImageTask } from './task';
import { inWords } from './time';

/** The error of a task that ended without images; undefined for any other. */
export function taskError(task: ImageTask, provider: Provider): SeedreamError | undefined {
	if (!hasEnded(task.status)) return undefined;
	if (task.status === 'completed') return withoutImages(task, provider);
	const code = task.problem?.code;
	const { billed = 'no' } = task;
	const hint = provider.hintForTask(code);
	const reason = task.problem?.message ?? 'no reason given';
	const isFailed = task.status === 'failed';
	const ownCode: ErrorCode = isFailed ? 'failed' : 'cancelled';
	return {
		message: `${provider.name} ${isFailed ? 'could not make the images' : 'cancelled the task'}: ${reason}`,
		hint: `${hint.hint} ${BILLED_TEXTS[billed]}`,
		retryable: hint.retryable && billed === 'no',
		code: code ?? ownCode,
		provider: provider.id,
		...(task.id && { taskId: task.id }),
		...(task.requestId && { requestId: task.requestId }),
		billed,
	};
}

const BILLED_TEXTS: Readonly<Record<Billed, string>> = {
	no: 'It was not billed.',
	yes: 'It is billed.',
	unknown: 'It may be billed: look at your account at the provider.',
};

/** The images of a set may all have failed, which is not billed where nothing else is said; otherwise nobody knows. */
function withoutImages(task: ImageTask, provider: Provider): SeedreamError | undefined {
	if (task.images.length > 0) return undefined;
	const [first] = task.failedImages;
	const facts = {
		message: `${provider.name} made no images: ${first?.message ?? 'the task is completed and has no result'}`,
		code: first?.code ?? ('no_images' satisfies ErrorCode),
		provider: provider.id,
		...(task.id && { taskId: task.id }),
		...(task.requestId && { requestId: task.requestId }),
	};
	if (first && areAllFailed(task)) {
		const { hint, retryable } = provider.hintForTask(first.code);
		const { billed = 'no', failedImages } = task;
		return { ...facts, hint, retryable, billed, failedImages };
	}
	return {
		...facts,
		hint: task.id === undefined ? lookAtAccount(provider) : getTaskHint(task.id),
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
	return taskError(task, provider)?.billed === 'no';
}

/** The error of a task that is still open when the wait is over. */
export function waitTimeoutError(task: ImageTask, provider: Provider, waitedMs: number): OwnError {
	const taskId = task.id ?? '';
	return {
		message: `The task ${taskId} is still ${task.status} at ${provider.name} after ${Math.round(waitedMs / 1000)} seconds`,
		hint: `It may still be finished. ${getTaskHint(taskId)}`,
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
export function taskNotReadError(error: SeedreamError, taskId: string): SeedreamError {
	return {
		...error,
		message: `The task ${taskId} could not be read: ${error.message}`,
		hint: `${whatToCheck(error)} The task may be finished and billed. ${getTaskHint(taskId)}`,
		taskId,
		retryable: false,
		billed: 'unknown',
	};
}

/** Whose key it is or which ID, the provider's own hint says best; the rest of it is about requests. */
function whatToCheck({ httpStatus = 0, hint }: SeedreamError): string {
	if (httpStatus === 401 || httpStatus === 403 || httpStatus === 404) return hint;
	if (httpStatus === 402) return 'Top up the account at the provider.';
	if (httpStatus === 429) return 'The provider takes no more requests for the moment.';
	if (httpStatus >= 400 && httpStatus < 500) return 'Read the message of the provider.';
	return 'Check the base URL in the credentials and whether the provider can be reached.';
}

/** The error of asking for a task where the provider has none. */
export function noTasksError(provider: Provider, taskId: string): OwnError {
	return {
		taskId,
		message: `${provider.name} has no tasks to get: it answers a request with the finished images`,
		hint: `Take the images from the output of the Generate or Edit operation. If another provider made the task ${taskId}, use its credentials.`,
		code: 'no_tasks',
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

/** The error of asking for the balance where no way to do that is documented. */
export function noBalanceError(provider: Provider): OwnError {
	return {
		message: `${provider.name} documents no way to ask for the balance with an API key`,
		hint: `Look it up in your account at ${provider.name}. Nothing was sent.`,
		code: 'no_balance',
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

/** The error of a reference image that vanished between the check and the sending. */
export function unreadableReferenceError(provider: Provider, reference: BinaryReference): OwnError {
	return {
		message: `${reference.label} can no longer be read from n8n's storage`,
		hint: 'Run the node that made the file again. Nothing was sent and nothing is billed.',
		code: 'unreadable_reference',
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

/** The error of a reference image that the place where a file host lets files be put does not take. */
export function notUploadedError(provider: Provider, { status }: HttpResponse): OwnError {
	return {
		message: `${provider.name}'s file host did not take a reference image (HTTP ${status})`,
		hint: 'Nothing was sent that is billed. Run again later, or give the image as a URL.',
		code: 'not_uploaded',
		httpStatus: status,
		provider: provider.id,
		retryable: true,
		billed: 'no',
	};
}

/** The error of a paid request that never arrived, or of one that costs nothing and got no answer. */
export function unreachableError(
	provider: Provider,
	networkFailure: NetworkFailure,
): SeedreamError {
	return {
		message: `${provider.name} could not be reached: ${networkFailure.message}`,
		hint: 'Check the base URL in the credentials and the network of n8n, then run again.',
		code: networkFailure.code ?? ('unreachable' satisfies ErrorCode),
		provider: provider.id,
		retryable: true,
		billed: 'no',
	};
}

/** A refusal for being too many that names a pause too long to wait for: `pauseMs`. */
export function withRetryAfterHint(
	provider: Provider,
	error: SeedreamError,
	pauseMs: number,
): SeedreamError {
	return {
		...error,
		hint: `${provider.name} asks to wait ${inWords(pauseMs)} before the next request. Nothing was accepted or billed; run again after that.`,
	};
}

/** A refusal that leaves open whether the paid request was accepted before things went wrong. */
export function withBillingHint(provider: Provider, error: SeedreamError): SeedreamError {
	if (error.billed !== 'unknown') return error;
	// "Run it again later" is what is said of trouble in general, and wrong for what is perhaps paid for.
	const isGeneral = error.hint === provider.hintForTask(undefined).hint;
	const hint = isGeneral ? [] : [error.hint];
	return { ...error, hint: [...hint, lookAtAccount(provider)].join(' '), retryable: false };
}

function lookAtAccount(provider: Provider): string {
	return `It may have been accepted and billed, so it was not sent again. Look at your account at ${provider.name} before you run it again.`;
}

/** The error of a paid request that may have been accepted. */
export function noAnswerError(provider: Provider, networkFailure: NetworkFailure): OwnError {
	return {
		message: `${provider.name} gave no answer to the request: ${networkFailure.message}`,
		hint: lookAtAccount(provider),
		code: 'no_answer',
		provider: provider.id,
		retryable: false,
		billed: 'unknown',
	};
}

/** An error for a body that is not what the provider's documentation promises. */
export function unreadableResponseError(
	{ id, name }: Pick<Provider, 'id' | 'name'>,
	response: HttpResponse,
): OwnError {
	const start = response.text.replace(/\s+/g, ' ').trim().slice(0, 120);
	return {
		message: `${name} answered with something that cannot be read (HTTP ${response.status}): ${start || 'an empty body'}`,
		hint: 'Check the base URL in the credentials.',
		code: 'unreadable_answer',
		httpStatus: response.status,
		provider: id,
		...(requestIdOf(response) && { requestId: requestIdOf(response) }),
		retryable: false,
		billed: 'unknown',
	};
}
