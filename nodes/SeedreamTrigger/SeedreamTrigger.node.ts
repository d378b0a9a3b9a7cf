import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { endInError, endInStop, NOTHING_REMAINS, type Remains } from '../shared/n8n/endRun';
import { showWarnings } from '../shared/n8n/output/warnings';
import { isCancelled } from '../shared/n8n/transport/clock';
import { reportedTaskId } from '../shared/seedream/callback';
import { execute } from './execute';
import { triggerFields } from './fields';
import { reportIn } from './report';
import { callbackWebhooks, receiveCallback } from './webhook';

export class SeedreamTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Seedream Trigger',
		name: 'seedreamTrigger',
		icon: { light: 'file:../../icons/seedream.svg', dark: 'file:../../icons/seedream.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		// The node creator shows this for the action node too.
		description:
			'Generate, edit and decompose images with the Seedream models of ByteDance, and start workflows when they are done',
		defaults: { name: 'Seedream Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'seedreamApi', required: true }],
		webhooks: callbackWebhooks,
		eventTriggerDescription: 'Waiting for a Seedream task to end',
		activationMessage: 'You can now submit tasks with the production URL as their callback URL.',
		triggerPanel: {
			header: 'Receive the ends of Seedream tasks',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, execute this step, then submit a task from a Seedream node whose Callback URL is the <b>test URL</b>. It takes one callback.<br /><br /><b>When you are done</b>, publish the workflow and use the <b>production URL</b> as the Callback URL.',
				active:
					'<b>While you build</b>, execute this step, then submit a task from a Seedream node whose Callback URL is the <b>test URL</b>. It takes one callback.<br /><br /><b>This workflow is published</b>: callbacks to the <b>production URL</b> run it, and show in the list of executions.',
			},
			activationHint:
				'Once you are done building, publish the workflow, so that callbacks to the production URL run it.',
		},
		properties: triggerFields,
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}

	/** The engine calls this with what `webhook` gives, where more of n8n is at hand. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			const items = await execute(this);
			showWarnings(this, items);
			return [items];
		} catch (error) {
			const remains = reportedTask(this);
			if (isCancelled(this)) endInStop(this, remains);
			return [endInError(this, error, remains)];
		}
	}
}

/** The task that the callback is about, which was paid for when it was submitted. */
function reportedTask(context: IExecuteFunctions): Remains {
	const reports = context.getInputData().map(({ json }) => reportIn(json));
	const taskIds = reports.flatMap(({ body, scope }) => reportedTaskId(body, scope) ?? []);
	return { ...NOTHING_REMAINS, isPerhapsBilled: taskIds.length > 0, taskIds };
}
