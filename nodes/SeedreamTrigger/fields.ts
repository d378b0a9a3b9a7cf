import type { INodeProperties } from 'n8n-workflow';
import {
	downloadField,
	outputBinaryField,
	outputModeField,
} from '../shared/n8n/output/outputFields';

const NOTICE =
	'Copy the production URL from above into the field "Callback URL" of a Seedream node with the completion "Submit Only", and publish this workflow. For a try, execute this step and use the test URL, which takes a single callback. Both must be reachable from the internet.';

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Cancelled', value: 'cancelled', description: 'A task was cancelled' },
		{ name: 'Completed', value: 'completed', description: 'The images of a task are done' },
		{ name: 'Failed', value: 'failed', description: 'A task could not make its images' },
	],
	default: ['completed', 'failed', 'cancelled'],
	required: true,
	description: 'Which ends of a task start the workflow',
};

export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{
			name: 'None',
			value: 'none',
			description: 'Anyone who knows the URL. What they say is still confirmed with the API.',
		},
		{
			name: 'Signed URL',
			value: 'signedUrl',
			description: 'Only callback URLs that a Seedream node with the same credential handed out',
		},
		{
			name: 'Token',
			value: 'token',
			description: 'Only callback URLs with a fixed secret in the query parameter "token"',
		},
	],
	default: 'signedUrl',
	description: 'Whose callbacks are let in',
};

const tokenField: INodeProperties = {
	displayName: 'Token',
	name: 'token',
	type: 'string',
	typeOptions: { password: true },
	required: true,
	default: '',
	description: 'The secret that callers put into the query parameter "token"',
	displayOptions: { show: { authentication: ['token'] } },
};

export const confirmWithApiField: INodeProperties = {
	displayName: 'Confirm with API',
	name: 'confirmWithApi',
	type: 'boolean',
	default: true,
	description:
		'Whether to read the task again from the API before anything is believed that the callback says',
};

export const deduplicateField: INodeProperties = {
	displayName: 'Deduplicate',
	name: 'deduplicate',
	type: 'boolean',
	default: true,
	description:
		'Whether to hand on each end of a task once, however often it is reported. Tests from the editor are never left out.',
};

export const triggerFields: INodeProperties[] = [
	{ displayName: NOTICE, name: 'notice', type: 'notice', default: '' },
	eventsField,
	authenticationField,
	tokenField,
	confirmWithApiField,
	deduplicateField,
	{
		...downloadField,
		description:
			'Whether to put the images into binary fields. Links alone stop working within a day.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [outputBinaryField, outputModeField],
	},
];
