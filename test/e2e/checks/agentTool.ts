import assert from 'node:assert/strict';
import type { Fault } from '../../emulator';
import { SEEDREAM } from '../scenario';
import type { Stage } from '../stage';
import { startChatServer, type ChatServer, type Turn } from '../support/chatServer';
import type { Execution } from '../support/execution';
import { manualTrigger, type WorkflowDefinition, type WorkflowNode } from '../support/workflow';
import type { Check } from './check';

const TOOL = 'Make Image';
const CUT: Fault = { on: 'create', reset: 'after', times: 1 };
const PICTURE = { prompt: 'A red kite' };

/** An agent with the node as its only tool, of which the model fills the prompt; another part of it moves. */
function agentWithTool(
	stage: Stage,
	version: number,
	chatUrl: { id: string; name: string },
): WorkflowDefinition {
	const place = (name: string, x: number, y: number): Pick<WorkflowNode, 'id' | 'position'> => ({
		id: `00000000-0000-4000-8000-${name.length.toString().padStart(12, '0')}`,
		position: [x, y],
	});
	const { id, name } = stage.credential;
	const nodes: WorkflowNode[] = [
		{ ...manualTrigger, ...place('12', 0, 0), parameters: {} },
		{
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: version,
			...place('123', 240, 0),
			parameters: {
				...(version < 2 && { agent: 'toolsAgent' }),
				promptType: 'define',
				text: 'Draw a red kite',
				options: {},
			},
		},
		{
			name: 'Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			...place('1234', 160, 240),
			parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
			credentials: { openAiApi: chatUrl },
		},
		{
			name: TOOL,
			type: `${SEEDREAM}Tool`,
			typeVersion: 1,
			...place('12345', 400, 240),
			parameters: {
				operation: 'generate',
				prompt: "={{ $fromAI('prompt', 'What to draw', 'string') }}, made at {{ $now.toMillis() }}",
				resolution: '1K',
				aspectRatio: '1:1',
				options: { pollIntervalSeconds: 0.2 },
			},
			credentials: { seedreamApi: { id, name } },
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 100,
		},
	];
	const to = (node: string, type: string) => [[{ node, type, index: 0 }]];
	return {
		name: `Agent ${version}`,
		nodes,
		connections: {
			[manualTrigger.name]: { main: to('Agent', 'main') },
			Model: { ai_languageModel: to('Agent', 'ai_languageModel') },
			[TOOL]: { ai_tool: to('Agent', 'ai_tool') },
		},
	};
}

async function converse(
	stage: Stage,
	chat: ChatServer,
	version: number,
	turns: readonly Turn[],
): Promise<Execution> {
	chat.script(turns);
	const credential = await stage.rest.createCredential(`Chat ${version}`, 'openAiApi', {
		apiKey: 'none',
		url: chat.url,
	});
	const workflow = await stage.rest.createWorkflow(
		agentWithTool(stage, version, { id: credential.id, name: credential.name }),
	);
	return await stage.rest.runManually(workflow, { trigger: manualTrigger.name }, 60_000);
}

/** Made once for each call that was handed on, and never twice for one that may have been accepted. */
export const agentChecks: Check[] = [1.7, 2.2, 3].map((version) => ({
	name: `agent ${version} with the node as its tool`,
	run: async (stage) => {
		const { emulator } = stage;
		const chat = await startChatServer();
		try {
			await converse(stage, chat, version, [
				{ call: PICTURE },
				{ call: PICTURE },
				{ say: 'Here they are' },
			]);
			const [made, links] = [emulator.requestsOf('create').length, chat.told()];
			assert.equal(made, 2, 'the same call twice, each handed on: two images');
			for (const text of links) assert.match(text, /http:.*images/);

			emulator.reset();
			emulator.addFault(CUT);
			await converse(stage, chat, version, [
				{ call: PICTURE },
				{ call: PICTURE },
				{ call: { prompt: 'A blue kite' } },
				{ say: 'One of them' },
			]);
			const prompts = emulator
				.requestsOf('create')
				.map(({ body }) => String(Reflect.get(Object(body), 'prompt')).split(',')[0]);
			const told = chat.told();
			assert.deepEqual(
				prompts,
				['A red kite', 'A blue kite'],
				'requests after a cut connection, with Retry On Fail',
			);
			for (const text of told.slice(0, 2)) assert.match(text, /not sent again/);
			assert.match(told[2] ?? '', /http:.*images/);
			return `handed on: ${made} calls, ${made} images; cut after acceptance: 1 request, told "${told[1]?.slice(0, 160) ?? ''}…"; other arguments: another image`;
		} finally {
			await chat.close();
		}
	},
}));
