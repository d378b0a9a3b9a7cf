import { describe, expect, it } from 'vitest';
import { EncodedFile, type SentReference } from '../../../../nodes/shared/seedream/encodedFile';
import { createTask } from '../../../../nodes/shared/seedream/createTask';
import type { HttpResult } from '../../../../nodes/shared/seedream/http';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import type { Provider } from '../../../../nodes/shared/seedream/providers/provider';
import {
	API,
	FakeClock,
	NEVER_CONNECTED,
	RESET,
	TIMED_OUT,
	aBinary,
	aConnection,
	aTaskBody,
	always,
	answered,
	checked,
	errorOf,
	scripted,
	valueOf,
	type FakeHttp,
	type RequestWishes,
} from '../../support';

const ACCEPTED = answered(200, aTaskBody('task-unified-1-a', 'pending'));
const REFUSED = answered(400, { error: { code: 'invalid_request', message: 'no such size' } });
const PAID_WAIT = 300_000;

interface Run {
	wishes?: RequestWishes;
	references?: SentReference[];
	key?: string;
	provider?: Provider;
}

async function run(makeHttp: (clock: FakeClock) => FakeHttp, options: Run = {}) {
	const { wishes, references = [], key = 'run_1', provider = evolink } = options;
	const clock = new FakeClock();
	const http = makeHttp(clock);
	const connection = aConnection(http, clock, provider);
	const outcome = await createTask(
		connection,
		{ ...checked(wishes, provider).request, references },
		key,
		PAID_WAIT,
	);
	return { http, outcome, sent: http.sent.map(({ request }) => request) };
}

const runAlways = async (ending: HttpResult, options?: Run) =>
	await run((clock) => always(clock, ending), options);

describe('what is said of the money when a paid request ends with', () => {
	const endings: Array<[string, HttpResult, number, 'no' | 'unknown', boolean]> = [
		['429 to the last', answered(429), 4, 'no', true],
		['no connection to the last', NEVER_CONNECTED, 4, 'no', true],
		['HTTP 400', REFUSED, 1, 'no', false],
		['HTTP 401', answered(401), 1, 'no', false],
		['HTTP 402', answered(402), 1, 'no', false],
		['HTTP 408', answered(408), 1, 'unknown', false],
		['HTTP 425', answered(425), 1, 'no', false],
		['HTTP 500', answered(500), 1, 'unknown', false],
		['HTTP 502', answered(502), 1, 'unknown', false],
		['HTTP 503', answered(503), 1, 'unknown', false],
		['HTTP 504', answered(504), 1, 'unknown', false],
		['a redirect', answered(302), 1, 'unknown', false],
		['a reset', RESET, 1, 'unknown', false],
		['a time-out', TIMED_OUT, 1, 'unknown', false],
		['HTML in place of JSON', answered(200, '<html>welcome</html>'), 1, 'unknown', false],
		['an empty body', answered(200), 1, 'unknown', false],
	];
	it.each(endings)('%s', async (_, ending, times, billed, retryable) => {
		const { http, outcome } = await runAlways(ending);
		expect(http.sent).toHaveLength(times);
		expect(errorOf(outcome)).toMatchObject({ billed, retryable, provider: 'evolink' });
		expect(errorOf(outcome).hint).not.toBe('');
	});

	it.each([RESET, TIMED_OUT])('no answer: the account is to be looked at first', async (ending) => {
		const error = errorOf((await runAlways(ending)).outcome);
		expect(error.code).toBe('no_answer');
		expect(error.hint).toContain('Look at your account at EvoLink before you run it again');
	});

	it('no connection: the base URL and the network are to be checked', async () => {
		const error = errorOf((await runAlways(NEVER_CONNECTED)).outcome);
		expect(error).toMatchObject({ code: 'ECONNREFUSED' });
		expect(error.message).toContain('nobody listens');
		expect(error.hint).toContain('base URL');
	});
});

