import { unreadableResponseError } from '../../commonErrors';
import { isAccepted, requestIdOf, type HttpResponse } from '../../http';
import { asObject, propertyOf } from '../../objects';
import { failure, success, type Result } from '../../result';
import { parseStatus, type ImageTask, type TaskStatus, type TaskWithId } from '../../task';
import { parseBothLists } from '../dialects/imageList';
import type { ReadPlan, ResolvedRequest, TaskPlan } from '../provider';
import { readError } from './errors';

export const NAMES = { id: 'fal', name: 'fal' };

/** Status and result stand under the first two parts of the model's ID and no more (fal docs, Queue API). */
export function scopeOf(modelId: string): string {
	return modelId.split('/').slice(0, 2).join('.');
}

/** Up to its first dot the owner, behind its last one the request, between them the application. */
const TASK_ID = /^[\w-]+(\.[\w-]+)+$/;

function read(taskId: string, ...parts: string[]): ReadPlan {
	const [owner = '', ...rest] = taskId.split('.');
	const id = rest.pop() ?? '';
	const whole = [owner, rest.join('.'), 'requests', id, ...parts].filter(Boolean);
	return { method: 'GET', path: `/${whole.map(encodeURIComponent).join('/')}` };
}

function textIn(body: unknown, field: string): string | undefined {
	const text = propertyOf(body, field);
	return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Reads the answer to a request that stands in the queue now, whatever is wrong with its input. */
export function parseQueued(
	response: HttpResponse,
	{ modelId }: Pick<ResolvedRequest, 'modelId'>,
): Result<ImageTask> {
	const requestId = textIn(response.body, 'request_id');
	const status = textIn(response.body, 'status') ?? 'in_queue';
	if (!requestId) return failure(unreadableResponseError(NAMES, response));
	return success({
		...taskOf(parseStatus(status), response),
		id: `${scopeOf(modelId)}.${requestId}`,
	});
}

/** A request that has failed is COMPLETED like any other: the result tells. */
function parseState(response: HttpResponse): Result<ImageTask> {
	const status = textIn(response.body, 'status');
	return status
		? success(taskOf(parseStatus(status), response))
		: failure(unreadableResponseError(NAMES, response));
}

function taskOf(status: TaskStatus, response?: HttpResponse): ImageTask {
	const requestId = response && requestIdOf(response);
	return {
		provider: NAMES.id,
		status,
		images: [],
		failedImages: [],
		...(requestId && { requestId }),
	};
}

/** The images, or how the task has failed: by the status that the model gave, and no gateway (fal docs, Request Error Types). */
function parseResult(response: HttpResponse): ImageTask | undefined {
	const { status, headers, body } = response;
	if (isAccepted(response)) {
		const made = imagesIn(body);
		const units = Number(headers['x-fal-billable-units'] ?? NaN);
		const usage = units >= 0 && { usage: { billable_units: units } };
		return made && { ...taskOf('completed', response), ...made, ...usage };
	}
	const isEnd = status === 400 || status === 422 || status === 499 || status >= 500;
	if (!isEnd || !isOfTask(response)) return undefined;
	// The status may be ahead of the result by a moment.
	const { code, message = '' } = readError(body);
	if (!code && /in progress/i.test(message)) return taskOf('processing', response);
	return { ...taskOf('failed', response), ...failed(status, body) };
}

/** By fal's own headers, or the form of a model's errors. A few words with a 5xx may be anybody's. */
function isOfTask({ status, headers, body }: HttpResponse): boolean {
	const { detail, error_type: type } = asObject(body) ?? {};
	return (
		'x-fal-request-id' in headers ||
		'x-fal-error-type' in headers ||
		typeof type === 'string' ||
		Array.isArray(detail) ||
		(status < 500 && detail !== undefined)
	);
}

/** What it costs: nothing where it was no fault of the input; else the time that was spent may count (fal docs, FAQ). */
function failed(status: number, body: unknown): Pick<ImageTask, 'status' | 'problem' | 'billed'> {
	const { code, message = 'fal gives no reason' } = readError(body);
	return {
		status: code === 'client_cancelled' ? 'cancelled' : 'failed',
		problem: { message, ...(code && { code }) },
		billed: status >= 500 ? 'no' : 'unknown',
	};
}

/** `layers` says what each image is; `images` holds the links of the same ones. Undefined where there is neither. */
function imagesIn(body: unknown): Pick<ImageTask, 'images' | 'failedImages'> | undefined {
	const { images, layers } = asObject(body) ?? {};
	const described = Array.isArray(layers) ? layers.map(withLink) : undefined;
	return Array.isArray(images) || described ? parseBothLists(images, described) : undefined;
}

/** A layer with the link of its image in place of the image. */
function withLink(layer: unknown): unknown {
	const { image, ...rest } = asObject(layer) ?? {};
	return image === undefined ? layer : { ...rest, url: asObject(image)?.url };
}

/** fal docs, Webhooks: the result, or none where it could not be written. Owner and app are not in it. */
function parseReport(body: unknown, scope: string | undefined): TaskWithId | undefined {
	const { status, payload, error } = asObject(body) ?? {};
	const requestId = textIn(body, 'request_id');
	if (!requestId || scope === undefined) return undefined;
	const id = `${scope}.${requestId}`;
	if (status === 'OK') return { ...taskOf('completed'), ...imagesIn(payload), id };
	if (status !== 'ERROR') return undefined;
	const code = /\d{3}$/.exec(String(error))?.[0];
	return { ...taskOf('failed'), ...failed(Number(code), payload), id };
}

export const TASKS: TaskPlan = {
	idProblem: (taskId) =>
		TASK_ID.test(taskId)
			? undefined
			: `"${taskId}" is not a task ID of fal: here they look like bytedance.seedream.<request ID>`,
	buildRequest: (taskId) => read(taskId, 'status'),
	parseResponse: parseState,
	result: { buildRequest: (taskId) => read(taskId), parseResponse: parseResult },
	callbackUrls: { isHttpsOnly: false },
	parseReport,
	scopeOf,
};
