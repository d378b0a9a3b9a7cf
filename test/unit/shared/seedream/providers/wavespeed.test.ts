import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../../../../nodes/shared/seedream/http';
import { wavespeed } from '../../../../../nodes/shared/seedream/providers/wavespeed';
import { validateRequest } from '../../../../../nodes/shared/seedream/validation/validate';
import { predictionOf, TASK_ID } from '../../../../providers/wavespeed/answers';
import { API, aRequest, checked } from '../../../support';

const answer = (body: unknown, status = 200): HttpResponse => ({
	status,
	headers: {},
	body,
	text: JSON.stringify(body) ?? '',
});

const HOOK = 'https://n8n.example.com/webhook/abc?row=7&x=ä';

const readTask = (body: unknown) => wavespeed.tasks?.parseResponse(answer(body));
const report = (body: unknown) => wavespeed.tasks?.parseReport(body, undefined);

describe('A request to WaveSpeedAI', () => {
	it('has the callback in its query, whole and encoded', () => {
		const order = { ...checked().request, references: [], modelId: 'a b/c', callbackUrl: HOOK };
		const { path, body } = wavespeed.buildRequest(order);
		expect(path).toBe(`/api/v3/a%20b/c?webhook=${encodeURIComponent(HOOK)}`);
		expect(new URL(path, API).searchParams.get('webhook')).toBe(HOOK);
		expect(JSON.stringify(body)).not.toContain('n8n');
	});

	it('is refused with a callback that is not https', () => {
		const plain = aRequest({ callbackUrl: 'http://n8n.example.com/webhook/abc' });
		const { problems } = validateRequest(plain, wavespeed, 'https://api.wavespeed.ai');
		expect(problems).toMatchObject([{ text: expect.stringContaining('https:// only') }]);
	});

	it('asks for a task by its ID, whatever that is made of', () => {
		expect(wavespeed.tasks?.idProblem('pred_abc/..')).toBeUndefined();
		expect(wavespeed.tasks?.buildRequest('pred_abc/..')).toEqual({
			method: 'GET',
			path: '/api/v3/predictions/pred_abc%2F../result',
		});
	});

	it('counts as many images as the largest set that its fields ask for', () => {
		const modelId = 'bytedance/seedream-v4';
		expect(wavespeed.maxImages({}, modelId)).toBe(1);
		expect(wavespeed.maxImages({ max_images: 7 }, modelId)).toBe(7);
	});
});

describe('An answer of WaveSpeedAI', () => {
	it.each([
		['created', 'pending'],
		['processing', 'processing'],
		['completed', 'completed'],
		['failed', 'failed'],
		['timeout', 'failed'],
		['cancelled', 'cancelled'],
		['deleted', 'cancelled'],
	])('that says %s is of a task that is %s', (status, expected) => {
		const read = readTask({ code: 200, message: 'success', data: predictionOf({ status }) });
		expect(read).toMatchObject({ ok: true, value: { id: TASK_ID, status: expected } });
	});

	it('has times with nanoseconds, and links that live for 7 days', () => {
		const read = readTask({ data: predictionOf({ status: 'completed' }) });
		expect(read).toMatchObject({
			value: { createdAt: '2025-09-25T09:12:48.239Z', expiresAt: '2025-10-02T09:12:48.239Z' },
		});
	});

	it('may hold objects in place of links, as its own n8n node knows', () => {
		const outputs = [{ url: 'https://x.test/1.png' }, 'https://x.test/2.png'];
		expect(readTask({ data: predictionOf({ status: 'completed', outputs }) })).toMatchObject({
			value: { images: [{ index: 0 }, { index: 1, source: { url: 'https://x.test/2.png' } }] },
		});
	});

	it('is read also without most of it, as a task that is paid for must not be lost', () => {
		const read = readTask({ data: { id: 'x', status: 7, error: {}, created_at: 3, urls: [] } });
		expect(read).toEqual({
			ok: true,
			value: {
				id: 'x',
				provider: 'wavespeed',
				status: 'processing',
				images: [],
				failedImages: [],
			},
		});
	});

	it('of a failure without words has its code all the same', () => {
		const failed = predictionOf({ status: 'failed', code: 1200 });
		expect(readTask({ data: failed })).toMatchObject({ value: { problem: { code: '1200' } } });
		expect(readTask({ data: predictionOf({ code: 0 }) })).not.toHaveProperty('value.problem');
	});

	it.each([[undefined], [[]], [{ data: null }], [{ code: 401, message: 'no' }]])(
		'that is no task is an error, and may be billed: %j',
		(body) => {
			expect(readTask(body)).toMatchObject({ ok: false, error: { billed: 'unknown' } });
		},
	);
});

describe('A callback of WaveSpeedAI', () => {
	it('is the bare prediction', () => {
		const outputs = ['https://x.test/1.png'];
		const body = { ...predictionOf({ status: 'completed', outputs }), input: { prompt: 'secret' } };
		expect(report(body)).toMatchObject({ id: TASK_ID, status: 'completed', images: { length: 1 } });
		expect(JSON.stringify(report(body))).not.toContain('secret');
	});

	it('may have an ID that is cut short, as in the docs, where the link has all of it', () => {
		const id = TASK_ID.slice(0, 25);
		expect(report(predictionOf({ status: 'completed', id }))?.id).toBe(TASK_ID);
		expect(report(predictionOf({ status: 'completed', id: 'other' }))?.id).toBe('other');
	});

	it('that does not say how the task stands is none', () => {
		expect(report({ id: TASK_ID })).toBeUndefined();
		expect(report({ code: 200, message: 'success', data: predictionOf({}) })).toBeUndefined();
		expect(report('completed')).toBeUndefined();
	});
});
