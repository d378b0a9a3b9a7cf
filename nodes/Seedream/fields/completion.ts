import type { INodeProperties } from 'n8n-workflow';

export const completionFields: INodeProperties[] = [
	{
		displayName: 'Completion',
		name: 'completion',
		type: 'options',
		options: [
			{
				name: 'Wait Here',
				value: 'poll',
				description: 'Ask the provider at intervals until the images are done',
			},
			{
				name: 'Suspend Until Callback',
				value: 'callback',
				description:
					'Put the workflow to sleep, without holding a slot, until the provider calls back. n8n must be reachable from the internet.',
			},
			{
				name: 'Submit Only',
				value: 'submit',
				description: 'Hand on the task ID at once; get the images later with Get Task or a callback',
			},
		],
		default: 'poll',
		description:
			'When the workflow goes on. Providers that answer with the finished images make no difference here.',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			'Where the provider reports the end of the task. It must be a public HTTPS address. A signature is added to it.',
		displayOptions: { show: { completion: ['submit'] } },
	},
	{
		displayName: 'Callback Context',
		name: 'callbackContext',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"rowId": 42}',
		description:
			'JSON that comes back with the callback, such as the ID of a row. It travels in the URL, so keep it short.',
		displayOptions: { show: { completion: ['submit'] }, hide: { callbackUrl: [''] } },
	},
];
