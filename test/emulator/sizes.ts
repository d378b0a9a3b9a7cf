import { badField } from './apiError';

export interface Size {
	readonly width: number;
	readonly height: number;
}

export interface SizeRule {
	readonly minArea: number;
	readonly maxArea: number;
	readonly maxSide?: number;
}

/** Width to height may be from 1/16 to 16 on every provider. */
const MAX_RATIO = 16;

/** `2048x1024` as a size; anything else is undefined. */
export function parsePixels(text: string): Size | undefined {
	const match = /^(\d{1,6})x(\d{1,6})$/.exec(text);
	return match === null ? undefined : { width: Number(match[1]), height: Number(match[2]) };
}

export function checkSize(field: string, size: Size, rule: SizeRule): void {
	const { width, height } = size;
	const area = width * height;
	if (Math.min(width, height) <= 14)
		throw badField(field, 'image width and height must be larger than 14 pixels');
	if (area < rule.minArea)
		throw badField(field, `image size must be at least ${rule.minArea} pixels`);
	if (area > rule.maxArea)
		throw badField(field, `image size must be at most ${rule.maxArea} pixels`);
	if (Math.max(width, height) > MAX_RATIO * Math.min(width, height)) {
		throw badField(field, 'the ratio of width to height must be between 1/16 and 16');
	}
	if (rule.maxSide !== undefined && Math.max(width, height) > rule.maxSide) {
		throw badField(field, `neither side may be longer than ${rule.maxSide} pixels`);
	}
}

/** A table of `WxH` by ratio, as the documentation prints it. */
export type RatioTable = Readonly<Record<string, string>>;

/** The size of a ratio; a ratio that is not in the table gives the square one. */
export function sizeFromTable(table: RatioTable, ratio: string): Size {
	const size = parsePixels(table[ratio] ?? table['1:1'] ?? '');
	if (size === undefined) throw new Error(`no size for ${ratio}`);
	return size;
}

/** With a tier alone the model picks the ratio from the prompt (ModelArk docs 1541523). */
export function ratioInPrompt(prompt: string, table: RatioTable): string {
	const mentioned = prompt.match(/\b\d{1,2}:\d{1,2}\b/g) ?? [];
	return mentioned.find((ratio) => ratio in table) ?? '1:1';
}
