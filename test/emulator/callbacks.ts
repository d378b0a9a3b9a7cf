import type { Effects } from './faults';
import { isPrivateHost } from './http';

/** One attempt to deliver a callback. */
export interface CallbackDelivery {
	readonly taskId: string;
	readonly url: string;
	readonly attempt: number;
	readonly at: number;
	readonly body: unknown;
	status?: number;
	error?: string;
}

/** EvoLink docs, image-series/seedream, `callback_url`. */
const TIMEOUT_MS = 10_000;
const RETRY_MS = [1000, 2000, 4000];

interface Postman {
	readonly stopping: AbortSignal;
	sleep(ms: number): Promise<void>;
}

/** Delivers callbacks: any 2xx is a delivery, anything else is tried again after each of the delays. No signature, no header. */
export class Callbacks {
	readonly deliveries: CallbackDelivery[] = [];
	private generation = 0;

	constructor(
		private readonly postman: Postman,
		private readonly retryMs: readonly number[] = RETRY_MS,
	) {}

	/** Reports the end of a task, with what the faults make of it. The body is read when it is sent. */
	async report(taskId: string, url: string, body: () => unknown, effects: Effects): Promise<void> {
		if (effects.noCallback) return;
		const generation = this.generation;
		if (effects.slow !== undefined) await this.postman.sleep(effects.slow);
		const content = effects.body === undefined ? body : () => effects.body;
		for (let copy = 0; copy <= (effects.duplicateCallback ?? 0); copy += 1) {
			await this.deliver(taskId, url, content(), generation);
		}
	}

	clear(): void {
		this.generation += 1;
		this.deliveries.length = 0;
	}

	private async deliver(taskId: string, url: string, body: unknown, generation: number): Promise<void> {
		for (let attempt = 1; attempt <= this.retryMs.length + 1; attempt += 1) {
			if (this.generation !== generation) return;
			const delivery: CallbackDelivery = { taskId, url, attempt, at: Date.now(), body };
			this.deliveries.push(delivery);
			if (await this.post(delivery)) return;
			const delay = this.retryMs[attempt - 1];
			if (delay !== undefined) await this.postman.sleep(delay);
		}
	}

	private async post(delivery: CallbackDelivery): Promise<boolean> {
		if (!isPrivateHost(new URL(delivery.url))) {
			delivery.error = 'not sent: the emulator calls private hosts only';
			return true;
		}
		try {
			const response = await fetch(delivery.url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(delivery.body),
				redirect: 'manual',
				signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.postman.stopping]),
			});
			delivery.status = response.status;
			await response.arrayBuffer();
			return response.ok;
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
			return false;
		}
	}
}
