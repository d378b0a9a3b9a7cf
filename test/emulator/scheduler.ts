import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Waiting and background work, both cut off when the emulator stops. */
export class Scheduler {
	private readonly controller = new AbortController();
	private readonly background = new Set<Promise<void>>();

	constructor() {
		// Every open task waits for it, and there may be many.
		setMaxListeners(0, this.stopping);
	}

	get stopping(): AbortSignal {
		return this.controller.signal;
	}

	/** Rejects when the emulator stops; `wake` only cuts the time short. */
	async sleep(ms: number, wake?: AbortSignal): Promise<void> {
		if (ms <= 0) return;
		try {
			await delay(ms, undefined, {
				signal: wake ? AbortSignal.any([this.stopping, wake]) : this.stopping,
			});
		} catch (error) {
			if (this.stopping.aborted || !wake?.aborted) throw error;
		}
	}

	/** Until the emulator stops. */
	async sleepForever(): Promise<never> {
		for (;;) await this.sleep(2 ** 30);
	}

	/** Work that nobody waits for; it may be cut off when the emulator stops. */
	inBackground(work: Promise<void>): void {
		const ended = work
			.catch((error: unknown) => {
				if (!this.stopping.aborted) console.error('emulator:', error);
			})
			.finally(() => this.background.delete(ended));
		this.background.add(ended);
	}

	/**
	 * Until no task is being worked on and no callback is on its way. Tasks that never end are not
	 * waited for.
	 */
	async settled(): Promise<void> {
		while (this.background.size > 0) await Promise.all(this.background);
	}

	stop(): void {
		this.controller.abort();
	}
}
