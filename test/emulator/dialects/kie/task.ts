import { randomInt } from 'node:crypto';
import { CREDITS_PER_IMAGE, round } from '../../accounts';
import type { Task } from '../../tasks';

/** `task_seedream_1765166238716`, named by who the model is filed under. */
export function newTaskId(model: string): string {
	const drawn = String(randomInt(10_000_000)).padStart(7, '0');
	return `task_${model.split('/')[0]}_${Date.now()}${drawn}`;
}

/** A task as recordInfo shows it (Kie.ai docs, market/common/get-task-detail); times in ms. */
export function taskData(task: Task): Readonly<Record<string, unknown>> {
	return {
		taskId: task.id,
		model: task.model,
		param: JSON.stringify(task.request),
		createTime: task.startedAt,
		updateTime: task.endedAt ?? Date.now(),
		...stateOf(task),
	};
}

/** What is not known yet is empty, null or not there; the whole price stands there at once. */
function stateOf(task: Task): Readonly<Record<string, unknown>> {
	if (task.state === 'open') return openState(task);
	const end = {
		costTime: (task.endedAt ?? task.startedAt) - task.startedAt,
		completeTime: task.endedAt,
		creditsConsumed: creditsOf(task),
	};
	if (task.state === 'failed') {
		const { code, message } = task.error ?? { code: '', message: '' };
		return { state: 'fail', resultJson: null, failCode: code, failMsg: message, ...end };
	}
	const resultJson = JSON.stringify(resultOf(task));
	return { state: 'success', resultJson, failCode: '', failMsg: '', ...end };
}

function openState({ startedAt, durationMs, limit }: Task): Readonly<Record<string, unknown>> {
	const part = durationMs === 0 ? 1 : (Date.now() - startedAt) / durationMs;
	if (part < 0.1) return { state: 'waiting', resultJson: '', failCode: '', failMsg: '' };
	if (part < 0.2) return { state: 'queuing', failCode: null, failMsg: null };
	return generating({ limit });
}

/** A task that is being worked on, however long it has been. */
export function generating({ limit }: Pick<Task, 'limit'>): Readonly<Record<string, unknown>> {
	return {
		state: 'generating',
		resultJson: null,
		failCode: null,
		failMsg: null,
		costTime: null,
		completeTime: null,
		creditsConsumed: round(limit * CREDITS_PER_IMAGE),
	};
}

function resultOf({ results: resultUrls, resultData }: Task): Readonly<Record<string, unknown>> {
	return resultData === undefined
		? { resultUrls }
		: { resultObject: { layers_data: resultData }, resultUrls };
}

function creditsOf({ results }: Task): number {
	return round(results.length * CREDITS_PER_IMAGE);
}

/**
 * What a callback carries (Kie.ai docs, the callback of market/seedream/5-pro-text-to-image): the
 * answer of a query, but the time that it took is in seconds, and the price has two names.
 */
export function callbackBody(task: Task): Readonly<Record<string, unknown>> {
	const data = taskData(task);
	if (task.state === 'open') return { code: 200, msg: 'success', data };
	const costTime = Math.round(((task.endedAt ?? task.startedAt) - task.startedAt) / 1000);
	const told = { ...data, costTime, consumeCredits: creditsOf(task) };
	return task.state === 'failed'
		? { code: 501, msg: 'Playground task failed.', data: told }
		: { code: 200, msg: 'Playground task completed successfully.', data: told };
}
