import { LAYER_SPECS, type LayerFamily } from '../../layers';
import { doubtWithout } from '../dialects/layerModels';
import { NO_EXTRAS } from '../dialects/noExtras';
import type { LayerPlan, ProviderModel } from '../provider';
import { KIE } from './task';

const ENDING = 'layer-decomposition';

/** Kie.ai docs, market/seedream/5-pro-layer-decomposition: formats and sides are its own. */
function layerModel(family: LayerFamily, id: string): ProviderModel {
	const spec = LAYER_SPECS[family];
	return {
		id: `${id}-${ENDING}`,
		spec: {
			...spec,
			...NO_EXTRAS,
			promptCharacters: { max: 5000 },
			references: { ...spec.references, disputedFormats: [] },
		},
	};
}

/** The model is the switch. The ID of 5.5 is that of its page, as with the others. */
export const LAYERS: LayerPlan = {
	models: {
		'seedream-5.0-pro': layerModel('seedream-5.0-pro', 'seedream/5-pro'),
		'seedream-5.0-flash': layerModel('seedream-5.0-flash', 'seedream/5-flash'),
		'seedream-5.5': layerModel('seedream-5.5', 'seedream/5-5'),
	},
	refusedFields: [],
	doubt: doubtWithout(ENDING, KIE.name),
};
