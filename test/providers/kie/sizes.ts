import type { ModelFamily } from '../../../nodes/shared/seedream/models';
import type { AspectRatio, Resolution } from '../../../nodes/shared/seedream/sizes';

/** The words of 4.0 for a shape (Kie.ai docs, market/bytedance/seedream-v4-text-to-image). */
export const SHAPES = [
	['1:1', 'square_hd'],
	['2:3', 'portrait_3_2'],
	['3:2', 'landscape_3_2'],
	['3:4', 'portrait_4_3'],
	['4:3', 'landscape_4_3'],
	['9:16', 'portrait_16_9'],
	['16:9', 'landscape_16_9'],
	['21:9', 'landscape_21_9'],
] as const satisfies ReadonlyArray<readonly [AspectRatio, string]>;

/** `quality`, where that is what a model has in place of a resolution. */
const QUALITIES: Readonly<Partial<Record<ModelFamily, Partial<Record<Resolution, string>>>>> = {
	'seedream-4.5': { '2K': 'basic', '4K': 'high' },
	'seedream-5.0-lite': { '2K': 'basic', '3K': 'high', '4K': 'ultra' },
	'seedream-5.0-pro': { '1K': 'basic', '2K': 'high' },
};

export function sizeWords(
	shape: AspectRatio,
	resolution: Resolution,
	model: ModelFamily,
): readonly string[] {
	if (model !== 'seedream-4.0') return [shape, QUALITIES[model]?.[resolution] ?? resolution];
	const word = SHAPES.find(([known]) => known === shape)?.[1];
	return [word ?? 'a shape without a word', resolution];
}
