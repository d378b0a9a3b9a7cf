import { describe, expect, it } from 'vitest';
import { evolink } from '../../../../../nodes/shared/seedream/providers/evolink';
import type { HttpResponse } from '../../../../../nodes/shared/seedream/http';
import { anAnswer, checked, errorOf, valueOf } from '../../../support';

const ID = 'task-unified-1757165031-seedream4d';
const ORDER = { ...checked().request, references: [] };

const query = (body: unknown, headers?: Record<string, string>) => {
	if (!evolink.tasks) throw new Error('EvoLink has tasks');
	return evolink.tasks.parseResponse(anAnswer(200, body, headers));
};
const task = (body: Record<string, unknown>, headers?: Record<string, string>) =>
	valueOf(query({ id: ID, status: 'completed', ...body }, headers));
const links = (body: Record<string, unknown>) =>
	task(body).images.map(({ source }) => source.kind === 'url' && source.url);

describe("EvoLink's answer", () => {
	it('to a create request is read as it is documented', () => {
		const body = {
			created: 1757165031,
			id: ID,
			model: 'doubao-seedream-4.0',
			object: 'image.generation.task',
			progress: 0,
			status: 'pending',
			task_info: { can_cancel: true, estimated_time: 45 },
			type: 'image',
			usage: { billing_rule: 'per_call', credits_reserved: 1.8, user_group: 'default' },
		};
		const answer = anAnswer(200, body, { 'x-request-id': 'req-1' });
		expect(valueOf(evolink.parseResponse(answer, ORDER))).toEqual({
			id: ID,
			provider: 'evolink',
			model: 'doubao-seedream-4.0',
			status: 'pending',
			progress: 0,
			estimatedSeconds: 45,
			images: [],
			failedImages: [],
			createdAt: '2025-09-06T13:23:51.000Z',
			expiresAt: '2025-09-07T13:23:51.000Z',
			usage: body.usage,
			requestId: 'req-1',
		});
	});

	it('has the images of `results` in order', () => {
		expect(links({ results: ['https://x.test/1', 'https://x.test/2'] })).toEqual([
			'https://x.test/1',
			'https://x.test/2',
		]);
	});

	it('has the images of `result_data` where there are no `results`', () => {
		const result_data = [
			{ image_url: 'https://x.test/1', z_index: 0 },
			{ image_url: 'https://x.test/2' },
		];
		const expected = ['https://x.test/1', 'https://x.test/2'];
		expect(links({ result_data })).toEqual(expected);
		expect(links({ result_data, results: null })).toEqual(expected);
		expect(links({ result_data, results: [] })).toEqual(expected);
	});

	it('keeps the images that can be read beside one that cannot', () => {
		expect(links({ results: ['https://x.test/1', null] })).toEqual(['https://x.test/1']);
		const result_data = [{ name: 'a layer' }, { image_url: 'https://x.test/2' }];
		expect(links({ result_data })).toEqual(['https://x.test/2']);
	});

	it('needs no more than ID and status', () => {
		expect(task({})).toEqual({
			id: ID,
			provider: 'evolink',
			status: 'completed',
			images: [],
			failedImages: [],
		});
	});

	it.each([
		'created',
		'model',
		'progress',
		'task_info',
		'results',
		'result_data',
		'error',
		'usage',
	])('is read although `%s` is null or of another type', (field) => {
		for (const value of [null, {}, [], true, 'x', -1]) {
			expect(query({ id: ID, status: 'processing', [field]: value }).ok).toBe(true);
		}
	});

	it.each([
		['cancelled', 'cancelled'],
		['canceled', 'cancelled'],
		['moderating', 'processing'],
		['failed', 'failed'],
	])('with the status %s is %s', (word, status) => {
		expect(task({ status: word }).status).toBe(status);
	});

	it('of a failed task says why, in words and with a code of either type', () => {
		const failed = (error: unknown) => task({ status: 'failed', error }).problem;
		expect(
			failed({ code: 'content_policy_violation', message: 'blocked', type: 'task_error' }),
		).toEqual({
			code: 'content_policy_violation',
			message: 'blocked',
		});
		expect(failed({ code: 500, message: 'broken' })).toEqual({ code: '500', message: 'broken' });
		expect(failed({})).toEqual({ message: 'EvoLink gives no reason' });
		expect(failed(null)).toBeUndefined();
	});

	it.each([
		['without a status', { id: ID }, ID],
		['with a status that is no word', { id: ID, status: 7 }, ID],
		['with an ID that is a number', { id: 7, status: 'pending' }, '7'],
	])('%s keeps its ID, and is waited for', (_, body, id) => {
		const outcomes = [query(body), evolink.parseResponse(anAnswer(200, body), ORDER)];
		for (const outcome of outcomes) {
			expect(outcome).toMatchObject({
				ok: true,
				value: { id, status: expect.stringMatching(/pending|processing/) },
			});
		}
	});

	it.each([
		['nothing', undefined],
		['null', null],
		['an empty list', []],
		['an empty object', {}],
		['text', 'Service unavailable'],
		['HTML', '<html><body>Sign in</body></html>'],
		['no ID', { status: 'pending' }],
		['an empty ID', { id: '', status: 'pending' }],
		['an error in place of a task', { error: { code: 'internal_error', message: 'oops' } }],
	])('cannot be read: %s', (_, body) => {
		const outcomes = [query(body), evolink.parseResponse(anAnswer(200, body), ORDER)];
		for (const outcome of outcomes) {
			expect(errorOf(outcome)).toMatchObject({
				code: 'unreadable_answer',
				billed: 'unknown',
				httpStatus: 200,
			});
		}
	});
});

