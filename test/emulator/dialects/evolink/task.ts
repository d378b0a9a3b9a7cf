import { randomUUID } from 'node:crypto';
import { CREDITS_PER_IMAGE, round } from '../../accounts';
import type { Task } from '../../tasks';
import { LAYER_MODELS } from './layers';

export const TASK_ID_PREFIX = 'task-unified-';

export function newTaskId(): string {
	return `${TASK_ID_PREFIX}${Math.floor(Date.now() / 1000)}-${randomUUID().slice(0, 8)}`;
}

/** Only layers are said to be billed by the image (EvoLink docs, the pages of the `-layerize` models). */
export function billingRuleOf(model: string): string {
	return model in LAYER_MODELS ? 'per_image' : 'per_call';
}

/** The fields that every answer about a task begins with. */
export function headOf({ id, model, startedAt }: Task) {
	return {
		created: Math.floor(startedAt / 1000),
		id,
		model,
		object: 'image.generation.task',
		type: 'image',
	};
}

/**
 * A task as /v1/tasks/{id} and the callback show it (EvoLink docs,
 * task-management/get-task-detail).
 */
export function taskBody(task: Task): Record<string, unknown> {
	const body = { ...headOf(task), ...progressOf(task), task_info: { can_cancel: false } };
	if (task.state === 'failed') return { ...body, error: { ...task.error, type: 'task_error' } };
	if (task.state === 'open') return body;
	const used = round(task.results.length * CREDITS_PER_IMAGE);
	return {
		...body,
		results: task.results,
		...(task.resultData !== undefined && { result_data: task.resultData }),
		usage: { billing_rule: billingRuleOf(task.model), credits_used: used, user_group: 'default' },
	};
}

/** How far an open task is: pending at first, then a growing percentage. */
function progressOf(task: Task): { status: string; progress: number } {
	if (task.state === 'completed') return { status: 'completed', progress: 100 };
	if (task.state === 'failed') return { status: 'failed', progress: 0 };
	const part = task.durationMs === 0 ? 0.99 : (Date.now() - task.startedAt) / task.durationMs;
	return part < 0.1
		? { status: 'pending', progress: 0 }
		: { status: 'processing', progress: Math.min(99, Math.floor(part * 100)) };
}
