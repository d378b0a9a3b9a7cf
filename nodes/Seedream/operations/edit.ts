import type { INodeProperties } from 'n8n-workflow';
import { downloadField } from '../../shared/n8n/output/outputFields';
import { completionFields } from '../fields/completion';
import { modelFields } from '../fields/model';
import { optionsField } from '../fields/options';
import { numberOfImagesField, promptField } from '../fields/prompt';
import { referenceFields } from '../fields/references';
import { sizeFields } from '../fields/size';
import { Ledger } from '../tasks/ledger';
import { makeImages } from './makeImages';
import type { Operation } from './operation';

const fields: INodeProperties[] = [
	...modelFields,
	...referenceFields,
	{ ...promptField, placeholder: 'e.g. Put the product on a marble table' },
	numberOfImagesField,
	...sizeFields,
	...completionFields,
	{ ...downloadField, displayOptions: { hide: { completion: ['submit'] } } },
	optionsField,
];

export const edit: Operation = {
	option: {
		name: 'Edit Image',
		value: 'edit',
		description: 'Change images, or make new ones after them, as a text prompt says',
		action: 'Edit image',
	},
	fields,
	execute: async (context) => await makeImages(context, 'edit'),
	remains: (context) => new Ledger(context).remains(),
};
