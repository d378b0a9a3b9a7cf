import { ApiRefusal } from './apiError';
import type { Effects } from './faults';
import type { Call } from './http';
import type { EmulatorState } from './state';
import type { Task, TaskImages, TaskSpec } from './tasks';

/** A request that a provider with tasks has read and found right. */
export interface Order extends Pick<
	TaskSpec,
	| 'id'
	| 'model'
	| 'limit'
	| 'paidAsAsked'
	| 'request'
	| 'callbackUrl'
	| 'callbackRetryMs'
	| 'formatError'
	| 'bodyOf'
> {
	readonly provider: string;
	readonly prompt: string;
	/** How it calls back by itself, where not once and at the end. */
	readonly callbackEffects?: Effects;
	/** Makes the images; throws an ApiRefusal where they cannot be made. */
	makeImages(effects: Effects): Promise<TaskImages>;
}

/** Takes what the images may cost at the most, and begins. */
export function acceptOrder(state: EmulatorState, call: Call, key: string, order: Order): Task {
	const { provider, prompt, makeImages, callbackEffects: usual, ...spec } = order;
	if (!state.accounts.charge(key, spec.limit)) throw new ApiRefusal({ is: 'noCredit' });
	const { effects } = call;
	const task = state.tasks.start({
		...spec,
		key,
		durationMs: state.settings.taskMs,
		effects,
		callbackEffects:
			spec.callbackUrl === undefined
				? {}
				: callbackEffects(state, provider, { ...usual, ...effects }),
		makeImages: async () => (effects.noImages ? { links: [] } : await makeImages(effects)),
	});
	if (effects.bornFailed !== undefined) state.tasks.fail(task, effects.bornFailed);
	state.acceptedCreates.add({ provider, prompt, taskId: task.id }, () => task.state);
	return task;
}

/** The task that is asked for, unless it is not to be found yet. */
export function findTask(state: EmulatorState, { effects }: Call, id: string): Task | undefined {
	return effects.notYet ? undefined : state.tasks.find(id);
}

/**
 * A callback has faults of its own; those about callbacks may also have been put on the create
 * request.
 */
function callbackEffects(
	state: EmulatorState,
	provider: string,
	{ noCallback, duplicateCallback, earlyCallback }: Effects,
): Effects {
	const own = state.faults.match('callback', provider);
	return {
		...own,
		noCallback: own.noCallback ?? noCallback,
		duplicateCallback: own.duplicateCallback ?? duplicateCallback,
		earlyCallback: own.earlyCallback ?? earlyCallback,
	};
}
