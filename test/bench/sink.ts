import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../e2e/support/ports';

/** A request for an image as it arrived: how long it was, its JSON without the files, and a hash of each file. */
export interface Received {
	readonly bytes: number;
	readonly json: string;
	readonly hashes: readonly string[];
}

/** A stand-in for ModelArk that holds nothing of what it is sent, so that it can be sent anything. */
export interface Sink {
	readonly baseUrl: string;
	readonly received: Received[];
	close(): Promise<void>;
}

/** Time for the memory to be looked at while the request is still held. */
const ANSWER_MS = 3000;

/** Starts a sink that answers each request for an image with one link. */
export async function startSink(imageUrl: string): Promise<Sink> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			received.push(await receive(request));
			await pause(ANSWER_MS);
			const usage = { generated_images: 1, output_tokens: 4096, total_tokens: 4096 };
			const data = [{ url: imageUrl, size: '1024x1024' }];
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(JSON.stringify({ model: 'seedream-4-0-250828', created: 1, data, usage }));
		})().catch(() => response.destroy());
	});
	const [port = 0] = await freePorts(1);
	await once(server.listen(port, '127.0.0.1'), 'listening');
	return {
		baseUrl: `http://127.0.0.1:${port}/api/v3`,
		received,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

async function receive(request: IncomingMessage): Promise<Received> {
	const reader = new BodyReader();
	let bytes = 0;
	request.setEncoding('latin1');
	for await (const part of request) {
		const text = String(part);
		bytes += text.length;
		reader.read(text);
	}
	return { bytes, json: reader.json, hashes: reader.hashes };
}

const MARK = ';base64,';

/** Takes a body in parts, and keeps of each data URI only the hash of its file. */
export class BodyReader {
	json = '';
	readonly hashes: string[] = [];
	private file: FileHash | undefined;
	/** Where in `json` a further mark may begin. */
	private searched = 0;

	read(text: string): void {
		if (this.file === undefined) this.readJson(text);
		else this.readFile(this.file, text);
	}

	private readJson(text: string): void {
		// The mark may have come in two parts.
		const from = Math.max(this.searched, this.json.length - MARK.length);
		this.json += text;
		const at = this.json.indexOf(MARK, from);
		if (at < 0) return;
		this.searched = at + MARK.length;
		const file = this.json.slice(this.searched);
		this.json = this.json.slice(0, this.searched);
		this.file = new FileHash();
		this.readFile(this.file, file);
	}

	private readFile(file: FileHash, text: string): void {
		const end = text.indexOf('"');
		file.add(end < 0 ? text : text.slice(0, end));
		if (end < 0) return;
		this.hashes.push(file.digest());
		this.file = undefined;
		this.readJson(text.slice(end));
	}
}

/** The SHA-256 of what base64 stands for, that comes in parts of any length. */
class FileHash {
	private readonly hash: Hash = createHash('sha256');
	private rest = '';

	add(base64: string): void {
		const text = this.rest + base64;
		const whole = text.length - (text.length % 4);
		this.hash.update(Buffer.from(text.slice(0, whole), 'base64'));
		this.rest = text.slice(whole);
	}

	digest(): string {
		return this.hash.digest('hex');
	}
}
