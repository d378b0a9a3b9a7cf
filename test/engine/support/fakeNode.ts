import {
	NodeConnectionTypes,
	NodeOperationError,
	sleep,
	type ICredentialType,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IRunExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type { RunOptions } from './executions';
import { chain } from './workflowJson';

/** A credentials class with what the harness has to honour: a default, a hidden field, and a header made by an expression. */
export class FakeApi implements ICredentialType {
	name = 'fakeApi';
	displayName = 'Fake API';
	properties: INodeProperties[] = [
		{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' },
		{ displayName: 'Tenant', name: 'tenant', type: 'string', default: 'main' },
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			default: '',
			displayOptions: { show: { tenant: ['other'] } },
		},
	];
	authenticate = {
		type: 'generic' as const,
		properties: {
			headers: {
				Authorization: '=Bearer {{$credentials.apiKey}}',
				'X-Tenant': '={{$credentials.tenant}}',
			},
		},
	};
}

/** A node that does one of the things that the harness must be able to show. */
export class FakeNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fake',
		name: 'fake',
		group: ['transform'],
		version: 1,
		description: 'For tests of the harness',
		defaults: { name: 'Fake' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fakeApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: '={{ $nodeId }}',
				restartWebhook: true,
				isFullPath: true,
			},
		],
		properties: [
			{
				displayName: 'Action',
				name: 'action',
				type: 'options',
				options: [
					'parameters',
					'request',
					'download',
					'fail',
					'failItems',
					'wait',
					'cancellable',
					'talk',
				].map((value) => ({ name: value, value })),
				default: 'parameters',
			},
			{
				displayName: 'URL',
				name: 'url',
				type: 'string',
				default: '',
				required: true,
				displayOptions: { show: { action: ['request', 'download'] } },
			},
			{
				displayName: 'Size',
				name: 'size',
				type: 'number',
				default: 7,
				displayOptions: { show: { action: ['parameters'] } },
			},
			{
				displayName: 'Fail Times',
				name: 'failTimes',
				type: 'number',
				default: 1,
				displayOptions: { show: { action: ['fail'] } },
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [
					{ displayName: 'Field', name: 'field', type: 'string', default: 'data' },
					{
						displayName: 'Deep',
						name: 'deep',
						type: 'string',
						default: '',
						displayOptions: { show: { '/action': ['wait'] } },
					},
				],
			},
		],
	};

	/** Does what the parameter `action` says. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const action = this.getNodeParameter('action', 0);
		const context = this.getContext('node');
		switch (action) {
			case 'parameters':
				return [
					items.map((_, item) => {
						const size = this.getNodeParameter('size', item);
						return {
							json: { size, url: this.getNodeParameter('url', item, 'hidden') },
							pairedItem: { item },
						};
					}),
				];
			case 'request': {
				const url = String(this.getNodeParameter('url', 0));
				return [
					this.helpers.returnJsonArray(
						await this.helpers.httpRequestWithAuthentication.call(this, 'fakeApi', {
							url,
							json: true,
						}),
					),
				];
			}
			case 'download': {
				const url = String(this.getNodeParameter('url', 0));
				const body = await this.helpers.httpRequest({ url, encoding: 'stream' });
				const data = await this.helpers.prepareBinaryData(body, 'picture.png', 'image/png');
				const input = items[0]?.binary
					? (await this.helpers.getBinaryDataBuffer(0, 'data')).toString()
					: undefined;
				return [[{ json: { input }, binary: { data } }]];
			}
			case 'fail': {
				context.runs = Number(context.runs ?? 0) + 1;
				const seen = Array.isArray(context.seen) ? context.seen : [];
				context.seen = [
					...seen,
					`${this.getExecutionId()}:${this.getMode()}:${this.getInputSourceData().previousNode}`,
				];
				if (Number(context.runs) <= Number(this.getNodeParameter('failTimes', 0))) {
					throw new NodeOperationError(this.getNode(), `failed ${context.runs}`, {
						description: 'try again',
					});
				}
				return [
					items.map((_, item) => ({
						json: { runs: context.runs, seen: context.seen },
						pairedItem: { item },
					})),
				];
			}
			case 'failItems':
				return [
					items.map((_, item) => {
						const pairedItem = { item };
						if (item === 0) return { json: { fine: true }, pairedItem };
						if (item === 1) return { json: { error: 'plain text' }, pairedItem };
						if (item === 2) return { json: { error: { message: 'object', code: 7 } }, pairedItem };
						if (item === 3) return { json: { error: 'with more', taskId: 't' }, pairedItem };
						return {
							json: { lost: true },
							error: new NodeOperationError(this.getNode(), 'instance'),
							pairedItem,
						};
					}),
				];
			case 'wait': {
				if (context.tasks)
					return [
						items.map((_, item) => ({ json: { collected: context.tasks }, pairedItem: { item } })),
					];
				context.tasks = ['a', 'b'];
				context.resumeUrl = this.evaluateExpression('{{ $execution.resumeUrl }}', 0);
				await this.putExecutionToWait(new Date(Date.now() + 60_000));
				return [[...items]];
			}
			case 'cancellable': {
				this.sendMessageToUI('waiting');
				for (let i = 0; i < 400 && !this.getExecutionCancelSignal()?.aborted; i++) await sleep(5);
				throw new NodeOperationError(this.getNode(), 'Execution was cancelled');
			}
			default:
				this.sendMessageToUI({ hello: 1 });
				this.addExecutionHints({ message: 'take note' });
				return [items];
		}
	}

	/** Answers or resumes, as the body of the callback says. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { done, fail, again } = this.getBodyData();
		const name = JSON.stringify(this.getNode().name);
		if (fail) throw new Error('webhook broke');
		if (again) {
			// The way to have execute() run again: not in n8n's types, so the data are reached by name.
			const data: IRunExecutionData = Reflect.get(this, 'runExecutionData');
			const entry = data.executionData?.nodeExecutionStack[0];
			if (entry) entry.node.disabled = false;
			return { workflowData: (entry?.data.main ?? []).map((items) => items ?? []) };
		}
		if (!done) {
			const waitingFor = this.evaluateExpression(`{{ $node[${name}].context.tasks }}`);
			return { webhookResponse: { waitingFor } };
		}
		const webhookResponse = { query: this.getQueryData(), from: this.getHeaderData()['x-from'] };
		return {
			webhookResponse,
			workflowData: [[{ json: { callback: done }, pairedItem: { item: 0 } }]],
		};
	}
}

export const two = [{ json: { n: 1 } }, { json: { n: 2 } }];

/** A run of one fake node between start and end. */
export function fake(
	action: string,
	settings: Partial<INode> & { with?: INodeParameters } = {},
	options: Partial<RunOptions> = {},
): RunOptions {
	const { with: more, ...node } = settings;
	return {
		workflow: chain({
			name: 'Fake',
			type: 'test.fake',
			id: 'fake-node',
			parameters: { action, ...more },
			...node,
		}),
		nodeTypes: { 'test.fake': new FakeNode() },
		credentials: { fakeApi: { apiKey: 'k-123', secret: 'unused' } },
		credentialTypes: [new FakeApi()],
		...options,
	};
}
