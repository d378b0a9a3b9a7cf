import { createHash } from 'node:crypto';
import type { SeedreamError } from './errors';
import {
	noTasks,
	perhapsBilled,
	tooSoon,
	unanswered,
	unreached,
	unreadableReference,
	unreadTask,
} from './failures';
import {
	MOST_RETRY_AFTER,
	retryAfterMs,
	type Clock,
	type Http,
	type HttpAnswer,
	type HttpPlan,
	type HttpRequest,
	type HttpResult,
} from './http';
import { failure, success, type Outcome } from './result';
import type { Order, Provider, UploadPlan } from './providers/provider';
import { inspectImage, type BinaryReference, type ReferenceImage } from './references';
import { isPassing, sendFree, sendPaid } from './retry';
import type { ImageTask } from './task';
import type { CheckedRequest } from './validation/validate';

/** Milliseconds for a request that is answered at once. */
const SHORT_TIMEOUT = 60_000;

/** Milliseconds for sending one file. */
const UPLOAD_TIMEOUT = 120_000;

/** Bytes of an answer that cannot be read which an error carries along. */
const MOST_RESPONSE_BYTES = 64 * 1024;

/** A provider, where it is, and the ways to it. */
export interface Connection {
	provider: Provider;
	/** Without a slash at the end. */
	baseUrl: string;
	/** For providers with a file host. */
	uploadBaseUrl?: string;
	http: Http;
	clock: Clock;
}

/**
 * Puts the references where the provider can see them, in their order. Nothing is paid for.
 * Binary references become URLs at the file host, or data URIs.
 */
export async function sendReferences(
	connection: Connection,
	references: readonly ReferenceImage[],
): Promise<Outcome<string[]>> {
	const sent: string[] = [];
	for (const reference of references) {
		const outcome = await sendReference(connection, reference);
		if (!outcome.ok) return outcome;
		sent.push(outcome.value);
	}
	return success(sent);
}

async function sendReference(
	connection: Connection,
	reference: ReferenceImage,
): Promise<Outcome<string>> {
	if (reference.kind === 'url') return success(reference.url);
	const bytes = await readBytes(reference);
	if (!bytes) return failure(unreadableReference(connection.provider, reference));
	const { format } = reference.header ?? inspectImage(bytes) ?? { format: 'png' };
	const mimeType = `image/${format}`;
	const transport = connection.provider.referenceTransport;
	if (transport.kind === 'upload') {
		const hash = createHash('sha256').update(bytes).digest('hex');
		const name = `${hash.slice(0, 32)}.${format}`;
		return await upload(connection, transport.upload, reference, { name, mimeType, bytes });
	}
	return success(`data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}`);
}

/** Undefined when the stored file is gone since it was checked. */
async function readBytes(reference: BinaryReference): Promise<Uint8Array | undefined> {
	try {
		return await reference.read();
	} catch {
		return undefined;
	}
}

/** The name is made from the bytes: two files never overwrite each other, one file stays one. */
async function upload(
	connection: Connection,
	plan: UploadPlan,
	reference: BinaryReference,
	file: Parameters<UploadPlan['plan']>[0],
): Promise<Outcome<string>> {
	const { http, clock, provider } = connection;
	const baseUrl = connection.uploadBaseUrl ?? plan.baseUrl;
	const result = await sendFree(http, clock, locate(plan.plan(file), baseUrl), UPLOAD_TIMEOUT);
	const read = 'answer' in result ? plan.read(result.answer) : failure(unreached(provider, result.noAnswer));
	if (read.ok) return read;
	return failure({ ...read.error, message: `${reference.label}: ${read.error.message}` });
}

/**
 * Asks for images: the one request that costs money. `answerTimeoutMs` bounds the wait for the
 * answer, which takes as long as the images where the provider has no tasks. The error says in
 * `billed` whether the request may have been accepted.
 */
