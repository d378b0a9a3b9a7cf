import { randomUUID } from 'node:crypto';
import { json } from '../../http';
import type { Reply } from '../../http';
import type { Task } from '../../tasks';

export function newTaskId(): string {
	return randomUUID().replaceAll('-', '');
}

/** What holds for all answers but callbacks and errors (WaveSpeedAI docs, REST API). */
export function envelope(data: unknown): Reply {
	return json(200, { code: 200, message: 'success', data });
}

/** The prediction (docs, Predictions API): at once, when asked for, and at its end. */
export function predictionOf(task: Task) {
	const took = task.state === 'open' ? 0 : task.durationMs;
	const outputs = task.results;
	return {
		id: task.id,
		model: task.model,
		status: statusOf(task),
		outputs,
		urls: { get: `https://api.wavespeed.ai/api/v3/predictions/${task.id}/result` },
		has_nsfw_contents: outputs.map(() => false),
		created_at: new Date(task.startedAt).toISOString().replace('Z', '112031Z'),
		error: '',
		executionTime: took,
		timings: { inference: took },
		...(task.error !== undefined && { code: codeOf(task.error), error: task.error.message }),
	};
}

/**
 * Ends that only the clients know of (wavespeed-cli, ai-sdk-provider), and no page. A fault that
 * fails a task with such a word as its code brings them about.
 */
const OTHER_ENDS = ['cancelled', 'timeout', 'deleted'];

/** Docs, Error Codes: "the task execution failed". */
const FAILED = 1405;

function codeOf({ code }: { readonly code: string }): number {
	return /^\d+$/.test(code) ? Number(code) : FAILED;
}

function statusOf({ state, error, startedAt, durationMs }: Task): string {
	if (state === 'completed') return 'completed';
	if (state === 'failed')
		return error !== undefined && OTHER_ENDS.includes(error.code) ? error.code : 'failed';
	return Date.now() - startedAt < durationMs / 10 ? 'created' : 'processing';
}
