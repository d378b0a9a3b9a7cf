import { setTimeout as delay } from 'node:timers/promises';
import {
	findExecution,
	resumeByDeadline,
	startRetry,
	startRun,
	type RunHandle,
	type RunOptions,
	type RunResult,
} from '../../engine/support';
import { SeedreamApi } from '../../../credentials/SeedreamApi.credentials';
import { callback } from './callbacks';
import type { History, Part } from './history';
import type { Interrupt, Scene, Setup, Step } from './scene';
import { API_KEY } from './secrets';
import type { Stage } from './stage';
import { inputItems, NODE_TYPE, watched, workflowOf } from './workflow';

/** No run may take longer, in real milliseconds. */
const MOST_MS = 30_000;

/** Plays one history. */
export class Player {
	private setup: Setup;
	private last: Part | undefined;
	private readonly history: History;

	constructor(
		private readonly stage: Stage,
		private readonly scene: Scene,
	) {
		this.setup = scene.setup;
		const creates = stage.witness.begin(scene);
		this.history = {
			scene,
			parts: [],
			creates,
			failed: new Set(),
			story: [],
			breaches: [],
			saved: '',
			lastStatus: '',
		};
	}

	async play(): Promise<History> {
		const { scene, history, stage } = this;
		stage.log.lines.length = 0;
		await this.run('first', () => startRun(this.options()), scene.interrupt);
		for (const step of scene.steps) {
			if (history.breaches.length === 0) await this.take(step);
		}
		await stage.witness.isIdle();
		const record = findExecution(this.last?.execution ?? '');
		const failed = new Set<string>();
		for (const create of history.creates) {
			if (create.taskId !== undefined && (await stage.witness.hasFailed(create)))
				failed.add(create.taskId);
		}
		return { ...history, failed, saved: record?.saved ?? '', lastStatus: record?.status ?? '' };
	}

	private options(): RunOptions {
		const { provider } = this.setup;
		const { witness, log } = this.stage;
		return {
			workflow: workflowOf(this.setup),
			nodeTypes: { [NODE_TYPE]: watched(log) },
			credentialTypes: [new SeedreamApi()],
			credentials: {
				seedreamApi: { provider, apiKey: API_KEY, baseUrl: witness.baseUrl(provider) },
			},
			items: inputItems(this.scene.items),
		};
	}

	private async take(step: Step): Promise<void> {
		const { last } = this;
		if (!last) return;
		const isWaiting = last.status === 'waiting';
		switch (step.do) {
			case 'wait':
				return await delay(30);
			case 'lose':
				return isWaiting ? this.lose(last, step.as) : undefined;
			case 'deadline':
				if (isWaiting) await this.end(last.execution, 'deadline', resumeByDeadline(last.result));
				return;
			case 'retry':
				return isWaiting || last.status === 'success' ? undefined : await this.retry(last, step);
			case 'callback': {
				if (!isWaiting) return;
				const resumed = await callback(this.stage.witness, this.history, last, step);
				if (resumed) await this.run('callback', () => resumed, step.interrupt);
			}
		}
	}

	private lose(part: Part, as: 'crashed' | 'canceled'): void {
		const record = findExecution(part.execution);
		if (record) record.status = as;
		part.status = as;
		this.history.story.push(`execution ${part.execution} is ${as} while it waits`);
	}

	private async retry(
		part: Part,
		{ edit, interrupt }: Extract<Step, { do: 'retry' }>,
	): Promise<void> {
		this.setup = { ...this.setup, ...edit };
		const changed = edit && { workflow: workflowOf(this.setup) };
		this.history.story.push(
			`a person retries ${part.execution}${edit ? ` with ${JSON.stringify(edit)}` : ''}`,
		);
		await this.run('retry', () => startRetry(part.result, changed), interrupt);
	}

	private async run(
		how: string,
		start: () => RunHandle,
		interrupt: Interrupt | undefined,
	): Promise<void> {
		const { witness } = this.stage;
		const before = witness.creates.length;
		let kept: string | undefined;
		let requests = 0;
		witness.isStopped = false;
		// The first request comes some turns of the event loop later.
		const handle = start();
		witness.execution = handle.executionId;
		witness.onRequest = () => {
			requests += 1;
			if (!interrupt || requests !== interrupt.at) return;
			this.history.story.push(interrupt.how === 'stop' ? 'Stop is clicked' : 'n8n is killed');
			if (interrupt.how === 'stop') {
				witness.isStopped = true;
				handle.cancel();
			} else {
				witness.isGone = true;
				kept = findExecution(handle.executionId)?.saved;
			}
		};
		await this.end(handle.executionId, how, handle.result);
		// What was on its way when it was stopped is still its own.
		if (witness.isStopped) await witness.isIdle();
		witness.onRequest = () => undefined;
		if (witness.isGone && kept !== undefined) this.forget(before, kept);
	}

	/** What n8n had not stored when it was killed is gone. */
	private forget(firstForgotten: number, kept: string): void {
		const { witness } = this.stage;
		const record = findExecution(this.last?.execution ?? '');
		if (!record || !this.last) return;
		[record.saved, record.status] = [kept, 'crashed'];
		[this.last.status, this.last.isLost] = ['crashed', true];
		for (const create of witness.creates.slice(firstForgotten)) create.isForgotten = true;
		witness.isGone = false;
	}

	private async end(execution: string, how: string, result: Promise<RunResult>): Promise<void> {
		const { log } = this.stage;
		const [began, runs] = [log.lines.length, log.runs];
		const ended = await Promise.race([result, delay(MOST_MS, undefined, { ref: false })]);
		if (!ended) {
			this.history.breaches.push(`A run (${how}) did not end within ${MOST_MS} ms`);
			this.stage.witness.isGone = true;
			return;
		}
		const status = findExecution(execution)?.status ?? ended.status;
		this.last = {
			execution,
			how,
			setup: this.setup,
			result: ended,
			status,
			isLost: false,
			hasRun: log.runs > runs,
			log: log.lines.slice(began),
		};
		this.history.parts.push(this.last);
		this.history.story.push(
			`${how}: execution ${execution} is ${status}${ended.error ? ` (${ended.error.message})` : ''}`,
		);
	}
}
