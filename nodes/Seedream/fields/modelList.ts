import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { chosenProvider } from '../../shared/n8n/transport/credentials';
import { toText } from '../../shared/n8n/text';
import { LAYER_FAMILIES, LAYER_SPECS } from '../../shared/seedream/layers';
import {
	MODEL_FAMILIES,
	MODEL_SPECS,
	modelName,
	type ModelFamily,
	type ModelSpec,
} from '../../shared/seedream/models';
import type { Provider } from '../../shared/seedream/providers';
import { customModel, layerModelOption, modelOption } from './model';

type Sold = Provider['models'];

/** One of the two lists: which models there are at all, and which a provider sells. */
interface ModelList {
	families: readonly ModelFamily[];
	makersSpecs: Partial<Record<ModelFamily, ModelSpec>>;
	soldBy: (provider: Provider) => Sold;
	toOption: (family: ModelFamily, spec: ModelSpec) => INodePropertyOptions;
}

const MODELS: ModelList = {
	families: MODEL_FAMILIES,
	makersSpecs: MODEL_SPECS,
	soldBy: ({ models }) => models,
	toOption: modelOption,
};

const LAYER_MODELS: ModelList = {
	families: LAYER_FAMILIES,
	makersSpecs: LAYER_SPECS,
	soldBy: layerModelsOf,
	toOption: layerModelOption,
};

/** Without those that a relay sells neither for layers, as far as anybody knows, nor for anything else. */
function layerModelsOf({ models, layers }: Provider): Sold {
	const known = Object.entries(layers?.models ?? {}).filter(
		([family, { id }]) => family in models || layers?.doubt?.(id) === undefined,
	);
	return Object.fromEntries(known);
}

/** The lists that n8n's editor asks the node for, each time that the panel is opened or other credentials are chosen. */
export const modelLists = {
	async getModels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await offered(this, MODELS);
	},
	async getLayerModels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await offered(this, LAYER_MODELS);
	},
};

async function offered(
	context: ILoadOptionsFunctions,
	list: ModelList,
): Promise<INodePropertyOptions[]> {
	const provider = await chosenProvider(context);
	const chosen = toText(context.getCurrentNodeParameter('model'));
	return [
		...list.families.flatMap((family) => entryOf(family, list, provider, chosen)),
		customModel,
	];
}

function entryOf(
	family: ModelFamily,
	{ makersSpecs, soldBy, toOption }: ModelList,
	provider: Provider | undefined,
	chosen: string,
): INodePropertyOptions[] {
	const spec = provider ? soldBy(provider)[family]?.spec : makersSpecs[family];
	if (spec) return [toOption(family, spec)];
	// The editor would put another model, at another price, in place of a chosen one that is not in the list.
	return provider && family === chosen ? [notSold(family, provider)] : [];
}

function notSold(family: ModelFamily, { name }: Provider): INodePropertyOptions {
	return {
		name: `${modelName(family)} (Not at ${name})`,
		value: family,
		description: `${name} does not offer it for this. Choose another model before the workflow runs.`,
	};
}
