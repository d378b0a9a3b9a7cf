import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../../seedream/http';

/** How long the node may take to notice that the execution was stopped, in ms. */
const SLICE_MS = 250;

/** Webhook calls cannot be stopped, so only the contexts of executions have the signal. */
type Cancellable = Pick<IExecuteFunctions, 'getNode'> &
	Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>;

/** Real time, which ends with the execution. */
export function executionClock(context: Cancellable): Clock {
	return {
		now: () => Date.now(),
		sleep: async (ms) => {
			const until = Date.now() + ms;
			throwIfCancelled(context);
			// Looked at once in each round: between two looks the time may run out, and Node.js warns of a negative pause.
			for (let left = ms; left > 0; left = until - Date.now()) {
				await sleep(Math.min(SLICE_MS, left));
				throwIfCancelled(context);
			}
		},
	};
}

/** Whether a person or a limit of time has stopped the execution. */
export function isCancelled(context: Cancellable): boolean {
	return context.getExecutionCancelSignal?.()?.aborted ?? false;
}

/** @throws NodeOperationError when the execution was stopped. */
export function throwIfCancelled(context: Cancellable): void {
	if (isCancelled(context)) {
		throw new NodeOperationError(context.getNode(), 'The execution was stopped');
	}
}
