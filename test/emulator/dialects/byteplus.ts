import { ark } from './shared/ark';
import { FIVE_FIVE, FIVE_FLASH, FIVE_LITE, FIVE_PRO, FOUR, FOUR_FIVE } from './shared/ark/models';

/** BytePlus ModelArk: the origin outside of China (docs 1541523 and 1824121). */
export const byteplus = ark({
	provider: 'byteplus',
	basePath: '/byteplus/api/v3',
	models: {
		'seedream-4-0-250828': FOUR,
		'seedream-4-5-251128': FOUR_FIVE,
		'seedream-5-0-260128': FIVE_LITE,
		'seedream-5-0-lite-260128': FIVE_LITE,
		'seedream-5-0-pro-260628': FIVE_PRO,
		'dola-seedream-5-0-pro-260628': FIVE_PRO,
		'seedream-5-0-flash-260915': FIVE_FLASH,
		'seedream-5-5-261028': FIVE_FIVE,
		'dola-seedream-5-5-261028': FIVE_FIVE,
	},
});
