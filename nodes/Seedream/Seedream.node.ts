import {
	NodeConnectionTypes,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { endInError, endInStop, NOTHING_REMAINS, type Remains } from '../shared/n8n/endRun';
import { nodeError } from '../shared/n8n/errors';
import { showWarnings } from '../shared/n8n/output/warnings';
import { toText } from '../shared/n8n/text';
import { isCancelled } from '../shared/n8n/transport/clock';
import type { OwnError } from '../shared/seedream/errors';
import { modelLists } from './fields/modelList';
import { OPERATIONS } from './operations';
import { resumeWebhook, resumeWebhooks } from './suspend/resumeWebhook';
import { isForModel } from './tasks/toolCall';

const OPERATION_NAMES = Object.fromEntries(
	OPERATIONS.map(({ option }) => [String(option.value), option.name]),
);

export class Seedream implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Seedream',
		name: 'seedream',
		icon: { light: 'file:../../icons/seedream.svg', dark: 'file:../../icons/seedream.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: `={{ (${JSON.stringify(OPERATION_NAMES)})[$parameter["operation"]] }}`,
		description: 'Generate, edit and decompose images with the Seedream models of ByteDance',
		defaults: { name: 'Seedream' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		webhooks: resumeWebhooks,
		waitingNodeTooltip: 'Waiting for the provider to call back',
		credentials: [{ name: 'seedreamApi', required: true }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: OPERATIONS.map(({ option }) => option),
				default: 'generate',
			},
			...OPERATIONS.flatMap(({ option, fields }) =>
				updateDisplayOptions({ show: { operation: [option.value] } }, fields),
			),
		],
	};

	methods = { loadOptions: modelLists };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resumeWebhook(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const wanted = this.getNodeParameter('operation', 0);
		const operation = OPERATIONS.find(({ option }) => option.value === wanted);
		const remains = (): Remains => operation?.remains(this) ?? NOTHING_REMAINS;
		try {
			if (!operation) throw unknownOperation(this, wanted);
			const items = await operation.execute(this);
			showWarnings(this, items);
			return [items];
		} catch (error) {
			if (isCancelled(this)) endInStop(this, remains());
			return [endInError(this, error, remains(), isForModel(this))];
		}
	}
}

function unknownOperation(context: IExecuteFunctions, wanted: unknown): Error {
	const error: OwnError = {
		message: `The operation "${toText(wanted)}" is not known`,
		hint: 'Choose an operation from the list.',
		code: 'invalid_request',
		retryable: false,
		billed: 'no',
	};
	return nodeError(context.getNode(), error, 0);
}
