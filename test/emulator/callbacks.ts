import { connect } from 'node:net';
import type { Effects } from './faults';
import type { Scheduler } from './scheduler';
import { isPrivateHost } from './urls';

/** One attempt to deliver a callback. */
export interface CallbackDelivery {
	readonly taskId: string;
	readonly url: string;
	readonly attempt: number;
	readonly at: number;
	readonly body: unknown;
	status?: number;
	error?: string;
	/** From sending it until its answer was read, or it was given up. */
	ms?: number;
}

/** The end of a task on its way to who asked for it. */
interface Callback {
	readonly taskId: string;
	readonly url: string;
	/** Read when it is sent. */
	body(): unknown;
	/** The provider's own pauses. */
	readonly retryMs?: readonly number[] | undefined;
}

/** EvoLink docs, image-series/seedream, `callback_url`. */
const TIMEOUT_MS = 10_000;
const RETRY_MS = [1000, 2000, 4000];

/**
 * Delivers callbacks: any 2xx is a delivery, anything else is tried again after each of the delays.
 * No signature, no header.
 */
export class Callbacks {
	readonly deliveries: CallbackDelivery[] = [];
	private generation = 0;

	constructor(
		private readonly scheduler: Scheduler,
		/** In place of all pauses, whoever calls. */
		private readonly retryMs?: readonly number[],
	) {}

	/** Reports the end of a task, with what the faults make of it. */
	async report(callback: Callback, effects: Effects): Promise<void> {
		if (effects.noCallback) return;
		const generation = this.generation;
		if (effects.slow !== undefined) await this.scheduler.sleep(effects.slow);
		const { taskId, url } = callback;
		const content = effects.body === undefined ? callback.body : () => effects.body;
		const retryMs = this.retryMs ?? callback.retryMs ?? RETRY_MS;
		for (let copy = 0; copy <= (effects.duplicateCallback ?? 0); copy += 1) {
			await this.deliver({ taskId, url, body: content() }, retryMs, effects, generation);
		}
	}

	clear(): void {
		this.generation += 1;
		this.deliveries.length = 0;
	}

	private async deliver(
		callback: Pick<CallbackDelivery, 'taskId' | 'url' | 'body'>,
		retryMs: readonly number[],
		effects: Effects,
		generation: number,
	): Promise<void> {
		for (let attempt = 1; attempt <= retryMs.length + 1; attempt += 1) {
			if (this.generation !== generation) return;
			const delivery: CallbackDelivery = { ...callback, attempt, at: Date.now() };
			this.deliveries.push(delivery);
			if (await this.post(delivery, effects)) return;
			const delay = retryMs[attempt - 1];
			if (delay !== undefined) await this.scheduler.sleep(delay);
		}
	}

	private async post(delivery: CallbackDelivery, effects: Effects): Promise<boolean> {
		const url = new URL(delivery.url);
		if (!isPrivateHost(url)) {
			delivery.error = 'not sent: the emulator calls private hosts only';
			return true;
		}
		if (effects.reset === 'before' || effects.hang !== undefined) {
			delivery.error = 'cut before anything was sent';
			return await this.connectAndSendNothing(url, effects.hang ?? 0);
		}
		const sentAt = performance.now();
		const patience = this.startPatience();
		try {
			const response = await fetch(delivery.url, {
				method: 'POST',
				...contentOf(delivery.body, effects),
				redirect: 'manual',
				signal: patience.signal,
			});
			await response.arrayBuffer();
			if (effects.reset === 'after') throw new Error('cut before the answer was heard');
			delivery.status = response.status;
			return response.ok;
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
			return false;
		} finally {
			patience.end();
			delivery.ms = Math.round(performance.now() - sentAt);
		}
	}

	/**
	 * By hand, because Node.js 20 may throw away what `AbortSignal.any` and `AbortSignal.timeout`
	 * make, while it is still waited for.
	 */
	private startPatience(): { signal: AbortSignal; end(): void } {
		const controller = new AbortController();
		const giveUp = () => controller.abort(new Error('no answer in time'));
		const timer = setTimeout(giveUp, TIMEOUT_MS);
		const { stopping } = this.scheduler;
		if (stopping.aborted) giveUp();
		stopping.addEventListener('abort', giveUp);
		return {
			signal: controller.signal,
			end: () => {
				clearTimeout(timer);
				stopping.removeEventListener('abort', giveUp);
			},
		};
	}

	/** A connection over which nothing comes. */
	private async connectAndSendNothing(url: URL, ms: number): Promise<false> {
		const socket = connect(Number(url.port), url.hostname).on('error', () => undefined);
		await this.scheduler.sleep(ms);
		socket.destroy();
		return false;
	}
}

function contentOf(
	content: unknown,
	{ truncate, notJson }: Effects,
): { body: string; headers: Record<string, string> } {
	if (notJson) return { body: '<html></html>', headers: { 'content-type': 'text/html' } };
	const body = JSON.stringify(content);
	return {
		body: truncate ? body.slice(0, body.length / 2) : body,
		headers: { 'content-type': 'application/json' },
	};
}
