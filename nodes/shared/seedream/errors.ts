import type { ProviderId } from './providers/provider';
import type { FailedImage } from './task';

/** Whether a request that ended in an error was paid for. `unknown`: it may have been. */
export type Billed = 'no' | 'yes' | 'unknown';

/** One error of the package, in words for the person who reads it. */
export interface SeedreamError {
	/** What happened. */
	message: string;
	/** What to do next. */
	advice: string;
	/** The provider's own code, or one of this package's own. */
	code?: string;
	httpStatus?: number;
	/** Absent where the credentials could not be read. */
	provider?: ProviderId;
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

/** The advice for an error that leaves a task behind which may still give images. */
export function fetchTaskAdvice(taskId: string): string {
	return `Use the Get Task operation with the ID ${taskId}; do not run the request again, or it is paid for twice.`;
}
