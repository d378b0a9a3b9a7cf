import {
	MOST_RETRY_AFTER,
	retryAfterMs,
	type Clock,
	type Http,
	type HttpAnswer,
	type HttpRequest,
	type HttpResult,
} from './http';

/** How often and how far apart one kind of request is sent again. Pauses in ms. */
interface Policy {
	/** Tries in all. */
	tries: number;
	firstPause: number;
	longestPause: number;
	mayRepeat: (result: HttpResult, now: number) => boolean;
}

/** Whether a refusal for being too many (429) may pass, or stands for a quota that is used up. */
type MayPass = (refused: HttpAnswer) => boolean;

/**
 * A paid request goes out again only where it was provably not accepted: refused for being too
 * many (429), or never sent because there was no connection. Anything else may have been billed.
 * A pause that is asked for and too long to wait ends the try.
 */
const paid = (mayPass: MayPass): Policy => ({
	tries: 4,
	firstPause: 1000,
	longestPause: 15_000,
	mayRepeat: (result, now) =>
		'answer' in result
			? result.answer.status === 429 &&
				mayPass(result.answer) &&
				(retryAfterMs(result.answer, now) ?? 0) <= MOST_RETRY_AFTER
			: result.noAnswer.sent === 'no',
});

/** Reading again costs nothing. */
const FREE: Policy = {
	tries: 5,
	firstPause: 500,
	longestPause: 8000,
	mayRepeat: isPassing,
};

/** Whether a read that ended like this may well succeed a little later. */
export function isPassing(result: HttpResult): boolean {
	if (!('answer' in result)) return true;
	const { status } = result.answer;
	return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Sends a request that costs money, in such a way that it is never accepted twice. */
export async function sendPaid(
	http: Http,
	clock: Clock,
	request: HttpRequest,
	timeoutMs: number,
	mayPass: MayPass,
): Promise<HttpResult> {
	return await sendByPolicy(paid(mayPass), clock, async () => await http.send(request, timeoutMs));
}

/** Sends a request that costs nothing, again and again while its failure may pass. */
export async function sendFree(
	http: Http,
	clock: Clock,
	request: HttpRequest,
	timeoutMs: number,
): Promise<HttpResult> {
	return await sendByPolicy(FREE, clock, async () => await http.send(request, timeoutMs));
}

async function sendByPolicy(
	policy: Policy,
	clock: Clock,
	send: () => Promise<HttpResult>,
): Promise<HttpResult> {
	for (let tried = 1; ; tried++) {
		const result = await send();
		if (tried >= policy.tries || !policy.mayRepeat(result, clock.now())) return result;
		await clock.sleep(pauseBefore(tried, policy, result, clock.now()));
	}
}

/** Grows by two with each try; up to a quarter is taken off at random, so that callers spread out. */
function pauseBefore(tried: number, policy: Policy, result: HttpResult, now: number): number {
	const asked = 'answer' in result ? retryAfterMs(result.answer, now) : undefined;
	if (asked !== undefined && asked <= MOST_RETRY_AFTER) return asked;
	const pause = Math.min(policy.firstPause * 2 ** (tried - 1), policy.longestPause);
	return pause * (1 - Math.random() / 4);
}
