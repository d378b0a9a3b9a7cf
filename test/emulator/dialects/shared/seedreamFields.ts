import { z } from 'zod/v4';
import { badField } from '../../apiError';
import type { SetMember } from '../../imageSet';
import { sizeFromTable, checkSize, parsePixels, ratioInPrompt } from '../../sizes';
import type { RatioTable, Size, SizeRule } from '../../sizes';

/** Fields that the origin and those who pass its API on have in common (ModelArk docs 1541523). */

export const imageField = z.union([z.string(), z.array(z.string())]).optional();
export const responseFormat = z.enum(['url', 'b64_json']).optional();

export const setFields = {
	sequential_image_generation: z.enum(['auto', 'disabled']).optional(),
	sequential_image_generation_options: z
		.strictObject({ max_images: z.int().min(1).max(15).optional() })
		.optional(),
};

interface SetFields {
	readonly sequential_image_generation?: 'auto' | 'disabled';
	readonly sequential_image_generation_options?: { readonly max_images?: number };
}

/** How many images at maxCount: as stated, else the provider's default. */
export function limitOf(body: SetFields, byDefault: number): number {
	if (body.sequential_image_generation !== 'auto') return 1;
	return body.sequential_image_generation_options?.max_images ?? byDefault;
}

export function listOf(image: string | readonly string[] | undefined): readonly string[] {
	return image === undefined ? [] : typeof image === 'string' ? [image] : image;
}

interface SizeFacts {
	/** The tiers that `size` takes, and the pixels for them. */
	readonly tiers: Readonly<Record<string, RatioTable>>;
	/** Absent where a provider refuses no size in pixels. */
	readonly size?: SizeRule;
}

/** A tier, with the ratio as the prompt says, or exact pixels. */
export function sizeOf(size: string, prompt: string, model: SizeFacts): Size {
	const tier = model.tiers[size.toUpperCase()];
	if (tier !== undefined) return sizeFromTable(tier, ratioInPrompt(prompt, tier));
	const pixels = parsePixels(size);
	if (pixels === undefined) {
		const tiers = Object.keys(model.tiers).map((name) => `'${name.toLowerCase()}'`);
		throw badField('size', `size must be one of 'WIDTHxHEIGHT', ${tiers.join(', ')}.`);
	}
	if (model.size !== undefined) checkSize('size', pixels, model.size);
	return pixels;
}

/** `2048x1024`, as the origin prints it. */
export function sizeText(member: Extract<SetMember, { made: true }>): string {
	const { width, height } = member.image.spec.size;
	return `${width}x${height}`;
}
