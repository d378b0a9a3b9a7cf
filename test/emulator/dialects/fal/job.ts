import { ApiRefusal } from '../../apiError';
import type { ApiError } from '../../apiError';
import type { Effects } from '../../faults';
import type { EmulatorState } from '../../state';
import type { TaskError, TaskImages } from '../../tasks';
import { asTaskError } from './modelErrors';
import type { ModelError } from './modelErrors';

/** What is to be done for a request that stands in the queue. */
export interface FalJob {
	readonly prompt: string;
	/** So many images come at the most. */
	readonly limit: number;
	makeImages(state: EmulatorState, effects: Effects): Promise<TaskImages>;
	formatError(error: ApiError): TaskError;
}

/** A request whose input is wrong: it is queued like any other, and fails when its turn comes. */
export function failingJob(prompt: string, errors: readonly ModelError[]): FalJob {
	const error = asTaskError(errors);
	return {
		prompt,
		limit: 1,
		makeImages: () => Promise.reject(new ApiRefusal({ is: 'failed', ...error })),
		formatError: () => error,
	};
}
