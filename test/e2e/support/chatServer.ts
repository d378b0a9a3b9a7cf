import { createServer, type IncomingMessage } from 'node:http';
import { freePorts } from './ports';

/** One message of a conversation, as OpenAI's chat completions have it. */
export interface ChatMessage {
	role: string;
	content?: unknown;
	[field: string]: unknown;
}

/** What the scripted model does at its turn: it calls the tool with these arguments, or it says something. */
export type Turn = { call: Record<string, unknown> } | { say: string };

/** A chat model on loopback that speaks OpenAI's chat completions and follows a script. */
export interface ChatServer {
	/** For the base URL of n8n's OpenAI credentials. */
	readonly url: string;
	/** All that the model was sent at each of its turns. */
	readonly heard: ChatMessage[][];
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
		const message =
			'say' in turn
				? { content: turn.say }
				: { content: null, tool_calls: [toolCall(turn.call, tools, heard.length)] };
		const choice = { index: 0, finish_reason: 'say' in turn ? 'stop' : 'tool_calls' };
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

/** A call of the only tool that was offered, by its own name. */
function toolCall(given: Record<string, unknown>, tools: unknown, turn: number) {
	const [tool]: unknown[] = Array.isArray(tools) ? tools : [];
	const name: unknown = Reflect.get(Object(Reflect.get(Object(tool), 'function')), 'name');
	return {
		index: 0,
		id: `call_${turn}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(given) },
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
