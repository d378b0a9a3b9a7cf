import { asObject } from '../../objects';
import { MAX_IMAGES } from '../../request';

/** The largest of the numbers in these fields; 1 where there is none. */
export function largestOf(...fields: unknown[]): number {
	return Math.max(1, ...fields.map(Number).filter((count) => count > 0));
}

/** How large a set of images may be; without a number as large as any (ModelArk docs 1541523). */
export function maxOfSet(body: Record<string, unknown>, given: unknown): number {
	if (body.sequential_image_generation !== 'auto') return 1;
	return Number(given) > 0 ? Number(given) : MAX_IMAGES;
}

/** How large a set of images may be, with the number where the models' maker has it. */
export function maxOfNestedSet(body: Record<string, unknown>): number {
	return maxOfSet(body, asObject(body.sequential_image_generation_options)?.max_images);
}