describe('a paid request on the wire', () => {
	it('goes to the base URL of the credentials, with nothing of the key', async () => {
		const { sent } = await runAlways(ACCEPTED);
		expect(sent).toEqual([
			{
				method: 'POST',
				url: `${API}/v1/images/generations`,
				headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'run_1' },
				body: {
					model: 'doubao-seedream-4.0',
					prompt: 'A lake at dawn',
					n: 1,
					size: '16:9',
					quality: '2K',
				},
				outlivesStop: true,
			},
		]);
	});

	it('has the same idempotency key and body over all its tries', async () => {
		const { sent } = await run((clock) =>
			scripted(clock, [answered(429), NEVER_CONNECTED, answered(429), ACCEPTED]),
		);
		expect(sent).toHaveLength(4);
		for (const request of sent) expect(request).toEqual(sent[0]);
	});

	it('has the key of its own run', async () => {
		const { sent } = await runAlways(ACCEPTED, { key: 'run_other' });
		expect(sent[0]?.headers).toMatchObject({ 'Idempotency-Key': 'run_other' });
	});

	it('has the references in the order in which they were given', async () => {
		const references = ['https://x.test/2.png', 'https://x.test/1.png', 'https://x.test/3.png'];
		const { sent } = await runAlways(ACCEPTED, { references });
		expect(sent[0]?.body).toMatchObject({ image_urls: references });
	});

	it('has the files as data URIs, read anew from where they are stored', async () => {
		const file = new EncodedFile(aBinary('content'), 'image/webp');
		const { sent } = await runAlways(ACCEPTED, { references: ['https://x.test/1.png', file] });
		const uri = `data:image/webp;base64,${Buffer.from('content').toString('base64')}`;
		expect(sent[0]?.body).toMatchObject({ image_urls: ['https://x.test/1.png', uri] });
	});

	it('is not sent at all where a file is gone since it was checked', async () => {
		const read = () => Promise.reject(new Error('ENOENT: /secret/path'));
		const file = new EncodedFile(aBinary('cat', { read }), 'image/png');
		const { sent, outcome } = await runAlways(ACCEPTED, { references: [file] });
		expect(sent).toEqual([]);
		expect(errorOf(outcome)).toMatchObject({ code: 'unreadable_reference', billed: 'no' });
		expect(errorOf(outcome).message).toContain('The image in "cat" can no longer be read');
	});

	it('has the additional fields last, over those of the node', async () => {
		const additionalFields = { size: '1:1', seed: 7, nested: { deep: [1] }, nothing: null };
		const { sent } = await runAlways(ACCEPTED, { wishes: { options: { additionalFields } } });
		const body = sent[0]?.body ?? {};
		expect(body).toMatchObject({ ...additionalFields, quality: '2K', prompt: 'A lake at dawn' });
		expect(Object.keys(body).slice(-3)).toEqual(['seed', 'nested', 'nothing']);
	});

	it('leaves the checked request as it was', async () => {
		const wishes = { options: { additionalFields: { size: '1:1' } } };
		const before = checked(wishes);
		const clock = new FakeClock();
		await createTask(
			aConnection(always(clock, ACCEPTED), clock),
			{ ...before.request, references: [] },
			'run_1',
			PAID_WAIT,
		);
		expect(before).toEqual(checked(wishes));
	});

	it('waits a minute for a task, and as long as the images take where there are no tasks', async () => {
		const { tasks: _, ...synchronous } = evolink;
		const withTasks = await runAlways(ACCEPTED);
		const without = await runAlways(ACCEPTED, { provider: synchronous });
		expect(withTasks.http.sent[0]?.timeoutMs).toBe(60_000);
		expect(without.http.sent[0]?.timeoutMs).toBe(PAID_WAIT);
	});
});

describe('the answer to a paid request', () => {
	it('is the task', async () => {
		const { outcome } = await runAlways(ACCEPTED);
		expect(valueOf(outcome)).toMatchObject({
			id: 'task-unified-1-a',
			status: 'pending',
			images: [],
		});
	});

	it.each([200, 201, 202])('is read with HTTP %d', async (status) => {
		const { outcome } = await runAlways(answered(status, aTaskBody('task-unified-1-a', 'pending')));
		expect(outcome.ok).toBe(true);
	});

	it("carries the provider's own code, message and request ID when it refuses", async () => {
		const refused = answered(
			400,
			{ error: { code: 'invalid_request', message: 'no such size' } },
			{ 'x-request-id': 'req-9' },
		);
		const error = errorOf((await runAlways(refused)).outcome);
		expect(error).toMatchObject({
			code: 'invalid_request',
			httpStatus: 400,
			requestId: 'req-9',
		});
		expect(error.message).toContain('no such size');
	});

	it('shows the beginning of what cannot be read', async () => {
		const html = answered(200, `<html>\n\n  <title>Sign in</title>${'x'.repeat(500)}`);
		const error = errorOf((await runAlways(html)).outcome);
		expect(error.code).toBe('unreadable_answer');
		expect(error.message).toContain('<html> <title>Sign in</title>');
		expect(error.message.length).toBeLessThan(250);
	});
});
