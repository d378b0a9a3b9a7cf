import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import { MAX_IMAGES } from '../../shared/seedream/request';
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

/** The words of the box are the provider's (EvoLink docs, image-series/seedream-5.0-pro-layerize). */
export const layerPromptField: INodeProperties = {
	...promptField,
	required: false,
	placeholder: 'e.g. the title, the parrot <bbox>330 274 641 991</bbox>',
	description:
		'What is to become a layer of its own. A box says where it is: left, top, right and bottom in thousandths of the image.',
	hint: 'Leave empty to separate all that the model finds',
};

export const numberOfImagesField: INodeProperties = {
	displayName: 'Number of Images',
	name: 'numberOfImages',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_IMAGES, numberPrecision: 0 },
	default: 1,
	description: `How many images to make, from 1 to ${MAX_IMAGES}. At most providers it is an upper limit: the model may make fewer. Reference images count towards the ${MAX_IMAGES} at most providers.`,
	hint: 'Each image is paid for, and each input item makes its own',
	displayOptions: { show: { model: IMAGE_SET_MODELS } },
};

export function getPrompt(reader: ParameterReader): string {
	return reader.text(promptField, 'unreadable');
}

export function getNumberOfImages(reader: ParameterReader): number {
	return reader.number(numberOfImagesField, `a whole number from 1 to ${MAX_IMAGES}`);
}
