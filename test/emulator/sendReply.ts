import type { ServerResponse } from 'node:http';
import type { Effects } from './faults';
import type { EventsReply, Reply } from './http';
import type { EmulatorState } from './state';

const PIECES = 10;

/** Sends a reply the way the faults want it sent. */
export async function sendReply(
	state: EmulatorState,
	response: ServerResponse,
	reply: Reply,
	effects: Effects,
): Promise<void> {
	if (effects.hang !== undefined) await state.hang(response.req.socket, effects.hang);
	if (response.destroyed) return;
	if (reply.is === 'events') return await sendEvents(state, response, reply, effects);
	const bytes = reply.is === 'json' ? Buffer.from(JSON.stringify(reply.json)) : reply.bytes;
	const type = reply.is === 'json' ? 'application/json' : reply.type;
	response.writeHead(reply.status, {
		'content-type': type,
		'content-length': bytes.length,
		...reply.headers,
	});
	if (effects.truncate)
		return await sendPart(response, bytes.subarray(0, Math.floor(bytes.length / 2)));
	if (effects.slow !== undefined) return await sendSlowly(state, response, bytes, effects.slow);
	response.end(bytes);
}

/** A stream has no length to fall short of: cut off, it ends after its first event. */
async function sendEvents(
	state: EmulatorState,
	response: ServerResponse,
	reply: EventsReply,
	{ truncate, slow }: Effects,
): Promise<void> {
	response.writeHead(reply.status, {
		'content-type': 'text/event-stream',
		'cache-control': 'no-cache',
		...reply.headers,
	});
	for await (const part of reply.parts) {
		if (truncate) return await sendPart(response, Buffer.from(part));
		response.write(part);
		await state.scheduler.sleep((slow ?? 0) / PIECES);
	}
	response.end();
}

async function sendPart(response: ServerResponse, bytes: Buffer): Promise<void> {
	await new Promise<void>((resolve) => response.write(bytes, () => resolve()));
	response.destroy();
}

async function sendSlowly(
	state: EmulatorState,
	response: ServerResponse,
	bytes: Buffer,
	ms: number,
): Promise<void> {
	const size = Math.ceil(bytes.length / PIECES);
	for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
		response.write(bytes.subarray(at, at + size));
		await state.scheduler.sleep(ms / PIECES);
	}
	response.end();
}
