import { createHash } from 'node:crypto';
import { ApiRefusal } from './apiError';
import type { Effects } from './faults';
import type { ImageInfo } from './imageInfo';
import { storeImage } from './imageSet';
import type { MadeMember } from './imageSet';
import type { Corners, Layer } from './layers';
import { isModeratedOutput } from './prompts';
import type { ImageSpec } from './renderImage';
import type { Size } from './sizes';
import type { EmulatorState } from './state';

/** A picture to be taken apart. */
export interface LayerSetSpec {
	readonly provider: string;
	readonly prompt: string;
	readonly layers: readonly Layer[];
	/** Of the base. The layers have sizes of their own. */
	readonly size: Size;
	readonly format: 'jpeg' | 'png';
	/** PNG where it is left out; in JPEG they have no transparency. */
	readonly layerFormat?: 'jpeg' | 'png';
	/** The picture; undefined where it is in the outside world. */
	readonly picture: ImageInfo | undefined;
	readonly effects: Effects;
}

/** The base, which is no layer, or one of the layers above it. */
export interface LayerSetMember extends MadeMember {
	readonly layer?: Layer;
}

/**
 * Makes the base, which is the picture alone, and the layers; in an order that is not that of the
 * stack. One image that the filter takes away takes all away: that is an ApiRefusal.
 */
export function makeLayerSet(state: EmulatorState, spec: LayerSetSpec): LayerSetMember[] {
	const { provider, prompt, layers, effects, layerFormat = 'png' } = spec;
	const positions = [1, ...layers.map(({ zIndex }) => zIndex + 1)];
	if (positions.some((position) => isModeratedOutput(prompt, position)))
		throw new ApiRefusal({ is: 'moderated', what: 'output' });
	const base = baseOf(spec);
	const whole = { ...base, format: 'png' as const, shapes: layers.map(shapeOn(prompt)) };
	const store = (image: ImageSpec) => storeImage(state, provider, image, effects, whole);
	const members = [
		store(base),
		...layers.map((layer) => ({ ...store(fileOf(layer, prompt, layerFormat)), layer })),
	];
	return shuffled(members, prompt);
}

function baseOf({ size, format, prompt, picture }: LayerSetSpec): ImageSpec {
	const ground = picture?.thumbnail;
	return { size, format, seed: prompt, transparent: false, ground };
}

function shapeOn(prompt: string) {
	return ({ zIndex, box }: Layer) => ({ seed: seedOf(prompt, zIndex), box: box.absolute });
}

/** The layer as a file: it fills its own canvas, and that is not as large as its box. */
function fileOf({ zIndex, box }: Layer, prompt: string, format: 'jpeg' | 'png'): ImageSpec {
	const size = fileSizeOf(box.absolute);
	const seed = seedOf(prompt, zIndex);
	const shapes = [{ seed, box: [0, 0, size.width, size.height] as const }];
	return { size, format, seed, transparent: true, ground: 'none', shapes };
}

const FILE_AREA = 1024 * 1024;
const LONGEST_SIDE = 4096;

/** In the ratio of the box, but as many pixels as a 1K image has. */
function fileSizeOf([left, top, right, bottom]: Corners): Size {
	const [width, height] = [right - left, bottom - top];
	const scale = Math.min(
		Math.sqrt(FILE_AREA / (width * height)),
		LONGEST_SIDE / Math.max(width, height),
	);
	const side = (length: number) => Math.max(1, Math.round(length * scale));
	return { width: side(width), height: side(height) };
}

function seedOf(prompt: string, zIndex: number): string {
	return `${prompt}#layer${zIndex}`;
}

/** The same for the same prompt, and never rising from the base up. */
function shuffled(members: readonly LayerSetMember[], prompt: string): LayerSetMember[] {
	const lot = (index: number) => createHash('sha256').update(`${prompt}#lot${index}`).digest('hex');
	const order = [...members.keys()].sort((a, b) => lot(a).localeCompare(lot(b)));
	const rises = order.every((place, index) => place === index);
	return (rises ? order.reverse() : order).flatMap((place) => members[place] ?? []);
}
