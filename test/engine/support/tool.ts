import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import { endType, startType, type NodeJson, type WorkflowJson } from './workflowJson';

/**
 * The two ways in which n8n calls a tool. `invoked`: agents of version 1 and 2, sub-agents and the MCP trigger run it inside their own
 * node, and n8n raises the run index for each try. `engine`: agents of version 3 have the engine run it like any node.
 */
export type AgentKind = 'invoked' | 'engine';

/** What the model does: one call of the tool after the other, each with its arguments. Several in a list are made at once. */
export type Script = ReadonlyArray<IDataObject | readonly IDataObject[]>;

export const AGENT = 'Agent';
export const TOOL = 'Seedream';
export const AGENT_TYPE = 'test.agent';

/** A workflow "Start -> Agent -> End" with a tool at the agent. */
export function withTool(tool: NodeJson): WorkflowJson {
	const to = (node: string) => [{ node, type: NodeConnectionTypes.Main, index: 0 }];
	return {
		nodes: [
			{ name: 'Start', type: startType },
			{ name: AGENT, type: AGENT_TYPE },
			tool,
			{ name: 'End', type: endType },
		],
		connections: {
			Start: { main: [to(AGENT)] },
			[AGENT]: { main: [to('End')] },
			[tool.name]: { ai_tool: [[{ node: AGENT, type: NodeConnectionTypes.AiTool, index: 0 }]] },
		},
	};
}

/** The node type that n8n makes of one that is usable as a tool, under the type's name with `Tool` at its end. */
export function toolTypeOf(nodeType: INodeType): INodeType {
	const { usableAsTool: _usable, ...description } = nodeType.description;
	const tool: INodeType = Object.create(nodeType);
	tool.description = {
		...description,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [
			{
				displayName: 'Description',
				name: 'toolDescription',
				type: 'string',
				default: description.description,
			},
			...description.properties,
		],
	};
	return tool;
}

/** A tool as n8n-core hands it to an agent. */
interface Invocable {
	invoke(args: IDataObject): Promise<unknown>;
}

const tools = z.array(z.custom<Invocable>((value) => value instanceof Object && 'invoke' in value));

const progress = z.object({ step: z.number(), heard: z.array(z.array(z.string())) });

interface Role {
	kind: AgentKind;
	script: Script;
	/** Told before each step of the script, from 0 on. */
	onStep: (step: number) => void;
}

/** An agent whose model is a script. Its item has in `heard`, for each step, the texts that the model got. */
export function scriptedAgent(role: Role): INodeType {
	return {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: 'Calls its tool',
			defaults: { name: AGENT },
			inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(
			this: IExecuteFunctions,
			response?: EngineResponse,
		): Promise<INodeExecutionData[][] | EngineRequest> {
			return role.kind === 'invoked' ? await invokeAll(this, role) : requestNext(role, response);
		},
	};
}

/** As agents that run their tools themselves: n8n-core makes the tools, and of what they throw the model is told nothing. */
async function invokeAll(
	context: IExecuteFunctions,
	{ script, onStep }: Role,
): Promise<INodeExecutionData[][]> {
	const [tool] = tools.parse(await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0));
	if (!tool) throw new Error('The agent has no tool');
	const heard: string[][] = [];
	for (const [step, calls] of script.entries()) {
		onStep(step);
		heard.push(
			await Promise.all(listOf(calls).map(async (args) => await textOf(tool.invoke({ ...args })))),
		);
	}
	return [[{ json: { heard }, pairedItem: { item: 0 } }]];
}

async function textOf(answer: Promise<unknown>): Promise<string> {
	try {
		return String(await answer);
	} catch {
		return '';
	}
}

/** As agents that let the engine run their tools: they end with a request, and are run again with the answers. */
function requestNext(
	{ script, onStep }: Role,
	response?: EngineResponse,
): INodeExecutionData[][] | EngineRequest {
	const known = progress.safeParse(response?.metadata);
	const { step, heard } = known.success ? known.data : { step: 0, heard: [] };
	const answers = response?.actionResponses ?? [];
	if (answers.length > 0)
		heard.push(
			answers.map(({ data }) =>
				JSON.stringify(data.data?.ai_tool?.[0]?.map(({ json }) => json) ?? ''),
			),
		);
	const calls = script[step];
	if (!calls) return [[{ json: { heard }, pairedItem: { item: 0 } }]];
	onStep(step);
	return {
		actions: listOf(calls).map((input, index) => ({
			actionType: 'ExecutionNodeAction',
			nodeName: TOOL,
			input: { ...input },
			type: NodeConnectionTypes.AiTool,
			id: `call_${step}_${index}`,
			metadata: { itemIndex: 0 },
		})),
		metadata: { step: step + 1, heard },
	};
}

function listOf(calls: Script[number]): readonly IDataObject[] {
	return isList(calls) ? calls : [calls];
}

function isList(calls: Script[number]): calls is readonly IDataObject[] {
	return Array.isArray(calls);
}
