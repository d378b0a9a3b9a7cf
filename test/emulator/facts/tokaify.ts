import type { ArkModel } from './ark';
import { FIVE_LITE, FOUR, FOUR_FIVE } from './ark';

/** Tokaify docs, api/ai-model/images/doubao: the tiers that its pages name are 1K, 2K and 4K; the rest is the origin's. */
const LITE: ArkModel = { ...FIVE_LITE, tiers: FOUR_FIVE.tiers };

export const MODELS: Readonly<Record<string, ArkModel>> = {
	'doubao-seedream-4-0-250828': FOUR,
	'doubao-seedream-4-5-251128': FOUR_FIVE,
	'doubao-seedream-5-0-260128': LITE,
	'doubao-seedream-5-0-lite-260128': LITE,
};

