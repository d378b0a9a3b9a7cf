import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import { requestIdOf, type HttpResponse } from '../../http';
import { asObject } from '../../objects';
import { once } from '../../once';
import { failure, success, type Result } from '../../result';
import { lifetime, parseStatus, type ImageTask, type TaskWithId } from '../../task';
import { parseImageList } from '../dialects/imageList';
import { lenientCode, lenientText } from '../dialects/lenient';
import { NAMES } from './errors';

/** Hours after which a prediction is deleted with its files (WaveSpeedAI docs, Predictions API). */
const LINK_HOURS = 7 * 24;

const predictionSchema = once(() =>
	z.looseObject({
		id: z.string().min(1),
		status: lenientText(),
		model: lenientText(),
		outputs: z.unknown(),
		urls: z.looseObject({ get: lenientText() }).optional().catch(undefined),
		created_at: lenientText(),
		code: lenientCode(),
		error: lenientText(),
	}),
);

/** A prediction, in the envelope of an answer or bare, as a callback has it (docs, How to Use Webhooks). */
function read(body: unknown): TaskWithId | undefined {
	const parsed = predictionSchema().safeParse(asObject(body)?.data ?? body).data;
	if (!parsed) return undefined;
	const { code, error, model, created_at: createdAt = '' } = parsed;
	const status = parseStatus(parsed.status ?? '');
	return {
		id: wholeId(parsed.id, parsed.urls?.get),
		provider: NAMES.id,
		status,
		...parseImageList(parsed.outputs),
		...lifetime(Date.parse(createdAt), LINK_HOURS),
		...(model && { model }),
		...((error || code) && { problem: problemOf(error, code) }),
		// What failed is refunded (docs, Troubleshooting), what was cancelled in part at the most.
		...(status === 'cancelled' && { billed: 'unknown' }),
	};
}

/** A code of 0 stands for no error (docs, Error Codes). */
function problemOf(error?: string, code?: string | number): ImageTask['problem'] {
	return {
		message: error || 'WaveSpeedAI gives no reason',
		...(code && { code: String(code) }),
	};
}

/** The callback in the docs has an ID that is cut short, and the whole of it in `urls.get`. */
function wholeId(id: string, link = ''): string {
	const [, whole = ''] = /\/predictions\/([^/?]+)/.exec(link) ?? [];
	return whole.startsWith(id) ? whole : id;
}

/** Reads a task as the create request and the query give it. */
export function parseTask(response: HttpResponse): Result<ImageTask> {
	const task = read(response.body);
	const requestId = requestIdOf(response);
	return task
		? success({ ...task, ...(requestId && { requestId }) })
		: failure(unreadableResponseError(NAMES, response));
}

/** What is called back says how the task stands; an answer to a request may say less. */
export function parseReport(body: unknown): TaskWithId | undefined {
	return typeof asObject(body)?.status === 'string' ? read(body) : undefined;
}
