import { randomUUID } from 'node:crypto';
import type { Effects } from './faults';
import { Refusal } from './trouble';
import type { Trouble } from './trouble';
import type { World } from './world';

export interface TaskError {
	readonly code: string;
	readonly message: string;
}

/** A task of EvoLink. Credits for `limit` images are held until it ends. */
export interface Task {
	readonly id: string;
	readonly key: string;
	readonly model: string;
	readonly limit: number;
	readonly begunAt: number;
	readonly lastsMs: number;
	state: 'open' | 'completed' | 'failed';
	results: readonly string[];
	error?: TaskError;
}

export interface TaskOrder {
	readonly key: string;
	readonly model: string;
	readonly limit: number;
	readonly callbackUrl: string | undefined;
	/** Faults of the task itself, and of its callback. */
	readonly effects: Effects;
	readonly callbackEffects: Effects;
	/** Makes the images and gives their links; throws a Refusal where they cannot be made. */
	work(): Promise<readonly string[]>;
	/** How a Refusal is told in a task. */
	errorOf(trouble: Trouble): TaskError;
	/** The task as the provider shows it, for its callback. */
	show(task: Task): unknown;
}

export class Tasks {
	private readonly tasks = new Map<string, Task>();
	private hurry = new AbortController();

	constructor(private readonly world: World) {}

	begin(order: TaskOrder): Task {
		const task: Task = {
			id: newId(),
			key: order.key,
			model: order.model,
			limit: order.limit,
			begunAt: Date.now(),
			lastsMs: this.world.settings.taskMs,
			state: 'open',
			results: [],
		};
		this.tasks.set(task.id, task);
		this.world.inBackground(this.run(task, order));
		return task;
	}

	find(id: string): Task | undefined {
		return this.tasks.get(id);
	}

	/** A failed task costs nothing. */
	fail(task: Task, error: TaskError): void {
		if (this.isForgotten(task) || task.state !== 'open') return;
		task.state = 'failed';
		task.error = error;
		this.world.accounts.giveBack(task.key, task.limit);
	}

	/** Ends the work on all that is open now, however long it should still last. */
	finish(): void {
		this.hurry.abort();
		this.hurry = new AbortController();
	}

	clear(): void {
		this.tasks.clear();
		this.finish();
	}

	private async run(task: Task, order: TaskOrder): Promise<void> {
		const { effects, callbackEffects, callbackUrl } = order;
		const report = async (how: Effects) => {
			if (callbackUrl !== undefined)
				await this.world.callbacks.report(task.id, callbackUrl, () => order.show(task), how);
		};
		if (callbackEffects.earlyCallback) this.world.inBackground(report({}));
		if (effects.neverEnds) return;
		await this.world.sleep(task.lastsMs, this.hurry.signal);
		await this.end(task, order);
		if (this.isForgotten(task)) return;
		await report(callbackEffects);
	}

	private async end(task: Task, order: TaskOrder): Promise<void> {
		if (this.isForgotten(task)) return;
		if (order.effects.failTask !== undefined) return this.fail(task, order.effects.failTask);
		try {
			this.complete(task, await order.work());
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			this.fail(task, order.errorOf(error.trouble));
		}
	}

	/** The bill is made by the images made, not by the limit that was held. */
	private complete(task: Task, results: readonly string[]): void {
		if (this.isForgotten(task) || task.state !== 'open') return;
		task.state = 'completed';
		task.results = results;
		this.world.accounts.giveBack(task.key, task.limit - results.length);
		this.world.countImages(results.length);
	}

	/** After a reset nothing of the old tasks may reach the new accounts. */
	private isForgotten(task: Task): boolean {
		return this.tasks.get(task.id) !== task;
	}
}

/** How far an open task is: pending at first, then a growing percentage. */
export function progressOf(task: Task): { status: string; progress: number } {
	if (task.state === 'completed') return { status: 'completed', progress: 100 };
	if (task.state === 'failed') return { status: 'failed', progress: 0 };
	const part = task.lastsMs === 0 ? 0.99 : (Date.now() - task.begunAt) / task.lastsMs;
	return part < 0.1
		? { status: 'pending', progress: 0 }
		: { status: 'processing', progress: Math.min(99, Math.floor(part * 100)) };
}

function newId(): string {
	return `task-unified-${Math.floor(Date.now() / 1000)}-${randomUUID().slice(0, 8)}`;
}
