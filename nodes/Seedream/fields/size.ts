import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { MODEL_FAMILIES, MODEL_LIMITS } from '../../shared/seedream/models';
import { MAKER_SHAPES } from '../../shared/seedream/presets';
import { ASPECT_RATIOS, RESOLUTIONS, type AspectRatio, type Resolution } from '../../shared/seedream/sizes';
import { showWhen } from './show';

/** The same field for each model, with what that model makes: n8n shows the one that applies. */
const resolutionFields = [
	...MODEL_FAMILIES.map((family) =>
		resolutionField([family], MODEL_LIMITS[family].resolutions),
	),
	resolutionField(['custom'], RESOLUTIONS),
];

function resolutionField(model: string[], resolutions: readonly Resolution[]): INodeProperties {
	return {
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: resolutions.map((resolution) => ({ name: resolution, value: resolution })),
		default: '2K',
		description: 'How fine the image is; 2K is about 4 megapixels',
		displayOptions: { show: { model, sizeMode: ['ratio'] } },
	};
}

function ratioOption(ratio: AspectRatio): INodePropertyOptions {
	if (ratio === 'auto') {
		return {
			name: 'Auto',
			value: ratio,
			description: 'The model chooses the shape that suits the prompt',
		};
	}
	const isEverywhere = MAKER_SHAPES.includes(ratio);
	return {
		name: ratio,
		value: ratio,
		...(!isEverywhere && {
			description: 'Not documented by every provider: sent all the same, with a warning',
		}),
	};
}

export const sizeFields: INodeProperties[] = [
	{
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
	},
	{
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: ASPECT_RATIOS.map(ratioOption),
		default: 'auto',
		description: 'Width to height of the image',
		displayOptions: { show: { sizeMode: ['ratio'] } },
	},
	...resolutionFields,
	...showWhen({ sizeMode: ['pixels'] }, [
		{
			displayName: 'Width',
			name: 'width',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 2048,
			description: 'Width of the image in pixels',
		},
		{
			displayName: 'Height',
			name: 'height',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 2048,
			description: 'Height of the image in pixels',
		},
	]),
];
