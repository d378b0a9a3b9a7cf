import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod/v4';
import { begin, onWebhook, untilWaiting } from '../e2e/resume/flow';
import { rows } from '../e2e/scenario';
import type { Stage } from '../e2e/stage';
import { freePorts } from '../e2e/support/ports';
import { chain, type WorkflowNode } from '../e2e/support/workflow';

/** An execution that waits at the idle node. */
export interface IdleExecution {
	/** Calls to it are answered by the node, and change nothing. */
	url: string;
	stop(): Promise<void>;
}

/** Puts an execution with a row for each prompt to sleep at the idle node, and gives its resume URL. */
export async function takeResumeUrl(
	stage: Stage,
	prompts: readonly string[],
): Promise<IdleExecution> {
	const [port = 0] = await freePorts(1);
	let told = '';
	const listener = createServer((request, response) => {
		request.setEncoding('utf8').on('data', (part: string) => (told += part));
		request.once('end', () => response.end('{}'));
	}).listen(port, '127.0.0.1');
	await once(listener, 'listening');
	try {
		const idle: WorkflowNode = {
			name: 'Idle',
			type: 'n8n-nodes-idle.idle',
			typeVersion: 1,
			parameters: { call: `http://127.0.0.1:${port}/` },
		};
		const table = prompts.map((prompt, row) => ({ prompt, row }));
		const definition = chain('Idle', [onWebhook(randomUUID()), ...rows(table), idle]);
		const started = await begin(stage, definition);
		await untilWaiting(stage, started);
		const { url } = z.object({ url: z.string() }).parse(JSON.parse(told));
		return { url, stop: async () => await stage.rest.stopExecution(started.id) };
	} finally {
		listener.closeAllConnections();
		listener.close();
	}
}
