import { describe, expect, it } from 'vitest';
import { isRefunded, taskError } from '../../../../../nodes/shared/seedream/commonErrors';
import { replicate } from '../../../../../nodes/shared/seedream/providers/replicate';
import type { ImageTask } from '../../../../../nodes/shared/seedream/task';
import { fixtureOf } from '../../../../providers';
import { anAnswer, checked, errorOf, images, valueOf, type RequestWishes } from '../../../support';

const { answers } = fixtureOf('replicate');

/** A prediction as Replicate answers it, changed as wished. */
function read(changes: Record<string, unknown>): ImageTask {
	const body = { ...Object(answers.accepted), ...changes };
	return valueOf(replicate.parseResponse(anAnswer(201, body), order({})));
}

function order(wishes: RequestWishes) {
	const { request } = checked(wishes, replicate);
	return {
		...request,
		references: request.references.map((_, index) => `https://x.test/${index}`),
	};
}

const bodyOf = (wishes: RequestWishes) => replicate.buildRequest(order(wishes)).body ?? {};

describe('a prediction of Replicate', () => {
	it.each([
		['starting', 'pending'],
		['processing', 'processing'],
		['succeeded', 'completed'],
		['failed', 'failed'],
		['canceled', 'cancelled'],
		['aborted', 'cancelled'],
		['a word of tomorrow', 'processing'],
	])('that is %s is %s', (word, status) => {
		expect(read({ status: word }).status).toBe(status);
	});

	it('has a time, and links that die an hour after it', () => {
		expect(read({})).toMatchObject({
			createdAt: '2026-10-01T10:00:00.000Z',
			expiresAt: '2026-10-01T11:00:00.000Z',
			model: 'bytedance/seedream-4',
		});
		expect(read({ created_at: 'soon' })).not.toHaveProperty('createdAt');
	});

	it('says how long it took', () => {
		expect(read({ metrics: { predict_time: 3.5 } }).usage).toEqual({ predict_time: 3.5 });
	});

	it('that was stopped before it began is free, and of others nobody knows it', () => {
		const billed = ['aborted', 'canceled', 'failed'].map(
			(status) => taskError(read({ status, error: 'trouble' }), replicate)?.billed,
		);
		expect(billed).toEqual(['no', 'unknown', 'unknown']);
	});

	it('that was wiped is billed and gone, and nobody is told to get it again', () => {
		const task = read({ status: 'succeeded', output: null, data_removed: true, input: {} });
		const error = taskError(task, replicate);
		expect(error).toMatchObject({ code: 'data_removed', billed: 'yes', retryable: false });
		expect(error?.message).toContain('removed after an hour');
		expect(error?.hint).not.toContain('Get Task');
		expect(isRefunded(task, replicate)).toBe(false);
		const failed = read({ status: 'failed', error: 'trouble', data_removed: true });
		expect(taskError(failed, replicate)).toMatchObject({ billed: 'unknown' });
	});

	it.each([
		[
			'The input or output was flagged as sensitive. Try others. (E005) (abc)',
			'E005',
			/Change the prompt/,
		],
		['It was flagged as sensitive', 'E005', /Change the prompt/],
		['Director: unexpected error (E6716)', 'E6716', /Run it again later/],
	])('that failed with "%s" has its code', (error, code, hint) => {
		const failure = taskError(read({ status: 'failed', error }), replicate);
		expect(failure).toMatchObject({ code, message: expect.stringContaining(error) });
		expect(failure?.hint).toMatch(hint);
	});

	it('is reported by a webhook as a query tells it, and nothing else is a report', () => {
		const parseReport = (body: unknown) => replicate.tasks?.parseReport(body, undefined);
		const { requestId: _, ...task } = read({ status: 'succeeded', output: ['https://x.test/1'] });
		const body = {
			...Object(answers.accepted),
			status: 'succeeded',
			output: ['https://x.test/1'],
		};
		expect(parseReport(body)).toEqual(task);
		for (const other of [{ id: 'abc' }, { status: 'succeeded' }, { id: '', status: 'x' }, 'abc'])
			expect(parseReport(other)).toBeUndefined();
	});
});

describe('a request to Replicate', () => {
	it('names its webhook with the one event that counts', () => {
		expect(bodyOf({ callbackUrl: 'https://x.test/done' })).toMatchObject({
			webhook: 'https://x.test/done',
			webhook_events_filter: ['completed'],
		});
		expect(Object.keys(bodyOf({}))).toEqual(['input']);
	});

	it.each([
		['one image', {}, 1],
		['a set', { numberOfImages: 4 }, 4],
		['layers', { operation: 'decompose', model: { family: 'seedream-5.0-pro' } }, 17],
	] as const)('orders at most, for %s', (_, wishes, most) => {
		const body = bodyOf({ references: images(1), ...wishes });
		expect(replicate.maxImages(body, 'bytedance/seedream-4')).toBe(most);
	});

	it('orders as many as a set that is given no number may have', () => {
		const input = { sequential_image_generation: 'auto' };
		expect(replicate.maxImages({ input }, 'bytedance/seedream-4')).toBe(15);
		expect(replicate.maxImages({}, 'bytedance/seedream-4')).toBe(1);
	});

	it('keeps a model by its ID within the path', () => {
		const { path } = replicate.buildRequest(order({ model: { customId: 'me/a b?c#d' } }));
		expect(path).toBe('/models/me/a%20b%3Fc%23d/predictions');
	});
});

describe('a file at Replicate', () => {
	const { referenceTransport: transport } = replicate;
	const parse = (status: number, body: unknown) => {
		if (transport.kind !== 'upload') throw new Error('Replicate takes uploads');
		return transport.upload.parseResponse(anAnswer(status, body));
	};

	it('is known by its own link', () => {
		const get = 'https://api.replicate.com/v1/files/abc';
		expect(valueOf(parse(201, { id: 'abc', urls: { get } }))).toEqual({ url: get });
	});

	it('that is refused is told of in its words, and costs nothing', () => {
		const body = { detail: 'No content', status: 422 };
		const error = errorOf(parse(422, body));
		expect(error).toMatchObject({ billed: 'no', httpStatus: 422 });
		expect(error.message).toContain('No content');
	});
});
