import { randomBytes } from 'node:crypto';
import type { Task, TaskError } from '../../tasks';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 26 lower-case letters and digits, as all that were seen. */
export function newPredictionId(): string {
	return [...randomBytes(26)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** Replicate docs, Data retention: input, output and logs are removed after an hour. */
const KEPT_MS = 3600 * 1000;

/**
 * A prediction as it is created, asked for and called back (Replicate docs, HTTP API reference,
 * predictions.get).
 */
export function predictionBody(task: Task): Record<string, unknown> {
	const { id, model, startedAt, endedAt } = task;
	const removed = endedAt !== undefined && Date.now() - endedAt > KEPT_MS;
	const status = statusOf(task);
	return {
		id,
		model,
		version: 'hidden',
		input: removed ? {} : task.request,
		output: task.state === 'completed' && !removed ? task.results : null,
		error: task.error === undefined ? null : proseOf(task.error, id),
		logs: '',
		status,
		created_at: dateOf(startedAt),
		started_at: status === 'starting' || status === 'aborted' ? null : dateOf(startedAt),
		completed_at: endedAt === undefined ? null : dateOf(endedAt),
		data_removed: removed,
		metrics: endedAt === undefined ? {} : metricsOf(endedAt - startedAt),
		urls: {
			get: `https://api.replicate.com/v1/predictions/${id}`,
			cancel: `https://api.replicate.com/v1/predictions/${id}/cancel`,
			web: `https://replicate.com/p/${id}`,
		},
	};
}

function dateOf(ms: number): string {
	return new Date(ms).toISOString();
}

function metricsOf(ms: number) {
	return { predict_time: ms / 1000, total_time: ms / 1000 };
}

/** Ended by its user, or by a deadline before it began: a fault can say so by this code. */
const ENDED_OTHERWISE = ['canceled', 'aborted'];

/** It waits for a machine at first (Replicate docs, Prediction lifecycle). */
function statusOf({ state, error, startedAt, durationMs }: Task): string {
	if (state === 'completed') return 'succeeded';
	if (state === 'failed')
		return error && ENDED_OTHERWISE.includes(error.code) ? error.code : 'failed';
	return Date.now() - startedAt <= durationMs / 10 ? 'starting' : 'processing';
}

/** Prose; a code of the model is part of it. */
function proseOf({ code, message }: TaskError, id: string): string | null {
	if (ENDED_OTHERWISE.includes(code)) return null;
	if (/^E\d+$/.test(code)) return `${message} (${code}) (${id.slice(0, 10)})`;
	return `Prediction failed: Async prediction failed: ModelError: ${message}`;
}
