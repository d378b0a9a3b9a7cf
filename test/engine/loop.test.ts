import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { SeedreamApi } from '../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, credentialsFor, NODE, NODE_TYPE } from './seedream';
import { endType, runWorkflow, startType, type NodeJson, type RunResult } from './support';

const emulator = useEmulator({ taskMs: 60 });

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const paid = () => emulator.requestsOf('create').length;

/** Sends its items back into the loop in the first round, and on after that. */
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
		const items = this.getInputData();
		return Number(this.evaluateExpression('{{ $runIndex }}', 0)) === 0 ? [items, []] : [[], items];
	},
};

async function runLoop(
	node: Partial<NodeJson> = {},
	given: INodeParameters = {},
): Promise<RunResult> {
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const options = { pollIntervalSeconds: 0.05, ...given };
	return await runWorkflow({
		workflow: {
			nodes: [
				{ name: 'Start', type: startType },
				{ name: NODE, type: NODE_TYPE, parameters: { ...BOAT, options }, ...node },
				{ name: 'Gate', type: 'gate' },
				{ name: 'End', type: endType },
			],
			connections: {
				Start: { main: [to(NODE)] },
				[NODE]: { main: [to('Gate')] },
				Gate: { main: [to(NODE), to('End')] },
			},
		},
		nodeTypes: { [NODE_TYPE]: new Seedream(), gate },
		credentialTypes: [new SeedreamApi()],
		credentials: { seedreamApi: credentialsFor(emulator) },
	});
}

describe('In a loop', () => {
	it('each round is a request of its own, also for the same prompt', async () => {
		const result = await runLoop();
		expect(result.runData[NODE]).toHaveLength(2);
		expect(paid()).toBe(2);
		const ids = [0, 1].map((round) => result.outputs(NODE, round)[0]?.[0]?.json.taskId);
		expect(new Set(ids).size).toBe(2);
	});

	it('Retry On Fail in the second round sends nothing twice', async () => {
		emulator.addFault({ on: 'query', status: 401, after: 2, times: 1 });
		const result = await runLoop(RETRY);
		expect(result.status).toBe('success');
		expect(paid()).toBe(2);
	});

	it('a round without an answer does not keep the next one from sending', async () => {
		emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		const result = await runLoop({ onError: 'continueRegularOutput' });
		expect(paid()).toBe(2);
		expect(result.outputs(NODE, 0)[0]).toMatchObject([{ json: { error: { billed: 'unknown' } } }]);
		expect(result.outputs(NODE, 1)[0]).toMatchObject([{ json: { status: 'completed' } }]);
	});

	it('a round whose wait was over leaves its task to Get Task: the next one makes an image of its own', async () => {
		emulator.addFault({ on: 'create', neverEnds: true, times: 1 });
		const result = await runLoop({ onError: 'continueRegularOutput' }, { maxWaitSeconds: 0.5 });
		expect(paid()).toBe(2);
		const [late, made] = [0, 1].map((round) => result.outputs(NODE, round)[0]?.[0]?.json);
		expect(late).toMatchObject({ error: { code: 'wait_timeout', taskId: expect.any(String) } });
		expect(made).toMatchObject({ status: 'completed' });
	});
});
