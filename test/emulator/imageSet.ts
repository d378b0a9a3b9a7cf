import { ApiRefusal } from './apiError';
import type { Effects } from './faults';
import type { ImageInfo } from './imageInfo';
import { imagePath } from './imageStore';
import type { StoredImage } from './imageStore';
import { isModeratedOutput } from './prompts';
import type { ImageSpec } from './renderImage';
import type { Size } from './sizes';
import type { EmulatorState } from './state';

/** The port is reserved (IANA: tcpmux), so nobody listens there. */
const LOST_HOST = 'http://127.0.0.1:1';

/** Images to be made from one request. */
export interface ImageSetSpec {
	readonly provider: string;
	readonly prompt: string;
	readonly count: number;
	readonly size: Size;
	readonly format: 'jpeg' | 'png';
	readonly transparent?: boolean;
	readonly references: ReadonlyArray<ImageInfo | undefined>;
	readonly effects: Effects;
}

/** One place in a set: an image, or nothing where the content filter took it away. */
export type SetMember = MadeMember | { readonly made: false };

export interface MadeMember {
	readonly made: true;
	readonly url: string;
	readonly image: StoredImage;
}

/** Makes the set. All of it taken away by the filter is a ApiRefusal. */
export function makeImageSet(state: EmulatorState, spec: ImageSetSpec): SetMember[] {
	const members: SetMember[] = [];
	for (let index = 0; index < spec.count; index += 1) {
		members.push(
			isModeratedOutput(spec.prompt, index + 1) ? { made: false } : makeOne(state, spec, index),
		);
	}
	if (!members.some((member) => member.made))
		throw new ApiRefusal({ is: 'moderated', what: 'output' });
	return members;
}

function makeOne(state: EmulatorState, spec: ImageSetSpec, index: number): MadeMember {
	const imageSpec = {
		size: spec.size,
		format: spec.format,
		seed: `${spec.prompt}#${index}`,
		transparent: spec.transparent ?? false,
		inset: spec.references.find((reference) => reference?.thumbnail !== undefined)?.thumbnail,
	};
	return storeImage(state, spec.provider, imageSpec, spec.effects);
}

/** Keeps an image, and gives it a link as the faults want it. */
export function storeImage(
	state: EmulatorState,
	provider: string,
	spec: ImageSpec,
	effects: Effects,
	whole?: ImageSpec,
): MadeMember {
	const image = state.images.add(provider, spec, effects.deadLink === true, whole);
	const origin = effects.lostHost ? LOST_HOST : state.origin();
	return { made: true, url: origin + imagePath(image), image };
}

export function linksOf(members: readonly SetMember[]): string[] {
	return members.flatMap((member) => (member.made ? [member.url] : []));
}
