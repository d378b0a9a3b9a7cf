import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import type { SeedreamCredentials } from '../../shared/n8n/transport/credentials';
import { signCallbackUrl, signingProblems } from '../../shared/seedream/callbackUrl';
import { COMPLETIONS, type Completion } from '../../shared/seedream/request';

const CHOICES: Readonly<Record<Completion, Omit<INodePropertyOptions, 'value'>>> = {
	poll: {
		name: 'Wait Here',
		description: 'Ask the provider at intervals until the images are done',
	},
	callback: {
		name: 'Suspend Until Callback',
		description:
			'Put the workflow to sleep, without holding a slot, until the provider calls back. n8n must be reachable from the internet.',
	},
	submit: {
		name: 'Submit Only',
		description: 'Hand on the task ID at once; get the images later with Get Task or a callback',
	},
};

const completionField: INodeProperties = {
	displayName: 'Completion',
	name: 'completion',
	type: 'options',
	options: COMPLETIONS.map((value) => ({ ...CHOICES[value], value })),
	default: 'poll',
	description:
		'When the workflow goes on. Providers that answer with the finished images make no difference here.',
};

const callbackUrlField: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description:
		'Where the provider reports the end of the task. It must be a public HTTPS address. A signature is added to it.',
	displayOptions: { show: { completion: ['submit'] } },
};

const callbackContextField: INodeProperties = {
	displayName: 'Callback Context',
	name: 'callbackContext',
	type: 'json',
	default: '',
	placeholder: 'e.g. {"rowId": 42}',
	description:
		'JSON that comes back with the callback, such as the ID of a row. It travels in the URL, so keep it short.',
	displayOptions: { show: { completion: ['submit'] }, hide: { callbackUrl: [''] } },
};

export const completionFields = [completionField, callbackUrlField, callbackContextField];

export function getCompletion(reader: ParameterReader): Completion {
	return reader.choice(completionField, COMPLETIONS);
}

/**
 * The user's own callback URL, with signature and context; undefined when the provider shall call nobody.
 * `scope`: what its reports leave out of the task's ID.
 */
export function getCallbackUrl(
	reader: ParameterReader,
	{ apiKey }: SeedreamCredentials,
	scope: string | undefined,
): string | undefined {
	const callbackUrl = reader.text(callbackUrlField).trim();
	if (callbackUrl === '') return undefined;
	const context = reader.json(callbackContextField);
	if (!URL.canParse(callbackUrl)) return callbackUrl;
	for (const problem of signingProblems(callbackUrl)) reader.addProblem(problem);
	return signCallbackUrl(callbackUrl, apiKey, Date.now(), context, scope);
}
