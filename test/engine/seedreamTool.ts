import type { INodeParameters } from 'n8n-workflow';
import { SeedreamApi } from '../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import type { Emulator } from '../emulator';
import { credentialsFor, NODE_TYPE, type SeedreamRun } from './seedream';
import { startRun, type RunHandle, type RunOptions, type RunResult } from './support';
import {
	AGENT,
	AGENT_TYPE,
	scriptedAgent,
	TOOL,
	toolTypeOf,
	withTool,
	type AgentKind,
	type Script,
} from './support/tool';

/** How the tool is called. */
export interface ToolRun extends SeedreamRun {
	agent: AgentKind;
	/** Told before each step of the script, from 0 on. */
	onStep?: (step: number) => void;
}

/** What came of an agent's run. */
export interface ToolResult extends RunResult {
	/** What the model was told, for each call in turn. */
	heard: string[];
}

/** Runs start → agent → end in n8n's engine, with Seedream as the agent's tool. */
export async function runTool(
	emulator: Emulator,
	parameters: INodeParameters,
	script: Script,
	run: ToolRun,
): Promise<ToolResult> {
	return heardIn(await startTool(emulator, parameters, script, run).result);
}

/** The same, with a handle to stop it. */
export function startTool(
	emulator: Emulator,
	parameters: INodeParameters,
	script: Script,
	run: ToolRun,
): RunHandle {
	return startRun(toolOptions(emulator, parameters, script, run));
}

/** What the model was told in a run that went on after a wait. */
export function heardIn(result: RunResult): ToolResult {
	const heard = result.items(AGENT)[0]?.json.heard;
	return { ...result, heard: Array.isArray(heard) ? heard.flat().map(String) : [] };
}

function toolOptions(
	emulator: Emulator,
	parameters: INodeParameters,
	script: Script,
	run: ToolRun,
): RunOptions {
	const {
		agent,
		onStep = () => {},
		node,
		provider,
		apiKey,
		credentials,
		options: given,
		...rest
	} = run;
	const options = { pollIntervalSeconds: 0.05, ...given };
	return {
		workflow: withTool({
			name: TOOL,
			type: `${NODE_TYPE}Tool`,
			parameters: { ...parameters, options },
			credentials: { seedreamApi: { id: '1', name: 'Seedream' } },
			...node,
		}),
		nodeTypes: {
			[`${NODE_TYPE}Tool`]: toolTypeOf(new Seedream()),
			[AGENT_TYPE]: scriptedAgent({ kind: agent, script, onStep }),
		},
		credentialTypes: [new SeedreamApi()],
		credentials: { seedreamApi: credentials ?? credentialsFor(emulator, { provider, apiKey }) },
		...rest,
	};
}
