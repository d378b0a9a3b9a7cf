import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod/v4';
import { freePorts } from './ports';

/** One message of a conversation, as OpenAI's chat completions have it. */
export interface ChatMessage {
	role: string;
	content?: unknown;
	[field: string]: unknown;
}

/** The scripted model calls a tool with these arguments, by default the first that it is offered, or it says something. */
type Deed = { call: Record<string, unknown>; tool?: string } | { say: string };

/** What the model does at its turn. It may depend on what the tools have told it so far, oldest first. */
export type Turn = Deed | ((told: readonly string[]) => Deed);

/** A chat model on loopback that speaks OpenAI's chat completions and follows a script. */
export interface ChatServer {
	/** For the base URL of n8n's OpenAI credentials. */
	readonly url: string;
	/** All that the model was sent at each of its turns. */
	readonly heard: ChatMessage[][];
	/** What the tools have told the model in this conversation, oldest first. */
	told(): string[];
	/** Begins a new conversation. */
	script(turns: readonly Turn[]): void;
	close(): Promise<void>;
}

export async function startChatServer(): Promise<ChatServer> {
	const heard: ChatMessage[][] = [];
	let turns: Turn[] = [];
	const server = createServer(async (request, response) => {
		const body = await readJson(request);
		const { messages, tools, stream } = Object(body);
		if (!Array.isArray(messages)) return void response.writeHead(404).end('{}');
		heard.push(messages);
		const turn = turns.shift() ?? { say: 'Nothing more to say' };
		const deed = typeof turn === 'function' ? turn(toldIn(messages)) : turn;
		const message =
			'say' in deed
				? { content: deed.say }
				: { content: null, tool_calls: [toolCall(deed, tools, heard.length)] };
		const choice = { index: 0, finish_reason: 'say' in deed ? 'stop' : 'tool_calls' };
		const said = { role: 'assistant', ...message };
		const head = { id: `chat-${heard.length}`, created: 1, model: 'scripted', usage };
		if (stream === true) {
			const chunk = {
				...head,
				object: 'chat.completion.chunk',
				choices: [{ ...choice, delta: said }],
			};
			response
				.writeHead(200, { 'content-type': 'text/event-stream' })
				.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
			return;
		}
		const answer = { ...head, object: 'chat.completion', choices: [{ ...choice, message: said }] };
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
	});
	const [port = 0] = await freePorts(1);
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${port}/v1`,
		heard,
		told: () => toldIn(heard.at(-1) ?? []),
		script: (next) => {
			heard.length = 0;
			turns = [...next];
		},
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

function toldIn(messages: readonly ChatMessage[]): string[] {
	const answers = messages.filter(({ role }) => role === 'tool');
	return answers.map(({ content }) =>
		typeof content === 'string' ? content : JSON.stringify(content),
	);
}

const offeredSchema = z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) }));

/** A call of a tool that was offered. */
function toolCall(
	{ call, tool }: { call: Record<string, unknown>; tool?: string },
	tools: unknown,
	turn: number,
) {
	const offered = offeredSchema.parse(tools).map(({ function: { name } }) => name);
	const name = tool ?? offered[0];
	if (name === undefined || !offered.includes(name))
		throw new Error(`The model calls "${name}", and was offered: ${offered.join(', ')}.`);
	return {
		index: 0,
		id: `call_${turn}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(call) },
	};
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	try {
		return JSON.parse(Buffer.concat(chunks).toString());
	} catch {
		return undefined;
	}
}
