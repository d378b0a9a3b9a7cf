import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { receiveCallback } from './resume';
import type { RunResult } from './result';
import type { RunHandle } from './run';
import { activateWorkflow, type ActiveWorkflow } from './trigger';
import type { RunOptions } from './executions';
import type { WebhookRequest } from './webhookCall';

/** n8n's webhook endpoints on a real port, for services that call back by themselves. */
export interface WebhookServer {
	/** For `webhookUrl` in RunOptions. */
	url: string;
	/** Status codes of all answers, in order. */
	statuses: number[];
	/** The executions that requests started or resumed, in order. */
	runs: RunHandle[];
	/** The end of the run that the next (or an earlier) request starts or resumes. */
	run(index?: number): Promise<RunResult>;
	/** Publishes a workflow with a webhook trigger here. */
	activate(options: RunOptions): Promise<ActiveWorkflow>;
	/** Takes no more requests, and waits until those under way, and all that they have started, are over. */
	close(): Promise<void>;
}

/** Starts the server on a free port of the loopback interface. */
export async function startWebhookServer(): Promise<WebhookServer> {
	const statuses: number[] = [];
	const runs: RunHandle[] = [];
	const active: ActiveWorkflow[] = [];
	let onRun = () => {};

	const handled: Array<Promise<void>> = [];
	const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { body, httpStatus, run } = await answer(await readRequest(incoming), active);
		if (run) {
			runs.push(run);
			onRun();
		}
		statuses.push(httpStatus);
		const isText = typeof body === 'string';
		response.writeHead(httpStatus, { 'content-type': isText ? 'text/html' : 'application/json' });
		response.end(isText ? body : JSON.stringify(body));
	};
	const server = createServer((incoming, response) => {
		handled.push(handle(incoming, response));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}/`;

	return {
		url,
		statuses,
		runs,
		async run(index = 0) {
			while (runs[index] === undefined) await new Promise<void>((resolve) => (onRun = resolve));
			return await runs[index].result;
		},
		async activate(options) {
			const workflow = await activateWorkflow({ ...options, webhookUrl: url });
			active.push(workflow);
			return workflow;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			// What is still under way would ask the emulator in the middle of the next test.
			await Promise.allSettled(handled);
			await Promise.allSettled(runs.map(async ({ result }) => await result));
		},
	};
}

/** A request as n8n's body parser leaves it. */
interface ParsedRequest extends WebhookRequest {
	url: string;
	isUnreadable: boolean;
}

async function answer({ isUnreadable, ...request }: ParsedRequest, active: ActiveWorkflow[]) {
	if (isUnreadable)
		return {
			httpStatus: 422,
			body: { code: 422, message: 'Failed to parse request body' },
			run: undefined,
		};
	const url = new URL(request.url);
	const [, endpoint, id = ''] = url.pathname.split('/');
	if (endpoint === 'webhook-waiting') {
		const { resumed, ...rest } = await receiveCallback(decodeURIComponent(id), request, url);
		return { ...rest, run: resumed };
	}
	const workflow = active.find(({ webhookUrl }) => url.pathname === new URL(webhookUrl).pathname);
	if (!workflow)
		return {
			httpStatus: 404,
			body: { code: 404, message: 'The requested webhook is not registered.' },
			run: undefined,
		};
	const { started, ...rest } = await workflow.receive(request);
	return { ...rest, run: started };
}

async function readRequest(incoming: IncomingMessage): Promise<ParsedRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
	const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
	return {
		url: `http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`,
		method: methods.find((method) => method === incoming.method),
		headers: Object.fromEntries(headers),
		...parseBody(Buffer.concat(chunks).toString(), incoming.headers['content-type']?.split(';')[0]),
	};
}

/** n8n parses what it knows by the content type; the body of anything else, or of nothing, is undefined. */
function parseBody(
	text: string,
	contentType: string | undefined,
): Pick<ParsedRequest, 'body' | 'isUnreadable'> {
	if (text !== '' && contentType === 'text/plain') return { body: text, isUnreadable: false };
	if (text === '' || contentType !== 'application/json')
		return { body: undefined, isUnreadable: false };
	try {
		return { body: JSON.parse(text), isUnreadable: false };
	} catch {
		return { body: undefined, isUnreadable: true };
	}
}

const methods = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'] as const;
