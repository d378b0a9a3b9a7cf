import { ark } from './shared/ark';
import { MODELS_IN_CHINA } from './shared/ark/models';

/** A relay that has the API of the origin in China, as many do, under an address of its own. */
export const compatible = ark({
	provider: 'compatible',
	basePath: '/compatible/v1',
	models: MODELS_IN_CHINA,
});
