import { describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResult } from '../../../../nodes/shared/seedream/http';
import { sendFree, sendPaid } from '../../../../nodes/shared/seedream/retry';
import {
	FakeClock,
	NEVER_CONNECTED,
	RESET,
	START,
	TIMED_OUT,
	always,
	answered,
	scripted,
	type FakeHttp,
} from '../../support';

const BODY = { prompt: 'a lake' };
const REQUEST: HttpRequest = {
	method: 'POST',
	url: 'https://api.test/x',
	body: Buffer.from(JSON.stringify(BODY)),
};
const TIMEOUT = 1234;

type Send = typeof sendPaid;

async function run(send: Send, makeHttp: (clock: FakeClock) => FakeHttp) {
	const clock = new FakeClock();
	const http = makeHttp(clock);
	const result = await send(http, clock, REQUEST, TIMEOUT, () => true);
	return { clock, http, result };
}

const runAlways = async (send: Send, ending: HttpResult) =>
	await run(send, (clock) => always(clock, ending));

/** Each pause lies between three quarters of its bound and the bound. */
function expectPauses(pauses: readonly number[], bounds: readonly number[]): void {
	expect(pauses).toHaveLength(bounds.length);
	bounds.forEach((bound, index) => {
		expect(pauses[index]).toBeGreaterThanOrEqual(bound * 0.75);
		expect(pauses[index]).toBeLessThanOrEqual(bound);
	});
}

const REFUSALS = [400, 401, 402, 403, 404, 409, 410, 413, 422];
const TROUBLE = [500, 501, 502, 503, 504, 524];

describe('a paid request', () => {
	const provablyNotAccepted: Array<[string, HttpResult]> = [
		['429', answered(429)],
		['no connection', NEVER_CONNECTED],
	];
	it.each(provablyNotAccepted)('is sent four times in all after %s', async (_, ending) => {
		const { http, clock, result } = await runAlways(sendPaid, ending);
		expect(http.sent).toHaveLength(4);
		expect(result).toBe(ending);
		expectPauses(clock.pauses, [1000, 2000, 4000]);
	});

	const maybeAccepted: Array<[string, HttpResult]> = [
		...[302, 408, 425, ...REFUSALS, ...TROUBLE].map((status): [string, HttpResult] => [
			`HTTP ${status}`,
			answered(status, undefined, { 'retry-after': '1' }),
		]),
		['a reset', RESET],
		['a time-out', TIMED_OUT],
		['an ending without a code', { networkFailure: { sent: 'maybe', message: '?' } }],
	];
	it.each(maybeAccepted)('is never sent again after %s', async (_, ending) => {
		const { http, clock, result } = await runAlways(sendPaid, ending);
		expect(http.sent).toHaveLength(1);
		expect(clock.pauses).toEqual([]);
		expect(result).toBe(ending);
	});

	it.each([
		['a reset', RESET],
		['HTTP 500', answered(500)],
	])('is not sent a third time when %s follows a 429', async (_, ending) => {
		const { http, result } = await run(sendPaid, (clock) =>
			scripted(clock, [answered(429), ending]),
		);
		expect(http.sent).toHaveLength(2);
		expect(result).toBe(ending);
	});

	it('ends with the first answer that accepts it', async () => {
		const accepted = answered(200, { id: 'x' });
		const { http, result } = await run(sendPaid, (clock) =>
			scripted(clock, [NEVER_CONNECTED, answered(429), accepted]),
		);
		expect(http.sent).toHaveLength(3);
		expect(result).toBe(accepted);
	});

	it('is the same request with the same time-out each time', async () => {
		const { http } = await runAlways(sendPaid, answered(429));
		for (const { request, timeoutMs } of http.sent) {
			expect(request).toEqual({ ...REQUEST, body: BODY });
			expect(timeoutMs).toBe(TIMEOUT);
		}
	});
});

