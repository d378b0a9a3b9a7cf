import type { Accounts } from './accounts';
import { ApiRefusal } from './apiError';
import type { ApiError } from './apiError';
import type { Callbacks } from './callbacks';
import type { Effects } from './faults';
import type { Scheduler } from './scheduler';

export interface TaskError {
	readonly code: string;
	readonly message: string;
	/** Everything that is wrong, as the provider describes it, where it says more than that. */
	readonly details?: readonly unknown[];
}

/** What a task has made. */
export interface TaskImages {
	readonly links: readonly string[];
	/** What is told of them beside their links, where anything is. */
	readonly data?: readonly unknown[];
}

/**
 * A task that is made, asked for and called back. Credits for `limit` images are held until it
 * ends.
 */
export interface Task {
	readonly id: string;
	readonly key: string;
	readonly model: string;
	readonly limit: number;
	/** What was asked for, where the provider tells it with the task. */
	readonly request?: unknown;
	readonly startedAt: number;
	readonly durationMs: number;
	endedAt?: number;
	state: 'open' | 'completed' | 'failed';
	results: readonly string[];
	resultData?: TaskImages['data'];
	error?: TaskError;
}

export interface TaskSpec {
	readonly id: string;
	readonly key: string;
	readonly model: string;
	readonly limit: number;
	/** Whether all that was held is paid, however many images come. */
	readonly paidAsAsked?: boolean;
	/** What was asked for, where the provider tells it with the task. */
	readonly request?: unknown;
	readonly durationMs: number;
	readonly callbackUrl: string | undefined;
	/** The provider's pauses before it calls again, where they are known. */
	readonly callbackRetryMs?: readonly number[];
	/** Faults of the task itself, and of its callback. */
	readonly effects: Effects;
	readonly callbackEffects: Effects;
	/** Makes the images; throws a ApiRefusal where they cannot be made. */
	makeImages(): Promise<TaskImages>;
	/** A ApiRefusal as the error of a task. */
	formatError(error: ApiError): TaskError;
	/** The task as the provider describes it: the body of its callback. */
	bodyOf(task: Task): unknown;
}

/** What tasks need of the emulator's state. */
interface TaskContext {
	readonly scheduler: Scheduler;
	readonly accounts: Accounts;
	readonly callbacks: Callbacks;
	countImages(count: number): void;
}

export class Tasks {
	private readonly tasks = new Map<string, Task>();
	private finishing = new Finishing();

	constructor(private readonly context: TaskContext) {}

	start(spec: TaskSpec): Task {
		const task: Task = {
			id: spec.id,
			key: spec.key,
			model: spec.model,
			limit: spec.limit,
			request: spec.request,
			startedAt: Date.now(),
			durationMs: spec.durationMs,
			state: 'open',
			results: [],
		};
		this.tasks.set(task.id, task);
		this.context.scheduler.inBackground(this.run(task, spec));
		return task;
	}

	find(id: string): Task | undefined {
		return this.tasks.get(id);
	}

	/** A failed task costs nothing. */
	fail(task: Task, error: TaskError): void {
		if (this.isForgotten(task) || task.state !== 'open') return;
		task.state = 'failed';
		task.endedAt = Date.now();
		task.error = error;
		this.context.accounts.refund(task.key, task.limit);
	}

	/** Ends all that is open now, however long it should still last: at once, or evenly over some time. */
	finish(withinMs = 0): void {
		const open = [...this.tasks.values()].filter(({ state }) => state === 'open');
		const { finishing } = this;
		this.finishing = new Finishing();
		finishing.begin(withinMs / Math.max(1, open.length));
	}

	clear(): void {
		this.tasks.clear();
		this.finish();
	}

	private async run(task: Task, spec: TaskSpec): Promise<void> {
		const { effects, callbackEffects, callbackUrl: url, callbackRetryMs: retryMs } = spec;
		const report = async (how: Effects) => {
			if (url === undefined) return;
			const callback = { taskId: task.id, url, retryMs, body: () => spec.bodyOf(task) };
			await this.context.callbacks.report(callback, how);
		};
		if (callbackEffects.earlyCallback) this.context.scheduler.inBackground(report({}));
		if (effects.neverEnds) return;
		const { finishing } = this;
		await this.context.scheduler.sleep(task.durationMs, finishing.signal);
		await this.context.scheduler.sleep(finishing.nextTurn());
		await this.end(task, spec);
		if (this.isForgotten(task)) return;
		await report(callbackEffects);
	}

	private async end(task: Task, spec: TaskSpec): Promise<void> {
		if (this.isForgotten(task) || task.state !== 'open') return;
		if (spec.effects.failTask !== undefined) return this.fail(task, spec.effects.failTask);
		try {
			this.complete(task, await spec.makeImages(), spec);
		} catch (error) {
			if (!(error instanceof ApiRefusal)) throw error;
			this.fail(task, spec.formatError(error.apiError));
		}
	}

	/** The bill is made by the images made, or by the limit that was held. */
	private complete(
		task: Task,
		{ links, data }: TaskImages,
		{ paidAsAsked = false }: Pick<TaskSpec, 'paidAsAsked'>,
	): void {
		if (this.isForgotten(task) || task.state !== 'open') return;
		task.state = 'completed';
		task.endedAt = Date.now();
		task.results = links;
		task.resultData = data;
		if (!paidAsAsked) this.context.accounts.refund(task.key, task.limit - links.length);
		this.context.countImages(links.length);
	}

	/** After a reset nothing of the old tasks may reach the new accounts. */
	private isForgotten(task: Task): boolean {
		return this.tasks.get(task.id) !== task;
	}
}

/** The order to end before the time, which the tasks that get it follow one after the other. */
class Finishing {
	private readonly controller = new AbortController();
	private pauseMs = 0;
	private turns = 0;

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	begin(pauseMs: number): void {
		this.pauseMs = pauseMs;
		this.controller.abort();
	}

	/** How long the next task waits for its turn; not at all where its time came before the order. */
	nextTurn(): number {
		return this.signal.aborted ? this.pauseMs * this.turns++ : 0;
	}
}
