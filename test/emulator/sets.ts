import type { Effects } from './faults';
import { pathOf } from './gallery';
import type { Exhibit } from './gallery';
import type { Picture } from './pictures';
import { isModeratedOutput } from './prompts';
import type { Size } from './sizes';
import { Refusal } from './trouble';
import type { World } from './world';

/** The port is reserved (IANA: tcpmux), so nobody listens there. */
const LOST_HOST = 'http://127.0.0.1:1';

/** Images to be made from one request. */
export interface SetOrder {
	readonly provider: string;
	readonly prompt: string;
	readonly count: number;
	readonly size: Size;
	readonly format: 'jpeg' | 'png';
	readonly transparent?: boolean;
	readonly references: ReadonlyArray<Picture | undefined>;
	readonly effects: Effects;
}

/** One place in a set: an image, or nothing where the content filter took it away. */
export type Member =
	| { readonly made: true; readonly url: string; readonly exhibit: Exhibit }
	| { readonly made: false };

/** Makes the set. All of it taken away by the filter is a Refusal. */
export function makeSet(world: World, order: SetOrder): Member[] {
	const members: Member[] = [];
	for (let index = 0; index < order.count; index += 1) {
		members.push(
			isModeratedOutput(order.prompt, index + 1) ? { made: false } : makeOne(world, order, index),
		);
	}
	if (!members.some((member) => member.made))
		throw new Refusal({ is: 'moderated', what: 'output' });
	return members;
}

function makeOne(world: World, order: SetOrder, index: number): Member {
	const recipe = {
		size: order.size,
		format: order.format,
		seed: `${order.prompt}#${index}`,
		transparent: order.transparent ?? false,
		inset: order.references.find((reference) => reference?.thumbnail !== undefined)?.thumbnail,
	};
	const exhibit = world.gallery.hang(order.provider, recipe, order.effects.deadLink === true);
	const origin = order.effects.lostHost ? LOST_HOST : world.origin();
	return { made: true, url: origin + pathOf(exhibit), exhibit };
}

export function linksOf(members: readonly Member[]): string[] {
	return members.flatMap((member) => (member.made ? [member.url] : []));
}
