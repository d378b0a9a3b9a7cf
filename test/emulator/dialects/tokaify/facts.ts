import type { RatioTable } from '../../sizes';
import { FIVE_PRO, FOUR } from '../shared/ark/models';

interface TokaifyModel {
	readonly line: string;
	readonly tiers: Readonly<Record<string, RatioTable>>;
	readonly unsupportedFields: readonly string[];
}

/**
 * Tokaify docs, api/ai-model/images/doubao. The limits on its pages are "recommended" or "should
 * not exceed", and it refuses nothing for them: neither sizes in pixels nor references, however
 * many.
 */
export const MODELS: Readonly<Record<string, TokaifyModel>> = {
	'doubao-seedream-4-0-250828': onItsPages('4.0'),
	'doubao-seedream-4-5-251128': onItsPages('4.5'),
	'doubao-seedream-5-0-260128': onItsPages('5.0-lite'),
	'doubao-seedream-5-0-lite-260128': onItsPages('5.0-lite'),
	'doubao-seedream-5-0-pro-260628': relayed('5.0-pro'),
	'doubao-seedream-5-0-flash-260915': relayed('5.0-flash'),
	'doubao-seedream-5-5-261028': relayed('5.5'),
};

/** `size` supports 1K, 2K, 4K on the page of each model: the tiers of the origin's 4.0. */
function onItsPages(line: string): TokaifyModel {
	return { line, tiers: FOUR.tiers, unsupportedFields: ['output_format'] };
}

/**
 * Whether Tokaify sells these is not known; a relay of its kind serves them when they are asked for
 * by their ids in China.
 */
function relayed(line: string): TokaifyModel {
	return { line, tiers: FIVE_PRO.tiers, unsupportedFields: [] };
}
