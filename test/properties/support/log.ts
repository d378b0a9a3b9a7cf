import type { Logger } from 'n8n-workflow';
import { vi } from 'vitest';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** What is written to n8n's log. */
export class LogBook {
	readonly lines: string[] = [];
	/** How often the node was run. */
	runs = 0;
	private readonly heard = new Set<Logger>();

	/** Writes down all that is said to this logger from now on. */
	listen(logger: Logger): void {
		if (this.heard.has(logger)) return;
		this.heard.add(logger);
		for (const level of LEVELS) {
			vi.spyOn(logger, level).mockImplementation((message, meta) => {
				this.lines.push(`${level}: ${message} ${JSON.stringify(meta ?? {})}`);
			});
		}
	}

	stop(): void {
		for (const logger of this.heard) {
			for (const level of LEVELS) vi.mocked(logger[level]).mockRestore();
		}
		this.heard.clear();
	}
}
