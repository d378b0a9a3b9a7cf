import type { Billed } from './billed';
import type { ErrorCode } from './errorCodes';
import type { FailedImage } from './task';

/** What to tell the user about an error of a provider. */
export type ErrorHint = Pick<SeedreamError, 'hint' | 'retryable'>;

/** One error of the package, in words for the person who reads it. */
export interface SeedreamError {
	/** What happened. */
	message: string;
	/** What to do next. */
	hint: string;
	/** The provider's own code, or one of this package's own. */
	code?: string;
	httpStatus?: number;
	/** The provider's ID; absent where it is not known, or the error is about no provider. */
	provider?: string;
	taskId?: string;
	requestId?: string;
	/** Whether the same request may succeed later, unchanged. */
	retryable: boolean;
	billed: Billed;
	/** Links of images that exist although the whole counts as failed. */
	urls?: string[];
	/** Members of an image set that the provider did not make. */
	failedImages?: FailedImage[];
	/** Tasks that may be open, where an error is about more than one. */
	taskIds?: string[];
	/** The body of a paid answer that cannot be read, as it came; at most 64 kB. */
	response?: string;
}

/** An error that this package finds itself, and not the provider or the network. */
export interface OwnError extends SeedreamError {
	code: ErrorCode;
}

/** The hint for an error that leaves a task behind which may still give images. */
export function getTaskHint(taskId: string): string {
	return `Use the Get Task operation with the ID ${taskId}; do not run the request again, or it is paid for twice.`;
}
