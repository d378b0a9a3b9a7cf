'use strict';

const HOUR_MS = 3_600_000;

/** Waits for an hour, and answers each call to its resume URL with nothing else done: the least that n8n takes for it. */
exports.Idle = class Idle {
	description = {
		displayName: 'Idle',
		name: 'idle',
		group: ['transform'],
		version: 1,
		description: 'Waits, and answers',
		defaults: { name: 'Idle' },
		inputs: ['main'],
		outputs: ['main'],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'idle',
				restartWebhook: true,
				isFullPath: true,
			},
		],
		properties: [{ displayName: 'Call', name: 'call', type: 'string', default: '' }],
	};

	/** Tells its resume URL to the address in the field, then sleeps. */
	async execute() {
		const url = new URL(this.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		url.pathname += '/idle';
		const call = this.getNodeParameter('call', 0);
		await this.helpers.httpRequest({ method: 'POST', url: call, body: { url: url.toString() } });
		await this.putExecutionToWait(new Date(Date.now() + HOUR_MS));
		return [this.getInputData()];
	}

	async webhook() {
		return { webhookResponse: { received: true } };
	}
};
