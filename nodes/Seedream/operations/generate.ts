import type { INodeProperties } from 'n8n-workflow';
import { downloadField } from '../../shared/n8n/output/outputFields';
import { completionFields } from '../fields/completion';
import { modelFields } from '../fields/model';
import { optionsField } from '../fields/options';
import { numberOfImagesField, promptField } from '../fields/prompt';
import { sizeFields } from '../fields/size';
import { Ledger } from '../tasks/ledger';
import { makeImages } from './makeImages';
import type { Operation } from './operation';

const fields: INodeProperties[] = [
	...modelFields,
	promptField,
	numberOfImagesField,
	...sizeFields,
	...completionFields,
	{ ...downloadField, displayOptions: { hide: { completion: ['submit'] } } },
	optionsField,
];

export const generate: Operation = {
	option: {
		name: 'Generate Image',
		value: 'generate',
		description: 'Make images from a text prompt',
		action: 'Generate image',
	},
	fields,
	execute: async (context) => await makeImages(context, 'generate'),
	remains: (context) => new Ledger(context).remains(),
};
