import { z } from 'zod/v4';
import type { SeedreamError } from '../../errors';
import type { HttpAnswer } from '../../http';
import { parseJson } from '../../json';
import { adviceForStatus, billedForStatus, refusalOf, requestIdOf, type Advice } from './errorHints';
import type { ProviderId } from '../provider';

const reasonSchema = z.looseObject({
	code: z.union([z.string(), z.number()]).optional().catch(undefined),
	reason: z.string().optional().catch(undefined),
	message: z.string().optional().catch(undefined),
	request_id: z.string().optional().catch(undefined),
});

const bodySchema = z.union([
	z.looseObject({ error: reasonSchema }).transform((body) => body.error),
	z.looseObject({ error: z.string() }).transform((body) => ({ message: body.error })),
	reasonSchema,
]);

/** What the body of a refusal says. */
export interface ErrorBody {
	code?: string;
	message?: string;
	requestId?: string;
}

/**
 * Reads `{error: {code, message}}`, `{code, reason, message}` and their relatives. A `reason` is
 * a better code than a number. A message that is itself such a body, as relays send it, is read.
 */
export function readErrorBody(body: unknown): ErrorBody {
	const parsed = bodySchema.safeParse(body).data;
	if (!parsed) return {};
	const inner = parsed.message?.startsWith('{') ? readErrorBody(parseJson(parsed.message)) : {};
	const code = ('reason' in parsed && parsed.reason) || ('code' in parsed ? parsed.code : undefined);
	const requestId = 'request_id' in parsed ? parsed.request_id : undefined;
	return {
		...(code !== undefined && { code: String(code) }),
		...(parsed.message && { message: parsed.message }),
		...(requestId && { requestId }),
		...inner,
	};
}

/** The error for a refusal, with the provider's own words and this package's advice. */
export function refusal(
	provider: ProviderId,
	name: string,
	answer: HttpAnswer,
	adviceFor: (code: string | undefined, message?: string) => Advice | undefined,
): SeedreamError {
	const { code, message, requestId = requestIdOf(answer) } = readErrorBody(answer.body);
	return {
		message: `${refusalOf(name, answer.status)}: ${message ?? 'no reason given'}`,
		...(adviceFor(code, message) ?? adviceForStatus(answer.status)),
		...(code && { code }),
		...(requestId && { requestId }),
		httpStatus: answer.status,
		provider,
		billed: billedForStatus(answer.status),
	};
}
