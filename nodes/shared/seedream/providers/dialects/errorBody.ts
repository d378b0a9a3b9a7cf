import { z } from 'zod/v4';
import type { ErrorHint, SeedreamError } from '../../errors';
import { requestIdOf, type HttpResponse } from '../../http';
import { parseJson } from '../../objects';
import { once } from '../../once';
import type { Provider } from '../provider';
import { billedForStatus, describeStatus, hintForStatus } from './errorHints';
import { lenientCode, lenientText } from './lenient';

const reasonSchema = once(() =>
	z.looseObject({
		code: lenientCode(),
		reason: lenientText(),
		message: lenientText(),
		request_id: lenientText(),
	}),
);

const bodySchema = once(() =>
	z.union([
		z.looseObject({ error: reasonSchema() }).transform((body) => body.error),
		z.looseObject({ error: z.string() }).transform((body) => ({ message: body.error })),
		reasonSchema(),
	]),
);

/** What the body of a refusal says. */
export interface ErrorBody {
	code?: string;
	message?: string;
	requestId?: string;
}

/** Reads `{error: {code, message}}`, `{code, reason, message}` and their relatives. A `reason` is a better code than a number. */
export function parseErrorBody(body: unknown): ErrorBody {
	const parsed = bodySchema().safeParse(body).data;
	if (!parsed) return {};
	const code =
		('reason' in parsed && parsed.reason) || ('code' in parsed ? parsed.code : undefined);
	const requestId = 'request_id' in parsed ? parsed.request_id : undefined;
	return {
		...(code !== undefined && { code: String(code) }),
		...(parsed.message && { message: parsed.message }),
		...(requestId && { requestId }),
	};
}

/** The same body, and, where its message is itself such a body, as relays pass it on, what that says. */
export function parseRelayedErrorBody(body: unknown): ErrorBody {
	const outer = parseErrorBody(body);
	if (!outer.message?.startsWith('{')) return outer;
	return { ...outer, ...parseRelayedErrorBody(parseJson(outer.message)) };
}

/** The error for a refusal, with the provider's own words and this package's hint. `said`: what its body says. */
export function errorFromResponse(
	{ id, name }: Pick<Provider, 'id' | 'name'>,
	response: HttpResponse,
	hintFor: (code: string | undefined, message?: string) => ErrorHint | undefined,
	said: ErrorBody = parseRelayedErrorBody(response.body),
): SeedreamError {
	const { code, message, requestId = requestIdOf(response) } = said;
	return {
		message: `${describeStatus(name, response.status)}: ${message ?? 'no reason given'}`,
		...(hintFor(code, message) ?? hintForStatus(response.status)),
		...(code && { code }),
		...(requestId && { requestId }),
		httpStatus: response.status,
		provider: id,
		billed: billedForStatus(response.status),
	};
}
