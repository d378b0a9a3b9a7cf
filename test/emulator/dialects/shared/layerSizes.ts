import type { Size } from '../../sizes';

/** What a base image is made in (ModelArk docs 1541523, `size`): by the model, or so many pixels. */
export const LAYER_TIERS = ['auto', '1K', '1.5K', '2K'];

const AREAS: Readonly<Record<string, number>> = {
	'1K': 1024 * 1024,
	'1.5K': 1536 * 1536,
	'2K': 2048 * 2048,
};
const MIN_AREA = 921_600;
const MAX_AREA = 4_624_220;

/** A picture that was not opened, because it is in the outside world, is taken to be this large. */
const UNSEEN: Size = { width: 1024, height: 1024 };

/** The base has the ratio of the picture; with `auto` also its size, if a model can make that. */
export function baseSizeOf(tier: string, picture: Size = UNSEEN): Size {
	const area = picture.width * picture.height;
	const wanted = AREAS[tier] ?? AREAS[area < MIN_AREA ? '1K' : '2K'] ?? area;
	const fits = area >= MIN_AREA && area <= MAX_AREA;
	const scale = tier === 'auto' && fits ? 1 : Math.sqrt(wanted / area);
	return {
		width: Math.round(picture.width * scale),
		height: Math.round(picture.height * scale),
	};
}
