import { ark } from './shared/ark';
import { FIVE_FLASH, FIVE_LITE, FIVE_PRO, FOUR, FOUR_FIVE } from './shared/ark/models';

/**
 * Volcengine Ark: the origin in China (docs 82379/1541523): the same API, other model ids.
 */
export const volcengine = ark({
	provider: 'volcengine',
	basePath: '/volcengine/api/v3',
	models: {
		'doubao-seedream-4-0-250828': FOUR,
		'doubao-seedream-4-5-251128': FOUR_FIVE,
		'doubao-seedream-5-0-260128': FIVE_LITE,
		'doubao-seedream-5-0-lite-260128': FIVE_LITE,
		'doubao-seedream-5-0-pro-260628': FIVE_PRO,
		'doubao-seedream-5-0-flash-260915': FIVE_FLASH,
	},
});
