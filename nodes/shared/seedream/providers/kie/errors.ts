import { z } from 'zod/v4';
import type { ErrorHint, SeedreamError } from '../../errors';
import type { HttpResponse } from '../../http';
import { asObject, lookUp } from '../../objects';
import { once } from '../../once';
import { errorFromResponse } from '../dialects/errorBody';
import { CORRECT, fixAndRunAgain, LATER, tryLater } from '../dialects/errorHints';
import { lenientCode, lenientText } from '../dialects/lenient';
import { KIE } from './task';

const bodySchema = once(() =>
	z.looseObject({ code: lenientCode(), msg: lenientText(), message: lenientText() }).catch({}),
);

const OTHER_MODEL = fixAndRunAgain('Choose another model: Kie.ai does not offer this one now.');

const BY_CODE: Readonly<Record<string, ErrorHint>> = {
	422: CORRECT,
	433: fixAndRunAgain("Raise this API key's own limit of credits at Kie.ai, or use another key."),
	505: OTHER_MODEL,
};

/** What a wrong field is told, which may come with code 500 (texts that users report). */
const WRONG_FIELD = /not within the range|cannot be empty|is required|text length/i;

/** What a refusal says of itself, and, for the file host, in whose name. */
export function parseRefusal(response: HttpResponse, name = KIE.name): SeedreamError {
	const { code, msg, message = msg } = bodySchema().parse(response.body);
	const said = { ...(code && { code: String(code) }), ...(message && { message }) };
	const error = errorFromResponse(
		{ id: KIE.id, name },
		response,
		(word) => (/model name/i.test(message ?? '') ? OTHER_MODEL : lookUp(BY_CODE, word)),
		said,
	);
	return response.status === 500 && WRONG_FIELD.test(message ?? '')
		? { ...error, ...CORRECT, billed: 'no' }
		: error;
}

const CONTENT =
	'Where the message speaks of content or of an image, change the prompt or the image; else run again later.';

/** The codes of tasks that failed say little: what was refused by moderation is told in words only. */
export function hintForTask(code: string | undefined): ErrorHint {
	if (code === undefined) return LATER;
	return code.startsWith('4') ? fixAndRunAgain(CONTENT) : tryLater(CONTENT);
}

/** Seconds of a window in which so many tasks may be made (Kie.ai docs, Getting Started). */
const WINDOW = '10';

/**
 * An answer with the status that its code stands for, as refusals come with HTTP 200; and without the
 * request, which is repeated in it with the callback URL.
 */
export function asMeant(response: HttpResponse): HttpResponse {
	const body = asObject(response.body);
	if (!body) return response;
	const { status, headers } = response;
	const data = asObject(body.data);
	if (status < 300 && (Number(body.code ?? 200) === 200 || data?.taskId)) {
		return data ? withoutParam(response, body, data) : response;
	}
	const meant = statusOf(status, body);
	return {
		...response,
		status: meant,
		...(meant === 429 && { headers: { 'retry-after': WINDOW, ...headers } }),
	};
}

/** There is no such task (recordInfo), no credit, or maintenance, which passes; else as the code says. */
function statusOf(status: number, { code, msg }: Record<string, unknown>): number {
	if (msg === 'recordInfo is null') return 404;
	const meant = status < 300 ? Number(code) : status;
	if (meant === 429 && /credits/i.test(String(msg))) return 402;
	if (meant === 455) return 503;
	return meant >= 300 && meant < 600 ? meant : 500;
}

function withoutParam(
	response: HttpResponse,
	body: Record<string, unknown>,
	{ param, ...data }: Record<string, unknown>,
): HttpResponse {
	if (param === undefined) return response;
	const shown = { ...body, data };
	return { ...response, body: shown, text: JSON.stringify(shown) };
}
