import type { LinkRule } from '../references';
import { FOUR } from './ark';

/**
 * Tokaify docs, api/ai-model/images/doubao. The limits on its pages are "recommended" or "should not exceed", and it refuses
 * nothing for them: neither sizes in pixels nor references, however many.
 */
export const MODELS: Readonly<Record<string, { readonly line: string }>> = {
	'doubao-seedream-4-0-250828': { line: '4.0' },
	'doubao-seedream-4-5-251128': { line: '4.5' },
	'doubao-seedream-5-0-260128': { line: '5.0-lite' },
	'doubao-seedream-5-0-lite-260128': { line: '5.0-lite' },
};

/** `size` supports 1K, 2K, 4K on the page of each model: the tiers of the origin's 4.0. */
export const SIZES = { tiers: FOUR.tiers };

export const REFERENCES: LinkRule = { most: Infinity, dataUris: true };
