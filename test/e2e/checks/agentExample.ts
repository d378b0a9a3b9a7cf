import assert from 'node:assert/strict';
import type { Fault } from '../../emulator';
import { readExample, withCredential } from '../examples';
import type { Stage } from '../stage';
import { startChatServer, type ChatServer, type Turn } from '../support/chatServer';
import { errorOf, runOf, type Execution } from '../support/execution';
import type { Credential } from '../support/rest';
import type { WorkflowDefinition } from '../support/workflow';
import type { Check } from './check';
import { assertRan, ordersOf } from './exampleRun';

/** It needs a model to speak to. */
export const AGENT = 'agent-draws-and-edits.json';

const NODE = 'AI Agent';
const CUT: Fault = { on: 'create', reset: 'after', times: 1 };

const KITE = { prompt: 'A red kite over the sea', images: 1, aspectRatio: '16:9' };
const draw = (given: Record<string, unknown>): Turn => ({ call: given, tool: 'Draw' });

/** The example with a scripted model, and what the two of them have said. */
interface Conversation {
	readonly stage: Stage;
	readonly chat: ChatServer;
	readonly workflow: WorkflowDefinition;
}

/** The example on real agents: as it is, and with an agent of version 2, which n8n runs in another way. */
export const agentExample: Check[] = [agentVersion(readExample(AGENT)), 2.2].map((version) => ({
	name: `examples/${AGENT} with agent ${version}`,
	run: async (stage) => {
		const chat = await startChatServer();
		try {
			const model = await stage.rest.createCredential(`Model of agent ${version}`, 'openAiApi', {
				apiKey: 'none',
				url: chat.url,
			});
			const conversation = { stage, chat, workflow: exampleWith(version, stage.credential, model) };
			const figures = [];
			for (const part of [drawsAndChanges, correctsItself, isNotPaidTwice]) {
				stage.emulator.reset();
				figures.push(await part(conversation));
			}
			return figures.join('; ');
		} finally {
			await chat.close();
		}
	},
}));

async function drawsAndChanges(conversation: Conversation): Promise<string> {
	const { stage, chat } = conversation;
	const execution = await converse(conversation, [
		draw(KITE),
		(told) => ({
			call: { imageUrl: linkIn(told.at(-1)), prompt: 'The same at night', aspectRatio: '16:9' },
			tool: 'Change',
		}),
		(told) => ({ say: `![Kite](${linkIn(told.at(-1))})` }),
	]);
	assertRan(readExample(AGENT), execution);
	const [drawn, changed] = chat.told();
	const orders = ordersOf(stage);
	assert.deepEqual(
		orders.map(({ image_urls: urls }) => urls),
		[[], [linkIn(drawn)]],
		'the references of the two orders',
	);
	assert.match(JSON.stringify(runOf(execution, NODE)?.data), new RegExp(linkIn(changed)));
	return `draws, and changes what it drew: ${orders.length} POSTs`;
}

async function correctsItself(conversation: Conversation): Promise<string> {
	const { stage, chat } = conversation;
	await converse(conversation, [
		draw({ ...KITE, aspectRatio: '16:10' }),
		draw({ ...KITE, images: 3 }),
		draw(KITE),
		{ say: 'Here it is' },
	]);
	const [shape, number, made] = chat.told();
	assert.match(
		shape ?? '',
		/is \\?"16:10\\?"\. Choose one of auto, 1:1, .*16:9.* Nothing was sent/,
	);
	assert.match(
		number ?? '',
		/asks for 3 images .* Max Images allows 2\. Ask for fewer images.* Nothing was sent/,
	);
	assert.equal(ordersOf(stage).length, 1, 'orders');
	linkIn(made);
	return `told ${shape} and ${number}, the model corrects itself: 1 POST`;
}

async function isNotPaidTwice(conversation: Conversation): Promise<string> {
	const { stage, chat } = conversation;
	stage.emulator.addFault(CUT);
	await converse(conversation, [draw(KITE), draw(KITE), { say: 'It did not work' }]);
	assert.equal(ordersOf(stage).length, 1, 'orders');
	const [cut, again] = chat.told();
	assert.match(cut ?? '', /may have been accepted and billed, so it was not sent again/);
	assert.match(again ?? '', /may have been accepted and billed, so it is not sent again/);
	return `cut after acceptance and called again: 1 POST, told ${again}`;
}

/** Lets the model follow its script, as if somebody had written to it in the chat. */
async function converse(
	{ stage: { rest }, chat, workflow }: Conversation,
	turns: readonly Turn[],
): Promise<Execution> {
	chat.script(turns);
	const saved = await rest.createWorkflow(workflow);
	const execution = await rest.runManually(saved, {
		trigger: 'When chat message received',
		item: { sessionId: saved.id, action: 'sendMessage', chatInput: 'Draw a red kite' },
	});
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(chat.told().length, turns.length - 1, 'answers of the tools');
	return execution;
}

function agentVersion({ nodes }: WorkflowDefinition): number {
	const agent = nodes.find(({ name }) => name === NODE);
	assert.ok(agent);
	return agent.typeVersion;
}

function exampleWith(version: number, ...credentials: Credential[]): WorkflowDefinition {
	const example: WorkflowDefinition = readExample(AGENT);
	const nodes = example.nodes.map((node) =>
		node.name === NODE ? { ...node, typeVersion: version } : node,
	);
	return credentials.reduce<WorkflowDefinition>(withCredential, { ...example, nodes });
}

/** The link that a tool has told. */
function linkIn(told = ''): string {
	const [, link] = /"url":"([^"]+)"/.exec(told) ?? [];
	assert.ok(link, `no link in: ${told}`);
	return link;
}
