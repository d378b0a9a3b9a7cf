import { z } from 'zod/v4';
import {
	executionSchema,
	executionSummarySchema,
	isOver,
	overStatuses,
	type BinaryValue,
	type Execution,
	type ExecutionStatus,
	type ExecutionSummary,
} from './execution';
import { RestError, Session } from './session';
import { waitUntil } from './wait';
import type { WorkflowDefinition } from './workflow';

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export const defaultOwner: Owner = {
	email: 'owner@example.com',
	password: 'Seedream-e2e-1',
	firstName: 'End',
	lastName: 'ToEnd',
};

const credentialSchema = z.looseObject({ id: z.string(), name: z.string(), type: z.string() });
const workflowSchema = z.looseObject({
	id: z.string(),
	name: z.string(),
	versionId: z.string(),
	active: z.boolean(),
});
const nodeTypeSchema = z.looseObject({
	name: z.string(),
	displayName: z.string(),
	version: z.union([z.number(), z.array(z.number())]),
});
const testSchema = z.looseObject({ status: z.enum(['OK', 'Error']), message: z.string() });
const anything = z.unknown();
/** The most that n8n puts on a page. */
const PAGE = 100;
const pageSchema = z.looseObject({
	results: z.array(executionSummarySchema),
	count: z.number(),
});

export type Credential = z.infer<typeof credentialSchema>;
export type Workflow = z.infer<typeof workflowSchema>;
export type NodeType = z.infer<typeof nodeTypeSchema>;
export type CredentialTest = z.infer<typeof testSchema>;

export interface ManualRun {
	/** Name of the trigger node to start from. */
	trigger: string;
	/** The item that the trigger gives, for one that does not make it by itself. */
	item?: Record<string, unknown>;
	/** Name of the node to stop after; without it everything runs. */
	destination?: string;
}

/** n8n's internal REST API, signed in as the owner. */
export class RestClient {
	readonly session: Session;

	constructor(baseUrl: string) {
		this.session = new Session(baseUrl);
	}

	/** Makes the owner of a fresh n8n and signs in. */
	async setUpOwner(owner: Owner = defaultOwner): Promise<void> {
		await this.session.data(anything, 'POST', '/rest/owner/setup', owner);
	}

	/** Whether it has an owner, who can sign in. */
	async hasOwner(): Promise<boolean> {
		const settings = z.looseObject({
			userManagement: z.looseObject({ showSetupOnFirstLoad: z.boolean() }),
		});
		const { userManagement } = await this.session.data(settings, 'GET', '/rest/settings');
		return !userManagement.showSetupOnFirstLoad;
	}

