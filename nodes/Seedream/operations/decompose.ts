import type { INodeProperties } from 'n8n-workflow';
import { downloadField } from '../../shared/n8n/output/outputFields';
import { completionFields } from '../fields/completion';
import { layerModelFields } from '../fields/model';
import { optionsField } from '../fields/options';
import { layerPromptField } from '../fields/prompt';
import { layerSourceFields } from '../fields/references';
import { layerResolutionField } from '../fields/size';
import { Ledger } from '../tasks/ledger';
import { makeImages } from './makeImages';
import type { Operation } from './operation';

const fields: INodeProperties[] = [
	...layerModelFields,
	...layerSourceFields,
	layerPromptField,
	layerResolutionField,
	...completionFields,
	{ ...downloadField, displayOptions: { hide: { completion: ['submit'] } } },
	optionsField,
];

export const decompose: Operation = {
	option: {
		name: 'Decompose Image',
		value: 'decompose',
		description: 'Take an image apart into its layers, each of which is paid for',
		action: 'Decompose image',
	},
	fields,
	execute: async (context) => await makeImages(context, 'decompose'),
	remains: (context) => new Ledger(context).remains(),
};
