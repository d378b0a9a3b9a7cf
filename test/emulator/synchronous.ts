import type { AcceptedCreate } from './acceptedCreates';
import { ApiRefusal } from './apiError';
import type { Call } from './http';
import type { SetMember, ImageSetSpec } from './imageSet';
import { linksOf, makeImageSet } from './imageSet';
import { isModeratedPrompt } from './prompts';
import type { EmulatorState } from './state';

/** A request to a provider that answers in the same request. */
export async function createImages(
	state: EmulatorState,
	call: Call,
	key: string,
	spec: Omit<ImageSetSpec, 'effects'>,
): Promise<SetMember[]> {
	const { effects } = call;
	return await createPaid(state, call, key, spec, () => makeImageSet(state, { ...spec, effects }));
}

/**
 * The filter, the credits, then the images. The request is paid from here on, whether or not the
 * client still listens; the caller then spends the task's time and answers.
 */
export async function createPaid<Member extends SetMember>(
	state: EmulatorState,
	call: Call,
	key: string,
	spec: Pick<ImageSetSpec, 'provider' | 'prompt' | 'count'>,
	make: () => Member[],
): Promise<Member[]> {
	if (isModeratedPrompt(spec.prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const { effects } = call;
	if (!state.accounts.charge(key, spec.count)) throw new ApiRefusal({ is: 'noCredit' });
	let outcome: AcceptedCreate['outcome'] = 'open';
	state.acceptedCreates.add({ provider: spec.provider, prompt: spec.prompt }, () => outcome);
	try {
		if (effects.neverEnds) await state.scheduler.sleepForever();
		if (effects.failTask !== undefined) {
			await state.scheduler.sleep(state.settings.taskMs);
			throw new ApiRefusal({ is: 'failed', ...effects.failTask });
		}
		const members = make();
		const made = linksOf(members).length;
		state.accounts.refund(key, spec.count - made);
		state.countImages(made);
		outcome = 'completed';
		return members;
	} catch (error) {
		if (error instanceof ApiRefusal) {
			state.accounts.refund(key, spec.count);
			outcome = 'failed';
		}
		throw error;
	}
}
