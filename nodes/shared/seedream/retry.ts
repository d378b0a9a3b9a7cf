import {
	MAX_RETRY_AFTER_MS,
	retryAfterMs,
	type Clock,
	type Http,
	type HttpResponse,
	type HttpRequest,
	type HttpResult,
} from './http';

/** How often and how far apart one kind of request is sent again. Pauses in ms. */
interface Policy {
	/** Tries in all. */
	tries: number;
	firstPauseMs: number;
	longestPauseMs: number;
}

/** Whether a refusal for being too many (429) may pass, or stands for a quota that is used up. */
type MayPass = (refused: HttpResponse) => boolean;

const PAID: Policy = { tries: 4, firstPauseMs: 1000, longestPauseMs: 15_000 };

/** Reading again costs nothing. */
const FREE: Policy = { tries: 5, firstPauseMs: 500, longestPauseMs: 8000 };

/**
 * A paid request goes out again only where it was provably not accepted: refused for being too
 * many (429), or never sent because there was no connection. Anything else may have been billed.
 * A pause that is asked for and too long to wait ends the try.
 */
function mayBeSentAgain(result: HttpResult, mayPass: MayPass, now: number): boolean {
	if (!isSurelyRefused(result)) return false;
	if (!('response' in result)) return true;
	const { response } = result;
	return mayPass(response) && (retryAfterMs(response, now) ?? 0) <= MAX_RETRY_AFTER_MS;
}

/** Whether a paid request was provably not accepted: one too many, or never sent. */
export function isSurelyRefused(result: HttpResult): boolean {
	return 'response' in result
		? result.response.status === 429
		: result.networkFailure.sent === 'no';
}

/** Whether a read that ended like this may well succeed a little later. */
export function isTransient(result: HttpResult): boolean {
	if (!('response' in result)) return true;
	const { status } = result.response;
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
	return await repeat(
		PAID,
		clock,
		async () => await http.send(request, timeoutMs),
		(result) => (mayBeSentAgain(result, mayPass, clock.now()) ? result : undefined),
	);
}

/** Sends a request that costs nothing, again and again while its failure may pass. */
export async function sendFree(
	http: Http,
	clock: Clock,
	request: HttpRequest,
	timeoutMs: number,
): Promise<HttpResult> {
	return await repeatFree(
		clock,
		async () => await http.send(request, timeoutMs),
		(result) => (isTransient(result) ? result : undefined),
	);
}

/**
 * Does something that costs nothing, again and again while it fails in a way that may pass.
 * `failureOf`: that failure; undefined where there is none.
 */
export async function repeatFree<Outcome>(
	clock: Clock,
	attempt: () => Promise<Outcome>,
	failureOf: (outcome: Outcome) => HttpResult | undefined,
): Promise<Outcome> {
	return await repeat(FREE, clock, attempt, failureOf);
}

async function repeat<Outcome>(
	policy: Policy,
	clock: Clock,
	attempt: () => Promise<Outcome>,
	failureOf: (outcome: Outcome) => HttpResult | undefined,
): Promise<Outcome> {
	for (let tried = 1; ; tried++) {
		const outcome = await attempt();
		const failed = failureOf(outcome);
		if (!failed || tried >= policy.tries) return outcome;
		await clock.sleep(pauseBefore(tried, policy, failed, clock.now()));
	}
}

/** Grows by two with each try; up to a quarter is taken off at random, so that callers spread out. */
function pauseBefore(tried: number, policy: Policy, result: HttpResult, now: number): number {
	const asked = 'response' in result ? retryAfterMs(result.response, now) : undefined;
	if (asked !== undefined && asked <= MAX_RETRY_AFTER_MS) return asked;
	const pause = Math.min(policy.firstPauseMs * 2 ** (tried - 1), policy.longestPauseMs);
	return pause * (1 - Math.random() / 4);
}
