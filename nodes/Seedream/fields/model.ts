import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import {
	LAYER_FAMILIES,
	LAYER_SPECS,
	MAX_LAYERS,
	MAX_LAYERS_OF_5_5,
} from '../../shared/seedream/layers';
import {
	MODEL_FAMILIES,
	MODEL_SPECS,
	modelName,
	type ModelFamily,
	type ModelSpec,
} from '../../shared/seedream/models';
import type { ModelChoice } from '../../shared/seedream/request';

/** What a model is known for, besides what its limits say. */
const CHARACTER: Partial<Record<ModelFamily, string>> = {
	'seedream-5.0-pro': 'the finest detail',
	'seedream-5.0-flash': 'quick',
	'seedream-5.5': 'the newest model',
};

/** A model in the list, with what its seller makes of it. */
export function modelOption(family: ModelFamily, spec: ModelSpec): INodePropertyOptions {
	const { maxImages, resolutions, promptPriorities, backgrounds, webSearch } = spec;
	const traits = [
		maxImages > 1 ? `Sets of up to ${maxImages} images` : 'One image',
		`sizes from ${resolutions[0] ?? ''} to ${resolutions.at(-1) ?? ''}`,
		CHARACTER[family],
		promptPriorities.includes('fast') && 'fast prompt handling on request',
		backgrounds.includes('transparent') && 'transparent backgrounds',
		webSearch && 'can search the web',
	];
	return optionOf(family, traits);
}

/** A model in the list of those that take images apart. */
export function layerModelOption(family: ModelFamily, spec: ModelSpec): INodePropertyOptions {
	return optionOf(family, [`Up to ${spec.maxImages} layers, the base included`, CHARACTER[family]]);
}

function optionOf(
	family: ModelFamily,
	traits: ReadonlyArray<string | false | undefined>,
): INodePropertyOptions {
	const description = traits.filter((trait) => trait !== undefined && trait !== false).join(', ');
	return { name: modelName(family), value: family, description };
}

export const customModel: INodePropertyOptions = {
	name: 'Custom',
	value: 'custom',
	description: "Any other model, by the provider's own ID",
};

/** The models that make more than one image in a request; a custom one may. */
export const IMAGE_SET_MODELS = [
	...MODEL_FAMILIES.filter((family) => MODEL_SPECS[family].maxImages > 1),
	'custom',
];

const modelField: INodeProperties = {
	displayName: 'Model Name or ID',
	name: 'model',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getModels' },
	// For those that read the description and cannot ask for the list: n8n's own assistants, and tests.
	options: [
		...MODEL_FAMILIES.map((family) => modelOption(family, MODEL_SPECS[family])),
		customModel,
	],
	default: 'seedream-4.0',
	description:
		'The model that makes the images, of those that the provider of the credentials sells. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const layerModelField: INodeProperties = {
	...modelField,
	typeOptions: { loadOptionsMethod: 'getLayerModels' },
	options: [
		...LAYER_FAMILIES.map((family) => layerModelOption(family, LAYER_SPECS[family])),
		customModel,
	],
	default: 'seedream-5.0-pro',
	hint: `Each layer is paid for: up to ${MAX_LAYERS}, with Seedream 5.5 up to ${MAX_LAYERS_OF_5_5}`,
	description:
		'The model that takes the image apart, and decides how many layers there are. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const modelIdField: INodeProperties = {
	displayName: 'Model ID',
	name: 'modelId',
	type: 'string',
	default: '',
	placeholder: 'e.g. doubao-seedream-4.0',
	description:
		"The provider's own ID of the model or endpoint. The limits of such a model are not checked before it is paid for.",
	displayOptions: { show: { model: ['custom'] } },
};

export const modelFields = [modelField, modelIdField];
export const layerModelFields = [layerModelField, modelIdField];

export function getModel(reader: ParameterReader): ModelChoice {
	return toChoice(reader, reader.choice(modelField, [...MODEL_FAMILIES, 'custom']));
}

export function getLayerModel(reader: ParameterReader): ModelChoice {
	return toChoice(reader, reader.choice(layerModelField, [...LAYER_FAMILIES, 'custom']));
}

function toChoice(reader: ParameterReader, family: ModelFamily | 'custom'): ModelChoice {
	return family === 'custom' ? { customId: reader.text(modelIdField) } : { family };
}
