import type { ServerResponse } from 'node:http';

/** What the node gets to see. */
export class Reply {
	constructor(private readonly response: ServerResponse) {}

	/** Whether the node has hung up before it saw the whole answer. */
	get isUnheard(): boolean {
		return this.response.destroyed && !this.response.writableFinished;
	}

	text(status: number, text: string, headers: Record<string, string> = {}): void {
		if (this.response.destroyed) return;
		this.response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
	}

	json(status: number, body: unknown, headers: Record<string, string> = {}): void {
		this.text(status, JSON.stringify(body), headers);
	}

	/** The connection ends without an answer. */
	cut(): void {
		this.response.socket?.resetAndDestroy();
	}

	/** The connection ends within the answer. */
	half(text: string): void {
		if (this.response.destroyed) return;
		this.response.writeHead(200, {
			'content-type': 'application/json',
			'content-length': text.length,
		});
		this.response.write(text.slice(0, text.length / 2), () => this.response.destroy());
	}
}

export const PAGE = '<!DOCTYPE html><html><body>Please wait</body></html>';
