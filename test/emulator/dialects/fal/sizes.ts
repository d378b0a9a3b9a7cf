import type { Size } from '../../sizes';
import { PRESETS } from './facts';
import type { FalModel, SizeRange } from './facts';

const AREAS: Readonly<Record<string, number>> = {
	auto_1K: 1024 * 1024,
	'auto_1.5K': 1536 * 1536,
	auto_2K: 2048 * 2048,
	auto_3K: 3072 * 3072,
	auto_4K: 4096 * 4096,
};
const DEFAULT_AREA = 2048 * 2048;
const SQUARE: Size = { width: 1, height: 1 };

/**
 * The pixels of an image: as asked, scaled into the range of the model. The pixels of the presets are
 * not documented for these models; with `auto` the ratio is that of the first input image.
 */
export function sizeOf(
	asked: string | Size | undefined,
	facts: FalModel,
	picture: Size = SQUARE,
): Size {
	const size = asked ?? facts.defaultSize;
	if (typeof size !== 'string') return scaledInto(facts.range, size);
	const shape = PRESETS[size] ?? picture;
	return scaledInto(facts.range, withArea(shape, AREAS[size] ?? DEFAULT_AREA));
}

function scaledInto(range: SizeRange, size: Size): Size {
	const area = size.width * size.height;
	if (area < range.minArea) return withArea(size, range.minArea);
	return area > range.maxArea ? withArea(size, range.maxArea) : size;
}

function withArea({ width, height }: Size, area: number): Size {
	const scale = Math.sqrt(area / (width * height));
	return {
		width: Math.max(1, Math.round(width * scale)),
		height: Math.max(1, Math.round(height * scale)),
	};
}
