import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { SeedreamApi } from '../../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../../nodes/Seedream/Seedream.node';
import { credentialsFor, NODE, NODE_TYPE, paidBodies } from '../seedream';
import {
	chain,
	endType,
	resumeByDeadline,
	runWorkflow,
	startType,
	type NodeJson,
	type RunResult,
	type WorkflowJson,
} from '../support';
import { BOATS, numbered, useScene } from './scene';

const scene = useScene();

/** Sends its items, with another number, back into the loop in the first round, and on after that. */
const gate: INodeType = {
	description: {
		displayName: 'Gate',
		name: 'gate',
		group: ['transform'],
		version: 1,
		description: 'Ends a loop after two rounds',
		defaults: { name: 'Gate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData().map((item, index) => ({
			...item,
			json: { ...item.json, n: index + 11 },
		}));
		return Number(this.evaluateExpression('{{ $runIndex }}', 0)) === 0 ? [items, []] : [[], items];
	},
};

const seedream = (name: string, parameters: INodeParameters = {}): NodeJson => ({
	name,
	type: NODE_TYPE,
	parameters: { ...BOATS, ...parameters },
});

const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];

/** Both rounds, or both nodes, find their tasks open when they look at them. */
async function run(workflow: WorkflowJson): Promise<RunResult> {
	scene.emulator.addFault({ on: 'query', neverEnds: true, times: 2 });
	return await runWorkflow({
		workflow,
		nodeTypes: { [NODE_TYPE]: new Seedream(), gate },
		credentialTypes: [new SeedreamApi()],
		credentials: { seedreamApi: credentialsFor(scene.emulator) },
		items: numbered(2),
		webhookUrl: scene.n8n.url,
	});
}

const LOOP: WorkflowJson = {
	nodes: [
		{ name: 'Start', type: startType },
		seedream(NODE),
		{ name: 'Gate', type: 'gate' },
		{ name: 'End', type: endType },
	],
	connections: {
		Start: { main: [to(NODE)] },
		[NODE]: { main: [to('Gate')] },
		Gate: { main: [to(NODE), to('End')] },
	},
};

const idsOf = (result: RunResult, round: number) =>
	result.outputs(NODE, round)[0]?.map(({ json }) => json.taskId) ?? [];

describe('Several waits in one execution', () => {
	it('each round of a loop suspends for tasks of its own, made from its own items', async () => {
		const first = await run(LOOP);
		expect(first.status).toBe('waiting');
		scene.emulator.setTaskMs(300);
		const second = await scene.n8n.run(0);
		const ended = second.status === 'waiting' ? await scene.n8n.run(1) : second;
		expect(ended.status).toBe('success');
		expect(ended.runData[NODE]).toHaveLength(2);
		expect(new Set([...idsOf(ended, 0), ...idsOf(ended, 1)]).size).toBe(4);
		expect(
			paidBodies(scene.emulator)
				.map((body) => JSON.stringify(body).match(/A boat \d+/)?.[0])
				.sort(),
		).toEqual(['A boat 1', 'A boat 11', 'A boat 12', 'A boat 2']);
	});

	it('a round whose time has run out is not taken for the next one', async () => {
		scene.emulator.addFault({ on: 'create', noCallback: true, times: 2 });
		const first = await run(LOOP);
		scene.emulator.setTaskMs(300);
		const second = await resumeByDeadline(first);
		const ended = second.status === 'waiting' ? await scene.n8n.run(0) : second;
		expect(ended.outputs(NODE, 0)[0]).toMatchObject(
			[1, 2].map(() => ({ json: { warnings: [expect.stringContaining('Get Task')] } })),
		);
		expect(ended.outputs(NODE, 1)[0]).toMatchObject(
			[0, 1].map((item) => ({ json: { status: 'completed' }, pairedItem: { item } })),
		);
		expect(new Set([...idsOf(ended, 0), ...idsOf(ended, 1)]).size).toBe(4);
		expect(scene.paid()).toBe(4);
	});

	it('one node after the other: each waits for its own tasks, and takes no callback of the other', async () => {
		const nodes = [seedream('Draft'), seedream('Final', { prompt: '=Like {{ $json.taskId }}' })];
		expect((await run(chain(...nodes))).status).toBe('waiting');
		const [ofDraft = ''] = scene.callbackUrls();
		scene.emulator.addFault({ on: 'create', neverEnds: true });
		const second = await scene.n8n.run(0);
		expect(second.status).toBe('waiting');
		expect(second.items('Draft')).toHaveLength(2);
		expect(await scene.post(ofDraft)).toMatchObject({ status: 401 });
		expect(scene.record(second)).toEqual({ status: 'waiting', saved: second.saved });
		expect(scene.callbackUrls()).toHaveLength(4);
	});
});
