import { json } from '../../http';
import type { Reply } from '../../http';
import type { EmulatorState } from '../../state';
import type { Task } from '../../tasks';
import { failureReply } from './errors';
import { appOf } from './facts';

/** The request in the queue (fal docs, Queue API): what is known of it wherever it is told of. */
export function headOf(state: EmulatorState, { id, model }: Task): Record<string, unknown> {
	const url = `${state.origin()}/fal/${appOf(model)}/requests/${id}`;
	return {
		request_id: id,
		response_url: url,
		status_url: `${url}/status`,
		cancel_url: `${url}/cancel`,
	};
}

/**
 * Where a request stands: 202 while it waits or runs, 200 when it is over, be it well or not. What
 * became of it is told by the result.
 */
export function statusReply(state: EmulatorState, task: Task, withLogs: boolean): Reply {
	const head = headOf(state, task);
	if (task.state === 'open')
		return hasBegun(task)
			? json(202, { status: 'IN_PROGRESS', ...head, logs: withLogs ? [] : null })
			: json(202, { status: 'IN_QUEUE', ...head, queue_position: 0 });
	const metrics = { inference_time: task.durationMs / 1000 };
	return json(200, { status: 'COMPLETED', ...head, logs: null, metrics, ...outcomeOf(task) });
}

/** May stand in a status that is over; here where fal itself failed, and not where the model did. */
function outcomeOf({ id, error }: Task): Record<string, unknown> {
	if (error === undefined) return {};
	const type = failureReply(id, error).headers?.['x-fal-error-type'];
	return type === undefined ? {} : { error: error.message, error_type: type };
}

function hasBegun({ startedAt, durationMs }: Task): boolean {
	return Date.now() - startedAt >= durationMs / 10;
}

/** What was made, or why nothing was. */
export function resultReply(task: Task): Reply {
	if (task.state === 'open') return notYet();
	if (task.state === 'failed')
		return failureReply(task.id, task.error ?? { code: 'internal_error', message: 'Failed' });
	return json(200, task.resultData?.[0] ?? { images: [] }, {
		'x-fal-request-id': task.id,
		'x-fal-billable-units': String(task.results.length),
	});
}

export function notYet(): Reply {
	return json(400, { detail: 'Request is still in progress' });
}

/**
 * The body of a webhook (fal docs, Webhooks), which is that of no other answer. Before the end there
 * is no webhook: one that comes all the same has nothing to show.
 */
export function webhookBody(task: Task): Record<string, unknown> {
	const head = { request_id: task.id, gateway_request_id: task.id };
	if (task.state === 'open')
		return { ...head, status: 'OK', payload: null, payload_error: 'Not JSON serializable' };
	const result = resultReply(task);
	const payload = result.is === 'json' ? result.json : null;
	return task.state === 'completed'
		? { ...head, status: 'OK', payload }
		: { ...head, status: 'ERROR', error: `Invalid status code: ${result.status}`, payload };
}
