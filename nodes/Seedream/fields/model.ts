import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import {
	LAYER_FAMILIES,
	MAX_LAYERS,
	MAX_LAYERS_OF_5_5,
	type LayerFamily,
} from '../../shared/seedream/layers';
import {
	MODEL_FAMILIES,
	MODEL_SPECS,
	modelName,
	type ModelFamily,
} from '../../shared/seedream/models';
import type { ModelChoice } from '../../shared/seedream/request';

const DESCRIPTIONS: Readonly<Record<ModelFamily, string>> = {
	'seedream-4.0': 'Sets of up to 15 images, sizes up to 4K, fast prompt handling on request',
	'seedream-4.5': 'Sets of up to 15 images, sizes from 2K to 4K',
	'seedream-5.0-lite': 'Sets of up to 15 images, sizes from 2K to 4K, can search the web',
	'seedream-5.0-pro': 'One image with the finest detail, sizes up to 2K, transparent backgrounds',
	'seedream-5.0-flash': 'One image quickly, sizes up to 2K, transparent backgrounds',
	'seedream-5.5': 'One image with the newest model, sizes up to 2K, transparent backgrounds',
};

const LAYER_DESCRIPTIONS: Readonly<Record<LayerFamily, string>> = {
	'seedream-5.0-pro': `The finest detail, up to ${MAX_LAYERS} layers, the base included`,
	'seedream-5.0-flash': `Quick, up to ${MAX_LAYERS} layers, the base included`,
	'seedream-5.5': `The newest model, up to ${MAX_LAYERS_OF_5_5} layers, the base included`,
};

const families = MODEL_FAMILIES.map((family) => optionOf(family, DESCRIPTIONS[family]));

const layerFamilies = LAYER_FAMILIES.map((family) => optionOf(family, LAYER_DESCRIPTIONS[family]));

function optionOf(family: ModelFamily, description: string): INodePropertyOptions {
	return { name: modelName(family), value: family, description };
}

const custom: INodePropertyOptions = {
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
	displayName: 'Model',
	name: 'model',
	type: 'options',
	options: [...families, custom],
	default: 'seedream-4.0',
	description: 'The model that makes the images. Not every provider offers every model.',
};

const layerModelField: INodeProperties = {
	...modelField,
	options: [...layerFamilies, custom],
	default: 'seedream-5.0-pro',
	hint: `Each layer is paid for: up to ${MAX_LAYERS}, with Seedream 5.5 up to ${MAX_LAYERS_OF_5_5}`,
	description:
		'The model that takes the image apart, and decides how many layers there are. Not every provider offers every model.',
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
