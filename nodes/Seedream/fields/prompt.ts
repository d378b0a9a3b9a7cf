import type { INodeProperties } from 'n8n-workflow';
import { IMAGE_SET_MODELS } from './model';

export const promptField: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. A lighthouse at dusk, oil painting',
	description: 'What the image is to show, or what is to be changed in the reference images',
};

export const numberOfImagesField: INodeProperties = {
	displayName: 'Number of Images',
	name: 'numberOfImages',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 15, numberPrecision: 0 },
	default: 1,
	description:
		'How many images to make, from 1 to 15. At most providers it is an upper limit: the model may make fewer. Each image is paid for. Reference images count towards the 15 at most providers.',
	displayOptions: { show: { model: IMAGE_SET_MODELS } },
};
