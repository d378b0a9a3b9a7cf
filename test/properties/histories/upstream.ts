import type { IncomingHttpHeaders } from 'node:http';
import type { Emulator } from '../../emulator';
import type { Create } from './creates';
import { API_KEY } from './secrets';

/** The emulator's answer. */
export interface Answer {
	status: number;
	text: string;
	body: unknown;
}

/** The way to the emulator. */
export class Upstream {
	private readonly origin: string;

	constructor(readonly emulator: Emulator) {
		this.origin = `http://127.0.0.1:${emulator.port}`;
	}

	async get(path: string): Promise<Answer> {
		return await this.ask(path, { headers: { authorization: `Bearer ${API_KEY}` } });
	}

	async post(path: string, body: Buffer, headers: IncomingHttpHeaders): Promise<Answer> {
		const { authorization = '' } = headers;
		return await this.ask(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization },
			body: new Uint8Array(body),
		});
	}

	/** The task as a query and a callback have it. */
	async taskOf({ taskId = '' }: Pick<Create, 'taskId'>): Promise<unknown> {
		return (await this.get(`/evolink/v1/tasks/${taskId}`)).body;
	}

	/** What a provider without tasks has accepted is paid for, and stays so. */
	async stateOf(create: Pick<Create, 'taskId'>): Promise<string> {
		if (create.taskId === undefined) return 'completed';
		return String(Object(await this.taskOf(create)).status);
	}

	private async ask(path: string, init: RequestInit): Promise<Answer> {
		const response = await fetch(this.origin + path, init);
		const text = await response.text();
		return { status: response.status, text, body: parsed(text) };
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
