import { createHash } from 'node:crypto';
import type { Corners } from './layers';
import type { Size } from './sizes';

/** What a layer shows: a shape in a colour of the seed, as large as its box. */
export interface Shape {
	readonly seed: string;
	/** In pixels of the canvas that it is drawn on. */
	readonly box: Corners;
}

/** The shapes as SVG, the first at the bottom; nothing is painted where none is. */
export function shapesSvg({ width, height }: Size, shapes: readonly Shape[]): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.map(draw).join('')}</svg>`;
}

const KINDS = [roundedRectangle, ellipse, linesOfText];

function draw({ seed, box: [left, top, right, bottom] }: Shape): string {
	const hash = createHash('sha256').update(seed).digest();
	const [turn = 0, choice = 0, glass = 0] = hash;
	const hue = Math.round((turn / 255) * 360);
	// Half of them let the ground shine through.
	const opacity = glass % 2 === 0 ? 1 : 0.7;
	const drawKind = KINDS[choice % KINDS.length] ?? ellipse;
	return `<g transform="translate(${left} ${top})" fill="hsl(${hue},75%,50%)" opacity="${opacity}">${drawKind(right - left, bottom - top)}</g>`;
}

function roundedRectangle(width: number, height: number): string {
	return `<rect width="${width}" height="${height}" rx="${Math.min(width, height) / 3}"/>`;
}

function ellipse(width: number, height: number): string {
	const [rx, ry] = [width / 2, height / 2];
	return `<ellipse cx="${rx}" cy="${ry}" rx="${rx}" ry="${ry}"/>`;
}

function linesOfText(width: number, height: number): string {
	const line = (length: number, index: number) =>
		`<rect y="${height * index * 0.4}" width="${width * length}" height="${height * 0.2}"/>`;
	return [1, 0.8, 0.55].map(line).join('');
}
