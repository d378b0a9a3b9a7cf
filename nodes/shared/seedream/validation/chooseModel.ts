import { modelName, type ModelSpec } from '../models';
import type { Provider, ProviderModel } from '../providers/provider';
import type { ImageRequest } from '../request';
import { noLayersText } from './layerChecks';
import { syntaxProblem, type Problem } from './problem';

/** The provider's ID of the model that was chosen, with what is known of it. */
export interface ChosenModel {
	/** Empty where there is none. */
	modelId: string;
	/** `Seedream 4.0`; absent, as its spec, for a custom model. */
	name?: string;
	spec?: ModelSpec;
	/** What the provider offers for the operation. */
	offered: readonly ProviderModel[];
	problems: Problem[];
}

/** What of a request decides which model it goes to. */
type ModelWish = Pick<ImageRequest, 'operation' | 'model' | 'numberOfImages'>;

/** The model of the provider that a request is for, or why there is none. */
export function chooseModel(wish: ModelWish, provider: Provider): ChosenModel {
	const { operation, model: choice } = wish;
	const isForLayers = operation === 'decompose';
	const models = isForLayers ? provider.layers?.models : provider.models;
	if (!models)
		return { modelId: '', offered: [], problems: [syntaxProblem(noLayersText(provider))] };
	const offered = Object.values(models);
	if ('customId' in choice) {
		const modelId = choice.customId.trim();
		if (modelId) return { modelId, offered, problems: [] };
		const text = `Model ID is empty. Enter ${provider.name}'s ID of the model.`;
		return { modelId, offered, problems: [syntaxProblem(text)] };
	}
	const model = models[choice.family];
	const name = modelName(choice.family);
	if (model) {
		return { modelId: idFor(wish, model), spec: model.spec, name, offered, problems: [] };
	}
	const what = isForLayers ? `${name} for layers` : name;
	const text = `${provider.name} does not offer ${what}. Choose one of ${Object.keys(models).join(', ')}, or Custom with an ID of ${provider.name}'s own.`;
	return { modelId: '', offered, problems: [syntaxProblem(text)] };
}

/** The ID under which the provider sells what is asked for. */
function idFor(
	{ operation, numberOfImages = 1 }: ModelWish,
	{ id, ids = {} }: ProviderModel,
): string {
	const isEdit = operation === 'edit';
	const isSet = numberOfImages > 1;
	const own = [isEdit && isSet && ids.editSet, isEdit && ids.edit, isSet && ids.set];
	return own.find((one) => typeof one === 'string') ?? id;
}
