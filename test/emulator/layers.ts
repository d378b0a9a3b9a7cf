import { createHash } from 'node:crypto';
import type { Size } from './sizes';

/** Left, top, right and bottom; what is at right and bottom does not belong to it. */
export type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** In pixels of the base image, and in thousandths of its sides. */
export interface BoundingBox {
	readonly absolute: Corners;
	readonly normalized: Corners;
}

/** One layer of a picture that is taken apart. The base, below them all, is none: its index is 0. */
export interface Layer {
	readonly zIndex: number;
	readonly name: string;
	readonly description: string;
	readonly box: BoundingBox;
}

const BY_DEFAULT = 3;
/** The model names layers as it likes: in any language, with signs that no file name may have. */
const NAMES = ['red parrot', '标题 "Summer" / title', 'price tag: 50 % off'];

/**
 * The layers that the emulator finds: one for each `<bbox>left top right bottom</bbox>` of the
 * prompt, in thousandths, named by the words before it; without any, three. `[layers:5]` asks for
 * so many; what is beyond the limit is lost. The same prompt gives the same layers.
 */
export function layersIn(prompt: string, limit: number, base: Size): Layer[] {
	const marked = markedBoxes(prompt);
	const asked = /\[layers:(\d{1,3})\]/.exec(prompt)?.[1];
	const wanted = asked === undefined ? marked.length || BY_DEFAULT : Number(asked);
	const count = Math.min(limit, Math.max(marked.length, wanted));
	return Array.from({ length: count }, (_, index) => {
		const { name, normalized } = marked[index] ?? ownBox(prompt, index);
		const description = `${name}, found by the emulator`;
		const box = { absolute: absoluteOf(normalized, base), normalized };
		return { zIndex: index + 1, name, description, box };
	});
}

interface NamedBox {
	readonly name: string;
	readonly normalized: Corners;
}

const MARKED_BOX = /([^<>]*)<bbox>\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*<\/bbox>/g;

function markedBoxes(prompt: string): NamedBox[] {
	return [...prompt.matchAll(MARKED_BOX)].flatMap(([, words = '', ...corners], index) => {
		const [left = 0, top = 0, right = 0, bottom = 0] = corners.map((corner) =>
			Math.min(1000, Number(corner)),
		);
		const name = lastPhrase(words) || nameOf(index);
		// A box without an area marks nothing.
		return left < right && top < bottom ? [{ name, normalized: [left, top, right, bottom] }] : [];
	});
}

function lastPhrase(words: string): string {
	const phrases = words.replaceAll(/\[[^\]]*\]/g, '').split(/[,;.\n]/);
	return phrases.at(-1)?.trim() ?? '';
}

function nameOf(index: number): string {
	return NAMES[index] ?? `element ${index + 1}`;
}

/** Somewhere within the canvas, from about a seventh to a half of its sides. */
function ownBox(prompt: string, index: number): NamedBox {
	const hash = createHash('sha256').update(`${prompt}#box${index}`).digest();
	const fromHash = (at: number, from: number, to: number) =>
		Math.round(from + ((hash[at] ?? 0) / 255) * (to - from));
	const [width, height] = [fromHash(0, 150, 500), fromHash(1, 150, 500)];
	const [left, top] = [fromHash(2, 0, 1000 - width), fromHash(3, 0, 1000 - height)];
	return { name: nameOf(index), normalized: [left, top, left + width, top + height] };
}

function absoluteOf([left, top, right, bottom]: Corners, { width, height }: Size): Corners {
	const [x, w] = stretchOf(left, right, width);
	const [y, h] = stretchOf(top, bottom, height);
	return [x, y, x + w, y + h];
}

/** From where and how far it reaches along a side: at least one pixel. */
function stretchOf(from: number, to: number, side: number): readonly [number, number] {
	const pixel = (thousandths: number) => Math.round((thousandths * side) / 1000);
	const start = Math.min(pixel(from), side - 1);
	return [start, Math.max(1, pixel(to) - start)];
}
