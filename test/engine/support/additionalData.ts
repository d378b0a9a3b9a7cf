import './environment';
import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { CredentialStore } from './credentials';
import type { Execution } from './executions';

/** The public address of this n8n, from which it makes resume URLs. Nothing listens there unless a test starts a WaitingServer. */
export const defaultWebhookUrl = 'https://n8n.example.com/';

/** What n8n gives the engine besides the workflow: credentials, URLs, the line to the editor, and hooks. */
export function createAdditionalData(
	execution: Execution,
	onMessage: (message: unknown) => void = () => {},
): IWorkflowExecuteAdditionalData {
	const { options, id, mode, workflow } = execution;
	const base = (options.webhookUrl ?? defaultWebhookUrl).replace(/\/*$/, '/');
	const absent = (what: string) => async (): Promise<never> => {
		throw new Error(`The engine test harness has no ${what}`);
	};
	return {
		currentNodeExecutionIndex: 0,
		credentialsHelper: new CredentialStore(
			options.credentials ?? {},
			options.credentialTypes ?? [],
		),
		executionId: id,
		workflowId: workflow.id,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		hooks: new ExecutionLifecycleHooks(mode, id, workflow),
		sendDataToUI: (_type, data) => {
			const { messages } = Array.isArray(data) ? { messages: data } : data;
			if (Array.isArray(messages)) messages.forEach(onMessage);
		},
		setExecutionStatus: () => {},
		logAiEvent: () => {},
		variables: {},
		instanceBaseUrl: base,
		restApiUrl: `${base}rest`,
		formBaseUrl: `${base}form`,
		formWaitingBaseUrl: `${base}form-waiting`,
		formTestBaseUrl: `${base}form-test`,
		webhookBaseUrl: `${base}webhook`,
		webhookWaitingBaseUrl: `${base}webhook-waiting`,
		webhookTestBaseUrl: `${base}webhook-test`,
		mcpBaseUrl: `${base}mcp`,
		mcpTestBaseUrl: `${base}mcp-test`,
		executeWorkflow: absent('sub-workflows'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: absent('task runner'),
	};
}
