import {
	noAnswerError,
	unreachableError,
	withBillingHint,
	withRetryAfterHint,
} from './commonErrors';
import { withAddress, type Connection } from './connection';
import type { SeedreamError } from './errors';
import {
	isAccepted,
	MAX_RETRY_AFTER_MS,
	retryAfterMs,
	shownBody,
	SHORT_TIMEOUT_MS,
	type HttpResponse,
	type NetworkFailure,
	type PlannedRequest,
} from './http';
import { asObject } from './objects';
import type { Provider, ResolvedRequest } from './providers/provider';
import { failure, success, type Result } from './result';
import { sendPaid } from './retry';
import { withResponse, type ImageTask } from './task';
import { writeRequest } from './writeRequest';

/**
 * Asks for images: the one request that costs money. `answerTimeoutMs` bounds the wait for the
 * answer, which takes as long as the images where the provider has no tasks. The error says in
 * `billed` whether the request may have been accepted.
 */
export async function createTask(
	connection: Connection,
	request: ResolvedRequest,
	idempotencyKey: string,
	answerTimeoutMs: number,
): Promise<Result<ImageTask>> {
	const { provider, http, clock } = connection;
	const written = await writeRequest(provider, createRequest(connection, request, idempotencyKey));
	if (!written.ok) return written;
	const timeoutMs = provider.tasks ? SHORT_TIMEOUT_MS : answerTimeoutMs;
	const mayPass = (refused: HttpResponse): boolean => provider.parseError(refused).retryable;
	const result = await sendPaid(http, clock, written.value, timeoutMs, mayPass);
	if ('networkFailure' in result) return failure(notDelivered(provider, result.networkFailure));
	const { response } = result;
	if (!isAccepted(response)) return failure(notAcceptedError(connection, response));
	const task = provider.parseResponse(response, request);
	if (task.ok) return success(withResponse({ model: request.modelId, ...task.value }, response));
	const { error } = task;
	const isPaid = error.billed !== 'no';
	return failure(
		withBillingHint(provider, isPaid ? { ...error, response: shownBody(response) } : error),
	);
}

function notDelivered(provider: Provider, networkFailure: NetworkFailure): SeedreamError {
	return networkFailure.sent === 'no'
		? unreachableError(provider, networkFailure)
		: noAnswerError(provider, networkFailure);
}

/** The paid request as it is asked for, but for the API key. */
export function createRequest(
	{ provider, baseUrl }: Pick<Connection, 'provider' | 'baseUrl'>,
	request: ResolvedRequest,
	idempotencyKey = '',
): PlannedRequest {
	const plan = provider.buildRequest(request);
	const { idempotencyHeader } = provider;
	return {
		...withAddress(plan, baseUrl),
		...(idempotencyHeader && { headers: { ...plan.headers, [idempotencyHeader]: idempotencyKey } }),
		body: withFields(plan.body, request.options.additionalFields),
		...(provider.tasks && { outlivesStop: true }),
	};
}

/** With more fields, those of an object among those of the same one: some providers have all of theirs in one. */
function withFields(
	body: Readonly<Record<string, unknown>> = {},
	fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const merged = Object.entries(fields).map(([name, value]) => {
		const inside = asObject(value) && asObject(body[name]);
		return [name, inside ? { ...inside, ...asObject(value) } : value] as const;
	});
	return { ...body, ...Object.fromEntries(merged) };
}

function notAcceptedError({ provider, clock }: Connection, response: HttpResponse): SeedreamError {
	const error = provider.parseError(response);
	const asked = retryAfterMs(response, clock.now()) ?? 0;
	const isTooSoon = response.status === 429 && error.retryable && asked > MAX_RETRY_AFTER_MS;
	if (isTooSoon) return withRetryAfterHint(provider, error, asked);
	return withBillingHint(provider, error);
}