describe("EvoLink's refusal", () => {
	const error = (status: number, body: unknown, headers?: Record<string, string>) => {
		const answer: HttpResponse = anAnswer(status, body, headers);
		return evolink.parseError(answer);
	};

	type Row = [status: number, code: string | number, advice: RegExp, retryable: boolean];
	const rows: Row[] = [
		[400, 'invalid_request', /Correct the value/, false],
		[400, 'invalid_task_id', /Check the task ID/, false],
		[401, 'unauthorized', /Check the API key/, false],
		[401, 401, /Check the API key/, false],
		[402, 'insufficient_quota', /Top up.*reserves the price of all images asked for/, false],
		[402, 'insufficient_user_quota', /Top up.*reserves the price of all images asked for/, false],
		[
			402,
			'account_balance_insufficient',
			/Top up.*reserves the price of all images asked for/,
			false,
		],
		[402, 'quota_exceeded', /Top up.*reserves the price of all images asked for/, false],
		[402, 'key_quota_exhausted', /limit.*reserves the price of all images asked for/, false],
		[402, 'insufficient_token_quota', /limit.*reserves the price of all images asked for/, false],
		[402, 'key_daily_quota_exhausted', /limit/, false],
		[402, 'token_daily_quota_exceeded', /limit/, false],
		[403, 'key_disabled', /Check the API key/, false],
		[403, 'key_expired', /Check the API key/, false],
		[403, 'model_access_denied', /Allow this model|choose another model/, false],
		[403, 'key_model_not_allowed', /Allow this model|choose another model/, false],
		[403, 'permission_denied', /Check the task ID/, false],
		[404, 'task_not_found', /Check the task ID/, false],
		[404, 'model_not_found', /choose another model/, false],
		[413, 'payload_too_large', /fewer or smaller reference images/, false],
		[429, 'rate_limit_exceeded', /Lower the Concurrency/, true],
		[429, 'evo_api_error', /Lower the Concurrency/, true],
		[500, 'internal_error', /has trouble/, true],
		[502, 'upstream_error', /has trouble/, true],
		[503, 'service_unavailable', /later/, true],
	];
	it.each(rows)(
		'HTTP %d %s says what to do and whether it was billed',
		(status, code, advice, retryable) => {
			const read = error(status, { error: { code, message: 'their words', type: 'x' } });
			expect(read).toMatchObject({
				code: String(code),
				httpStatus: status,
				provider: 'evolink',
				retryable,
				billed: status < 500 ? 'no' : 'unknown',
			});
			expect(read.hint).toMatch(advice);
			expect(read.message).toContain('their words');
		},
	);

	it('is read without the wrapper too', () => {
		const body = {
			code: 'model_not_found',
			message: "Model 'x' is not available for this API key",
		};
		expect(error(404, body)).toMatchObject({
			code: 'model_not_found',
			message: expect.stringContaining("Model 'x'"),
		});
	});

	it.each(['paid_outcome_unknown', 'idempotency_conflict'])(
		'is never called unbilled when an earlier try may have been accepted: %s',
		(code) => {
			expect(error(409, { error: { code, message: 'x' } }).billed).toBe('unknown');
		},
	);

	it.each([
		['x-request-id', 'a'],
		['x-oneapi-request-id', 'b'],
	])('carries the request ID of the header %s', (header, id) => {
		expect(error(400, {}, { [header]: id }).requestId).toBe(id);
	});

	const taskCodes: Array<[string, boolean]> = [
		['content_policy_violation', false],
		['invalid_parameters', false],
		['image_processing_error', false],
		['image_dimension_mismatch', false],
		['request_cancelled', true],
		['generation_failed_no_content', true],
		['service_error', true],
		['generation_timeout', true],
		['resource_exhausted', true],
		['service_unavailable', true],
		['unknown_error', true],
		['a_code_of_tomorrow', true],
		['constructor', true],
	];
	it.each(taskCodes)('of a task with the code %s: another try may pass = %s', (code, retryable) => {
		const advice = evolink.hintForTask(code);
		expect(advice).toEqual({ hint: expect.stringMatching(/\w/), retryable });
	});
});
