import type { Call } from './http';
import type { AcceptedCreate } from './orders';
import { isModeratedPrompt } from './prompts';
import type { Member, SetOrder } from './sets';
import { linksOf, makeSet } from './sets';
import { Refusal } from './trouble';
import type { World } from './world';

/**
 * A request to a provider that answers in the same request: the filter, the money, the set. It is paid from here on, whether
 * or not the client still listens; the caller then spends the task's time and answers.
 */
export async function accept(
	world: World,
	call: Call,
	key: string,
	order: Omit<SetOrder, 'effects'>,
): Promise<Member[]> {
	if (isModeratedPrompt(order.prompt)) throw new Refusal({ is: 'moderated', what: 'prompt' });
	const { effects } = call;
	if (!world.accounts.take(key, order.count)) throw new Refusal({ is: 'noCredit' });
	let outcome: AcceptedCreate['outcome'] = 'open';
	world.orders.add({ provider: order.provider, prompt: order.prompt }, () => outcome);
	try {
		if (effects.neverEnds) await world.never();
		if (effects.failTask !== undefined) {
			await world.sleep(world.settings.taskMs);
			throw new Refusal({ is: 'failed', ...effects.failTask });
		}
		const members = makeSet(world, { ...order, effects });
		const made = linksOf(members).length;
		world.accounts.giveBack(key, order.count - made);
		world.countImages(made);
		outcome = 'completed';
		return members;
	} catch (error) {
		if (error instanceof Refusal) {
			world.accounts.giveBack(key, order.count);
			outcome = 'failed';
		}
		throw error;
	}
}