export async function create(
	connection: Connection,
	checked: CheckedRequest,
	references: string[],
	idempotencyKey: string,
	answerTimeoutMs: number,
): Promise<Outcome<ImageTask>> {
	const { provider, http, clock } = connection;
	const order = { ...checked, references, idempotencyKey };
	const located = createRequest(connection, order);
	const request = provider.tasks ? { ...located, outlivesStop: true } : located;
	const timeout = provider.tasks ? SHORT_TIMEOUT : answerTimeoutMs;
	const result = await sendPaid(http, clock, request, timeout, (refused) => provider.readError(refused).retryable);
	if ('noAnswer' in result) {
		const { noAnswer } = result;
		return failure(noAnswer.sent === 'no' ? unreached(provider, noAnswer) : unanswered(provider, noAnswer));
	}
	const { answer } = result;
	if (!isAccepted(answer)) return failure(refusal(connection, answer));
	const task = provider.readCreate(answer, order);
	if (task.ok) return success(withResponse({ model: checked.modelId, ...task.value }, answer));
	const { error } = task;
	const isPaid = error.billed !== 'no';
	return failure(perhapsBilled(provider, isPaid ? { ...error, response: shown(answer) } : error));
}

/** The paid request as it goes over the wire, but for the key. */
export function createRequest(
	{ provider, baseUrl }: Pick<Connection, 'provider' | 'baseUrl'>,
	order: Order,
): HttpRequest {
	const plan = provider.planCreate(order);
	const body = { ...plan.body, ...order.request.options.additionalFields };
	return locate({ ...plan, body }, baseUrl);
}

function refusal({ provider, clock }: Connection, answer: HttpAnswer): SeedreamError {
	const error = provider.readError(answer);
	const asked = retryAfterMs(answer, clock.now()) ?? 0;
	const isTooSoon = answer.status === 429 && error.retryable && asked > MOST_RETRY_AFTER;
	if (isTooSoon) return tooSoon(provider, error, asked);
	return perhapsBilled(provider, error);
}

function isAccepted({ status }: HttpAnswer): boolean {
	return status >= 200 && status < 300;
}

/** A task that is completed and has nothing to show keeps the answer, in which the images may stand. */
function withResponse(task: ImageTask, answer: HttpAnswer): ImageTask {
	const isEmpty = task.images.length === 0 && task.status === 'completed';
	return isEmpty ? { ...task, response: shown(answer) } : task;
}

/** The body as it came, as far as it goes into an error. */
function shown({ text }: HttpAnswer): string {
	return Buffer.from(text).subarray(0, MOST_RESPONSE_BYTES).toString();
}

/** What one reading of a task gave. `passing`: the task is untouched, and the next reading may succeed. */
export type Reading = { outcome: Outcome<ImageTask> } | { passing: HttpResult };

/** Reads a task once. `timeoutMs`: how long to wait for the answer. */
export async function readTaskOnce(
	connection: Connection,
	taskId: string,
	timeoutMs = SHORT_TIMEOUT,
): Promise<Reading> {
	const { provider, http } = connection;
	if (!provider.tasks) return { outcome: failure(noTasks(provider, taskId)) };
	const request = locate(provider.tasks.plan(taskId), connection.baseUrl);
	const result = await http.send(request, timeoutMs);
	if (isPassing(result) || isNoJson(result)) return { passing: result };
	return { outcome: outcomeOfReading(connection, taskId, result) };
}

/** A page in place of a task comes from something on the way, not from the provider. */
function isNoJson(result: HttpResult): boolean {
	return 'answer' in result && result.answer.status < 300 && result.answer.body === undefined;
}

/** Reads a task, again while the reading itself fails in a way that may pass. */
export async function readTask(
	connection: Connection,
	taskId: string,
): Promise<Outcome<ImageTask>> {
	const { provider, http, clock } = connection;
	if (!provider.tasks) return failure(noTasks(provider, taskId));
	const request = locate(provider.tasks.plan(taskId), connection.baseUrl);
	const result = await sendFree(http, clock, request, SHORT_TIMEOUT);
	return outcomeOfReading(connection, taskId, result);
}

function outcomeOfReading(
	{ provider }: Connection,
	taskId: string,
	result: HttpResult,
): Outcome<ImageTask> {
	if ('noAnswer' in result) {
		return failure(unreadTask(unreached(provider, result.noAnswer), taskId));
	}
	const { answer } = result;
	if (!isAccepted(answer) || !provider.tasks) {
		return failure(unreadTask(provider.readError(answer), taskId));
	}
	const task = provider.tasks.read(answer);
	return task.ok
		? success(withResponse(task.value, answer))
		: failure(unreadTask({ ...task.error, response: shown(answer) }, taskId));
}

function locate({ path, ...plan }: HttpPlan, baseUrl: string): HttpRequest {
	return { ...plan, url: `${baseUrl}${path}` };
}
