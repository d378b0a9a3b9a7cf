import type { INodeProperties } from 'n8n-workflow';
import { downloadField } from '../../shared/n8n/output/outputFields';
import { askedTasks, getTasks } from './getTasks';
import { optionsField } from '../fields/options';
import type { Operation } from './operation';

const fields: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. task-unified-1757165031-seedream4d',
		description:
			'The ID that a submitted request gave. Several may be separated by commas or come as a list from an expression.',
	},
	{
		displayName: 'Wait Until Done',
		name: 'waitUntilDone',
		type: 'boolean',
		default: false,
		description: 'Whether to ask again at intervals until the images are done',
	},
	downloadField,
	optionsField,
];

export const getTask: Operation = {
	option: {
		name: 'Get Task',
		value: 'getTask',
		description: 'Get the state of a submitted task, with its images when they are done',
		action: 'Get task',
	},
	fields,
	execute: getTasks,
	remains: askedTasks,
};
