import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import { LAYER_RESOLUTIONS } from '../../shared/seedream/layers';
import { MODEL_FAMILIES, MODEL_SPECS } from '../../shared/seedream/models';
import { MAKER_SHAPES } from '../../shared/seedream/presets';
import type { SizeChoice } from '../../shared/seedream/request';
import {
	ASPECT_RATIOS,
	RESOLUTIONS,
	type AspectRatio,
	type Resolution,
} from '../../shared/seedream/sizes';

const sizeModeField: INodeProperties = {
	displayName: 'Size',
	name: 'sizeMode',
	type: 'options',
	options: [
		{
			name: 'Aspect Ratio',
			value: 'ratio',
			description: 'A shape and a resolution, in the terms of each provider',
		},
		{
			name: 'As the Provider Decides',
			value: 'default',
			description: 'Nothing is sent about the size. For custom models without such a field.',
		},
		{ name: 'Exact Pixels', value: 'pixels', description: 'A width and a height' },
	],
	default: 'ratio',
	description: 'How to say how large the image is to be',
};

function ratioOption(ratio: AspectRatio): INodePropertyOptions {
	if (ratio === 'auto') {
		return {
			name: 'Auto',
			value: ratio,
			description: 'The model chooses the shape, at providers that do not demand one',
		};
	}
	const isEverywhere = MAKER_SHAPES.includes(ratio);
	return {
		name: ratio,
		value: ratio,
		...(!isEverywhere && {
			description: 'Not documented by every provider: sent with a warning, or refused',
		}),
	};
}

const aspectRatioField: INodeProperties = {
	displayName: 'Aspect Ratio',
	name: 'aspectRatio',
	type: 'options',
	options: ASPECT_RATIOS.map(ratioOption),
	default: 'auto',
	description: 'Width to height of the image',
	displayOptions: { show: { sizeMode: ['ratio'] } },
};

const resolutionField: INodeProperties = {
	displayName: 'Resolution',
	name: 'resolution',
	type: 'options',
	options: [],
	default: '2K',
	description: 'How fine the image is; 2K is about 4 megapixels',
};

/** Two prices for one model, by its pixels: BytePlus (5.5), fal, Replicate and Kie.ai docs and price lists, November 2026. */
const PRICED_BY_SIZE: readonly string[] = ['seedream-5.0-pro', 'seedream-5.5'];

/** The field for each model, with what that model makes: n8n shows the one that applies. */
const resolutionFields = [
	...MODEL_FAMILIES.map((family) => resolutionsOf(family, MODEL_SPECS[family].resolutions)),
	resolutionsOf('custom', RESOLUTIONS),
];

function resolutionsOf(model: string, resolutions: readonly Resolution[]): INodeProperties {
	return {
		...resolutionField,
		...(PRICED_BY_SIZE.includes(model) && { hint: '2K costs more than 1K at most providers' }),
		options: resolutions.map((resolution) => ({ name: resolution, value: resolution })),
		displayOptions: { show: { model: [model], sizeMode: ['ratio'] } },
	};
}

const widthField: INodeProperties = {
	displayName: 'Width',
	name: 'width',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 2048,
	description: 'Width of the image in pixels',
	displayOptions: { show: { sizeMode: ['pixels'] } },
};

const heightField: INodeProperties = {
	displayName: 'Height',
	name: 'height',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 2048,
	description: 'Height of the image in pixels',
	displayOptions: { show: { sizeMode: ['pixels'] } },
};

/** How fine the layers of an image are to be; their shapes are its own. */
export const layerResolutionField: INodeProperties = {
	...resolutionField,
	options: LAYER_RESOLUTIONS.map((resolution) =>
		resolution === 'auto'
			? {
					name: 'Auto',
					value: resolution,
					description: 'As fine as the image itself, within what the model makes',
				}
			: { name: resolution, value: resolution },
	),
	default: 'auto',
	description: 'How fine the layers are. Their shapes are those of the image.',
};

export const sizeFields = [
	sizeModeField,
	aspectRatioField,
	...resolutionFields,
	widthField,
	heightField,
];

export function getLayerSize(reader: ParameterReader): SizeChoice {
	return { mode: 'tier', resolution: reader.choice(layerResolutionField, LAYER_RESOLUTIONS) };
}

export function getSize(reader: ParameterReader): SizeChoice {
	const mode = reader.choice(sizeModeField, ['ratio', 'pixels', 'default']);
	if (mode === 'default') return { mode };
	if (mode === 'pixels') {
		return { mode, width: reader.number(widthField), height: reader.number(heightField) };
	}
	return {
		mode,
		aspectRatio: reader.choice(aspectRatioField, ASPECT_RATIOS),
		resolution: reader.choice(resolutionField, RESOLUTIONS),
	};
}
