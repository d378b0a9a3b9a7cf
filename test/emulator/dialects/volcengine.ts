import { ark } from './shared/ark';
import { MODELS_IN_CHINA } from './shared/ark/models';

/**
 * Volcengine Ark: the origin in China (docs 82379/1541523): the same API, other model ids.
 */
export const volcengine = ark({
	provider: 'volcengine',
	basePath: '/volcengine/api/v3',
	models: MODELS_IN_CHINA,
});
