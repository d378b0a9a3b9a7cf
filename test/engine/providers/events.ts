import type { ServerResponse } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { expect } from 'vitest';
import type { Emulator } from '../../emulator';
import { SYNCHRONOUS_DIALECTS } from '../../providers';
import { startOtherServer } from '../otherServer';
import { credentialsFor, runSeedream, type SeedreamRun } from '../seedream';
import type { RunResult } from '../support';

export const STREAM = { stream: true };

/** The providers that can send a set image by image. */
export const STREAMING = SYNCHRONOUS_DIALECTS.flatMap(({ synchronous, ...fixture }) =>
	synchronous.streamed ? [{ ...fixture, ...synchronous, streamed: synchronous.streamed }] : [],
);

/** Runs what asks for a stream and must succeed. */
export async function stream(
	emulator: Emulator,
	parameters: INodeParameters,
	run: SeedreamRun,
): Promise<RunResult> {
	const options = { ...STREAM, ...run.options };
	const result = await runSeedream(emulator, parameters, { ...run, options });
	expect(result.error).toBeUndefined();
	return result;
}

export type Send = (response: ServerResponse) => void | Promise<void>;

export function event(type: string, data: Record<string, unknown>): string {
	return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

export function succeeded(index: number): string {
	const url = `https://example.com/${index}.png`;
	return event('image_generation.partial_succeeded', {
		model: 'm',
		created: 1757396757,
		image_index: index,
		url,
		size: '2048x2048',
	});
}

export const USAGE = { generated_images: 2, output_tokens: 1, total_tokens: 1 };
export const COMPLETED = event('image_generation.completed', {
	model: 'm',
	created: 1757396757,
	usage: USAGE,
});
export const DONE = 'data: [DONE]\n\n';
export const TROUBLE = {
	code: 'InternalServiceError',
	message: 'The service encountered an unexpected internal error.',
};

/** A provider that answers with these events, which the emulator has no way to send. */
export async function withEvents<T>(
	emulator: Emulator,
	provider: string,
	send: Send,
	use: (run: SeedreamRun) => Promise<T>,
): Promise<{ value: T; requests: number }> {
	const server = await startOtherServer((_, response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		void send(response);
	});
	const credentials = { ...credentialsFor(emulator, { provider }), baseUrl: server.url };
	try {
		const value = await use({ provider, credentials, options: STREAM });
		return { value, requests: server.requests.length };
	} finally {
		await server.stop();
	}
}