describe('a free request', () => {
	const passing: Array<[string, HttpResult]> = [
		...[408, 425, 429, ...TROUBLE].map((status): [string, HttpResult] => [
			`HTTP ${status}`,
			answered(status),
		]),
		['no connection', NEVER_CONNECTED],
		['a reset', RESET],
		['a time-out', TIMED_OUT],
	];
	it.each(passing)('is sent five times in all after %s', async (_, ending) => {
		const { http, clock, result } = await runAlways(sendFree, ending);
		expect(http.sent).toHaveLength(5);
		expect(result).toBe(ending);
		expectPauses(clock.pauses, [500, 1000, 2000, 4000]);
	});

	it.each(REFUSALS)('is not sent again after HTTP %d', async (status) => {
		const { http } = await runAlways(sendFree, answered(status));
		expect(http.sent).toHaveLength(1);
	});

	it('ends with the first answer that is no trouble', async () => {
		const { http } = await run(sendFree, (clock) =>
			scripted(clock, [RESET, answered(503), TIMED_OUT, answered(200)]),
		);
		expect(http.sent).toHaveLength(4);
	});
});

describe.each<[string, Send, number]>([
	['a paid request', sendPaid, 1000],
	['a free request', sendFree, 500],
])('Retry-After on %s', (_, send, ownPause) => {
	const httpDate = (ms: number): string => new Date(START + ms).toUTCString();
	const firstPause = async (value: string): Promise<number> => {
		const { clock, http } = await run(send, (clock) =>
			scripted(clock, [answered(429, undefined, { 'retry-after': value }), answered(200)]),
		);
		expect(http.sent).toHaveLength(2);
		const [pause = Number.NaN] = clock.pauses;
		expect(http.sent[1]?.at).toBe(START + pause);
		return pause;
	};

	it.each([
		['seconds', '3', 3000],
		['a part of a second', '0.5', 500],
		['no second at all', '0', 0],
		['the longest that is believed', '60', 60_000],
		['a date', httpDate(5000), 5000],
		['a date that has passed', httpDate(-5000), 0],
	])('is obeyed to the millisecond for %s', async (_, value, pause) => {
		expect(await firstPause(value)).toBe(pause);
	});

	it.each([
		['infinity', 'Infinity'],
		['a word', 'soon'],
		['nothing', ''],
		['a negative number', '-1'],
	])('is not believed for %s, and the own pause is taken', async (_, value) => {
		const pause = await firstPause(value);
		expectPauses([pause], [ownPause]);
	});
});

describe('A pause that stands in the body', () => {
	const paused = async (body: unknown, headers = {}): Promise<number[]> => {
		const { clock } = await run(sendPaid, (clock) =>
			scripted(clock, [answered(429, body, headers), answered(200)]),
		);
		return clock.pauses;
	};

	it('is obeyed, in seconds', async () => {
		expect(await paused({ detail: 'throttled', retry_after: 5 })).toEqual([5000]);
	});

	it('comes behind the header, and is not believed where it is no number', async () => {
		expect(await paused({ retry_after: 5 }, { 'retry-after': '2' })).toEqual([2000]);
		expectPauses(await paused({ retry_after: 'soon' }), [1000]);
	});
});

describe('Retry-After of more than a minute', () => {
	const tooLong = [
		['61 seconds', '61'],
		['a thousand years', '31536000000'],
		['a date next month', new Date(START + 30 * 24 * 3600 * 1000).toUTCString()],
	] as const;

	it.each(tooLong)('ends the try of a paid request: %s', async (_, value) => {
		const refused = answered(429, undefined, { 'retry-after': value });
		const { http, clock, result } = await runAlways(sendPaid, refused);
		expect(http.sent).toHaveLength(1);
		expect(clock.pauses).toEqual([]);
		expect(result).toBe(refused);
	});

	it.each(tooLong)(
		'is not believed for a free request, and the own pause is taken: %s',
		async (_, value) => {
			const refused = answered(429, undefined, { 'retry-after': value });
			const { clock } = await run(sendFree, (clock) => scripted(clock, [refused, answered(200)]));
			expectPauses(clock.pauses, [500]);
		},
	);
});