	async login(owner: Owner = defaultOwner): Promise<void> {
		await this.session.data(anything, 'POST', '/rest/login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
	}

	/** Every node type that this n8n offers. */
	async nodeTypes(): Promise<NodeType[]> {
		const response = await this.session.send('GET', '/types/nodes.json');
		return z.array(nodeTypeSchema).parse(await response.json());
	}

	/** The names of every type of credentials that this n8n offers. */
	async credentialTypes(): Promise<string[]> {
		const response = await this.session.send('GET', '/types/credentials.json');
		return z
			.array(z.looseObject({ name: z.string() }))
			.parse(await response.json())
			.map(({ name }) => name);
	}

	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<Credential> {
		return await this.session.data(credentialSchema, 'POST', '/rest/credentials', {
			name,
			type,
			data,
		});
	}

	/** What the Test button of a credential says. */
	async testCredential(
		credential: Credential,
		data: Record<string, unknown>,
	): Promise<CredentialTest> {
		const { id, name, type } = credential;
		return await this.session.data(testSchema, 'POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	async createWorkflow(definition: WorkflowDefinition): Promise<Workflow> {
		const settings = { executionOrder: 'v1', ...definition.settings };
		return await this.session.data(workflowSchema, 'POST', '/rest/workflows', {
			...definition,
			settings,
		});
	}

	/** Publishes a workflow and waits until its webhooks are registered. */
	async activate(workflow: Workflow): Promise<void> {
		const path = `/rest/workflows/${workflow.id}`;
		await this.session.data(anything, 'POST', `${path}/activate`, {
			versionId: workflow.versionId,
		});
		const status = z.looseObject({ status: z.string() });
		await waitUntil(`workflow "${workflow.name}" to be published`, async () => {
			try {
				return (
					(await this.session.data(status, 'GET', `${path}/publication-status`)).status ===
					'published'
				);
			} catch (error) {
				// Before 2.36 activation was done at once and there is no such route.
				if (error instanceof RestError && error.status === 404) return true;
				throw error;
			}
		});
	}

	async deactivate(workflow: Workflow): Promise<void> {
		await this.session.data(anything, 'POST', `/rest/workflows/${workflow.id}/deactivate`, {});
	}

	/** Starts a run as the editor's Execute button does; gives the id of the execution. */
	async startManually(
		workflow: Workflow,
		{ trigger, item, destination }: ManualRun,
	): Promise<string> {
		const workflowData = await this.session.data(anything, 'GET', `/rest/workflows/${workflow.id}`);
		const body = {
			workflowData,
			triggerToStartFrom: { name: trigger, ...(item && { data: triggered(item) }) },
			...(destination === undefined
				? {}
				: { destinationNode: { nodeName: destination, mode: 'inclusive' } }),
		};
		const answer = z.looseObject({ executionId: z.string() });
		const headers = { 'push-ref': 'n8n-nodes-seedream-e2e' };
		return (
			await this.session.data(answer, 'POST', `/rest/workflows/${workflow.id}/run`, body, headers)
		).executionId;
	}

	/** Runs a workflow as the editor does and waits for the end. */
	async runManually(workflow: Workflow, run: ManualRun, timeoutMs = 60_000): Promise<Execution> {
		return await this.waitForExecution(await this.startManually(workflow, run), isOver, timeoutMs);
	}

	async execution(id: string): Promise<Execution> {
		return await this.session.data(executionSchema, 'GET', `/rest/executions/${id}`);
	}

	/** The executions of a workflow, newest first, as many as n8n gives at once. */
	async executions(workflow: Workflow, limit = 20): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const answer = z.looseObject({ results: z.array(executionSummarySchema) });
		return (
			await this.session.data(answer, 'GET', `/rest/executions?filter=${filter}&limit=${limit}`)
		).results;
	}

	/** How many executions of a workflow are over. A small question, which may be asked of a busy n8n again and again. */
	async countOver(workflow: Workflow): Promise<number> {
		return (await this.pageOver(workflow, 1)).count;
	}

	/**
	 * The executions of a workflow that are over, all of them. For n8n 2.41, whose list has pages. A page is sorted by the start
	 * and the next one begins below an ID: of executions that started at the same moment it may leave some out. So the pages
	 * overlap, until there are as many as n8n counts.
	 */
	async executionsOver(workflow: Workflow): Promise<ExecutionSummary[]> {
		const found = new Map<string, ExecutionSummary>();
		let { results, count } = await this.pageOver(workflow, PAGE);
		let below = Math.max(0, ...results.map(({ id }) => Number(id))) + 2 * PAGE;
		for (;;) {
			for (const execution of results) found.set(execution.id, execution);
			if (found.size >= count) return [...found.values()];
			below -= PAGE / 5;
			if (below <= 1)
				throw new Error(`n8n counts ${count} executions that are over and lists ${found.size}.`);
			({ results, count } = await this.pageOver(workflow, PAGE, below));
		}
	}

	private async pageOver(
		{ id }: Workflow,
		limit: number,
		belowId?: number,
	): Promise<z.infer<typeof pageSchema>> {
		const filter = JSON.stringify({ workflowId: id, status: overStatuses });
		const query = new URLSearchParams({
			filter,
			limit: String(limit),
			...(belowId !== undefined && { cursor: cursorOf(belowId) }),
		});
		return await this.session.data(pageSchema, 'GET', `/rest/executions?${query}`);
	}

	/** Retries a failed execution as the button in the list does; gives the id of the new execution. */
	async retryExecution(id: string): Promise<string> {
		const answer = z.looseObject({ id: z.string() });
		return (
			await this.session.data(answer, 'POST', `/rest/executions/${id}/retry`, {
				loadWorkflow: false,
			})
		).id;
	}

	/** Waits for an execution to be over, or in whatever status is asked for. */
	async waitForExecution(
		id: string,
		until: (status: ExecutionStatus) => boolean = isOver,
		timeoutMs = 60_000,
	): Promise<Execution> {
		const ask = async () => {
			const execution = await this.execution(id);
			return until(execution.status) ? execution : undefined;
		};
		return await waitUntil(`execution ${id} to end`, ask, timeoutMs);
	}

	async stopExecution(id: string): Promise<void> {
		await this.session.send('POST', `/rest/executions/${id}/stop`, {});
	}

	/** The bytes of a binary value of an execution, from wherever n8n stored them. */
	async download(binary: BinaryValue): Promise<Buffer> {
		if (binary.id === undefined) return Buffer.from(binary.data ?? '', 'base64');
		const query = new URLSearchParams({
			id: binary.id,
			action: 'download',
			fileName: binary.fileName ?? 'file',
			mimeType: binary.mimeType,
		});
		const response = await this.session.send('GET', `/rest/binary-data?${query}`);
		return Buffer.from(await response.arrayBuffer());
	}
}

/** The run of a trigger that gave one item, as the editor writes it. */
function triggered(json: Record<string, unknown>) {
	return {
		startTime: Date.now(),
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		source: [null],
		data: { main: [[{ json }]] },
	};
}

/** Where a page of the list begins, as n8n 2.41 writes it. Only the ID counts. */
function cursorOf(belowId: number): string {
	const v1 = { id: String(belowId), timestamp: new Date().toISOString() };
	return Buffer.from(JSON.stringify({ version: 1, v1 })).toString('base64url');
}
