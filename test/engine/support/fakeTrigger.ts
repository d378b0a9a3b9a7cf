import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

/** A webhook trigger that drops what it has seen, and remembers in static data that it was published. */
export class FakeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fake Trigger',
		name: 'fakeTrigger',
		group: ['trigger'],
		version: 1,
		description: 'For tests of the harness',
		defaults: { name: 'Fake Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'callback',
			},
		],
		properties: [],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				this.getWorkflowStaticData('node').published = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	/** Takes a body with an id, answers a ping, and refuses the rest by itself. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { id, ping } = this.getBodyData();
		const { published } = this.getWorkflowStaticData('node');
		if (ping) return { webhookResponse: { published } };
		if (id)
			return { workflowData: [this.helpers.returnJsonArray({ id })], webhookResponse: 'thanks' };
		this.getResponseObject().status(400).send('no id').end();
		return { noWebhookResponse: true };
	}

	/** Runs after webhook(), with its items. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const ids = items.map(({ json }) => String(json.id));
		const { new: fresh } = await this.helpers.checkProcessedAndRecord(ids, 'node', {
			mode: 'entries',
			maxEntries: 10,
		});
		return [items.filter(({ json }) => fresh.includes(String(json.id)))];
	}
}
