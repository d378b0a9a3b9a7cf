import type { Result } from '../../seedream/result';
import type { ImageTask } from '../../seedream/task';
import type { OutputOptions } from './outputFields';

/** How one request, one query or one callback ended, and how its images are handed on. */
export interface TaskResult {
	/** The input items that it is about. */
	items: number[];
	outcome: Result<ImageTask>;
	/** Absent for a task that was not requested in this run. */
	requestedCount?: number;
	/** The provider's ID of the model that was asked; absent where that is not known. */
	model?: string;
	warnings: string[];
	output: OutputOptions;
}
