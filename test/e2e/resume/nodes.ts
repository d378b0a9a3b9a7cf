import { SEEDREAM } from '../scenario';
import type { Credential } from '../support/rest';
import type { WorkflowNode } from '../support/workflow';

/** A Get Task for whatever tasks the items before it name. */
export function getTask(credential: Credential): WorkflowNode {
	return {
		name: 'Get Task',
		type: SEEDREAM,
		typeVersion: 1,
		parameters: {
			operation: 'getTask',
			taskId: '={{ $json.taskId }}',
			waitUntilDone: true,
			options: { pollIntervalSeconds: 0.5 },
		},
		credentials: { seedreamApi: { id: credential.id, name: credential.name } },
	};
}
