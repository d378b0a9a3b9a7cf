import { describe, expect, it } from 'vitest';
import { compressTime } from '../../properties/support/time';
import { findExecution, retryExecution } from '../support';
import { handedOn, TRIGGER, useTriggerScene } from './run';

const scene = useTriggerScene();

const EVIL = 'https://evil.example.com/x.png';
const MODERATED = { prompt: '[moderated]' };

/** What the node hands on after a callback with this body about a task that has ended. */
async function told(parameters: Parameters<typeof scene.publish>[0], body: object, submit = {}) {
	const { taskId, url } = await scene.submitSilently(await scene.publish(parameters), submit);
	expect(await scene.post(url, { id: taskId, ...body })).toMatchObject({ status: 200 });
	return { taskId, result: await scene.n8n.run(0) };
}

describe('The end of a task', () => {
	it('failed: an item with status and error, and no images', async () => {
		const { taskId, result } = await told({}, { status: 'failed' }, MODERATED);
		expect(handedOn(result)).toMatchObject([
			{
				json: {
					taskId,
					status: 'failed',
					error: {
						code: 'content_policy_violation',
						message: expect.any(String),
						billed: 'no',
						taskId,
					},
				},
			},
		]);
		expect(handedOn(result)[0]).not.toHaveProperty('binary');
	});

	it('cancelled: likewise', async () => {
		const { taskId, url } = await scene.submitSilently(await scene.publish(), {
			callbackContext: '{"rowId": 42}',
		});
		scene.emulator.addFault({
			on: 'query',
			body: { id: taskId, status: 'cancelled', model: 'doubao-seedream-4.0' },
		});
		await scene.post(url, { id: taskId, status: 'cancelled' });
		expect(handedOn(await scene.n8n.run(0))).toMatchObject([
			{
				json: {
					taskId,
					status: 'cancelled',
					context: { rowId: 42 },
					error: { code: 'cancelled', message: expect.any(String), billed: 'no' },
				},
			},
		]);
	});

	it.each([
		{ events: ['completed'], submit: MODERATED, items: 0 },
		{ events: ['failed'], submit: {}, items: 0 },
		{ events: ['cancelled'], submit: MODERATED, items: 0 },
		{ events: ['failed', 'cancelled'], submit: MODERATED, items: 1 },
		{ events: ['completed', 'failed'], submit: {}, items: 1 },
	])('events $events, $submit: $items items', async ({ events, submit, items }) => {
		const { result } = await told({ events, download: false }, { status: 'completed' }, submit);
		expect(result.status).toBe('success');
		expect(handedOn(result)).toHaveLength(items);
		expect(result.runData.End === undefined).toBe(items === 0);
	});
});

describe('Confirm with API: the body is a hint', () => {
	it('a body that says completed, of a task that failed: the failure', async () => {
		const { result } = await told({}, { status: 'completed', results: [EVIL] }, MODERATED);
		expect(handedOn(result)).toMatchObject([
			{ json: { status: 'failed', error: { billed: 'no' } } },
		]);
		expect(JSON.stringify(result.items(TRIGGER))).not.toContain(EVIL);
	});

	it('a body that says failed, of a task that is completed: its images', async () => {
		const { result } = await told(
			{ events: ['completed'] },
			{ status: 'failed', error: { code: 'x', message: 'a lie' } },
		);
		expect(handedOn(result)).toMatchObject([
			{ json: { status: 'completed' }, binary: { data: {} } },
		]);
	});

	it('an end that the API shows a little later than the callback tells it is not lost', async () => {
		const { taskId, url } = await scene.submitSilently(await scene.publish());
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 2 });
		await scene.post(url, { id: taskId, status: 'completed' });
		expect(handedOn(await scene.n8n.run(0))).toMatchObject([
			{ json: { taskId, status: 'completed' }, binary: { data: {} } },
		]);
	});

	it('a body that says completed, of a task that stays open: asked again for half a minute, then the execution fails and names it', async () => {
		const goBack = compressTime(50);
		try {
			scene.emulator.addFault({ on: 'create', neverEnds: true });
			const began = Date.now();
			const { taskId, result } = await told({}, { status: 'completed', results: [EVIL] });
			expect(Date.now() - began).toBeGreaterThan(25_000);
			expect(result.error).toMatchObject({
				description: expect.stringMatching(new RegExp(`Get Task.*${taskId}`)),
				context: { data: { error: { taskId, code: 'end_not_confirmed', billed: 'unknown' } } },
			});
			expect(scene.emulator.requestsOf('query').length).toBeLessThan(10);
		} finally {
			goBack();
		}
	});

	it('a body that says itself that the task is open: nothing, and the API is asked once', async () => {
		scene.emulator.addFault({ on: 'create', neverEnds: true });
		const { result } = await told({}, { status: 'processing' });
		expect(result.status).toBe('success');
		expect(result.runData.End).toBeUndefined();
		expect(scene.emulator.requestsOf('query')).toHaveLength(1);
	});

	it('a task that the API does not know: the execution fails, and says which', async () => {
		const { taskId, url } = await scene.submitSilently(await scene.publish());
		const unknown = taskId.replace(/.{8}$/, '00000000');
		expect(
			await scene.post(url, { id: unknown, status: 'completed', results: [EVIL] }),
		).toMatchObject({ status: 200 });
		const { status, error } = await scene.n8n.run(0);
		expect(status).toBe('error');
		expect(error).toMatchObject({
			context: { data: { error: { taskId: unknown, httpStatus: 404 } } },
		});
	});

	it('a task of another kind of provider: likewise, since the key may be of another account', async () => {
		const { url } = await scene.submitSilently(await scene.publish());
		expect(await scene.post(url, { id: 'job-7', status: 'completed' })).toMatchObject({
			status: 200,
		});
		expect((await scene.n8n.run(0)).error).toMatchObject({
			context: { data: { error: { taskId: 'job-7', code: 'invalid_task_id' } } },
		});
	});

	it('switched off: the body is believed, and the API is not asked', async () => {
		const body = { status: 'completed', results: [EVIL] };
		const { taskId, result } = await told(
			{ confirmWithApi: false, download: false },
			body,
			MODERATED,
		);
		expect(handedOn(result)).toMatchObject([{ json: { taskId, status: 'completed', url: EVIL } }]);
		expect(scene.emulator.requestsOf('query')).toHaveLength(0);
	});

	it('switched off: a body that says the task is still open starts nothing', async () => {
		const { result } = await told(
			{ confirmWithApi: false },
			{ status: 'processing', progress: 50 },
		);
		expect(result.runData.End).toBeUndefined();
	});
});

describe('Garbage', () => {
	const ID = 'task-unified-1-00000000';

	it.each([
		{ what: 'an empty object', body: {} },
		{ what: 'nothing', body: '' },
		{ what: 'null', body: null },
		{ what: 'a list', body: [{ id: ID, status: 'completed' }] },
		{ what: 'a text', body: 'done!', type: 'text/plain' },
		{ what: 'a type that n8n does not parse', body: '<done/>', type: 'image/png' },
		{ what: 'no status', body: { id: ID } },
		{ what: 'no ID', body: { status: 'completed' } },
		{ what: 'an ID that is no text', body: { id: { $ne: 1 }, status: 'completed' } },
		{ what: 'an ID of another kind', body: { id: 'job-7', status: 'completed' } },
	])('$what: 400, and no execution', async ({ body, type }) => {
		const hook = await scene.publish({ authentication: 'none' });
		expect(await scene.post(hook, body, type)).toMatchObject({ status: 400 });
		expect(scene.n8n.runs).toHaveLength(0);
		expect(scene.emulator.requests).toHaveLength(0);
	});

	it('an ID that is a path: nothing but a task is asked for', async () => {
		const hook = await scene.publish({ authentication: 'none' });
		await scene.post(hook, { id: `${ID}/../../credits`, status: 'completed' });
		expect(scene.n8n.runs).toHaveLength(0);
		expect(scene.emulator.requests).toMatchObject([
			{ kind: 'query', path: `/evolink/v1/tasks/${ID}%2F..%2F..%2Fcredits` },
		]);
	});

	it('a task that nobody has made, where anybody may call: 404, and no execution that strangers could fill the list with', async () => {
		const hook = await scene.publish({ authentication: 'none' });
		const body = { id: ID, status: 'completed', results: [EVIL] };
		for (const _ of [1, 2, 3]) expect(await scene.post(hook, body)).toMatchObject({ status: 404 });
		expect(scene.n8n.runs).toHaveLength(0);
	});

	it('where anybody may call and the key is refused: the execution fails, since that is for the owner to know', async () => {
		const hook = await scene.publish({ authentication: 'none' });
		scene.emulator.addFault({ on: 'query', status: 401 });
		await scene.post(hook, { id: ID, status: 'completed' });
		expect((await scene.n8n.run(0)).error).toMatchObject({
			context: { data: { error: { httpStatus: 401, taskId: ID } } },
		});
	});

	it('where anybody may call and nothing is confirmed: nothing is downloaded from where a stranger points to', async () => {
		const hook = await scene.publish({ authentication: 'none', confirmWithApi: false });
		const url = `${scene.emulator.baseUrl('evolink')}/images/x`;
		await scene.post(hook, { id: ID, status: 'completed', results: [url] });
		const [item] = handedOn(await scene.n8n.run(0));
		expect(item).toMatchObject({
			json: { url, warnings: [expect.stringContaining('not downloaded')] },
		});
		expect(item).not.toHaveProperty('binary');
		expect(scene.emulator.requests).toHaveLength(0);
	});

	it('for the credentials of a provider that has no tasks: 400, and no execution', async () => {
		const credentials = {
			provider: 'novita',
			apiKey: 'test-key',
			baseUrl: scene.emulator.baseUrl('novita'),
		};
		const { taskId, url } = await scene.submitSilently(await scene.publish({}, { credentials }));
		const answer = await scene.post(url, { id: taskId, status: 'completed' });
		expect(answer).toEqual({ status: 400, text: expect.stringContaining('Novita') });
		expect(scene.n8n.runs).toHaveLength(0);
	});

	it('credentials that cannot be used: told to come again, and no execution', async () => {
		const hook = await scene.publish(
			{},
			{ credentials: { provider: 'nobody', apiKey: 'test-key' } },
		);
		const { taskId, url } = await scene.submitSilently(hook);
		expect(await scene.post(url, { id: taskId, status: 'completed' })).toMatchObject({
			status: 503,
		});
		expect(scene.n8n.runs).toHaveLength(0);
	});
});

describe("The provider's API is", () => {
	it('down: the callback is taken, the execution fails and names the task, and its retry from the list gets the images', async () => {
		const { taskId, url } = await scene.submitSilently(await scene.publish());
		scene.emulator.addFault({ on: 'query', status: 503, retryAfter: 0 });
		expect(await scene.post(url, { id: taskId, status: 'completed' })).toMatchObject({
			status: 200,
		});
		const failed = await scene.n8n.run(0);
		expect(failed.status).toBe('error');
		expect(`${failed.error?.message} ${failed.error?.description}`).toMatch(
			new RegExp(`Get Task.*${taskId}|${taskId}.*Get Task`),
		);
		expect(failed.error).toMatchObject({
			context: { data: { error: { taskId, httpStatus: 503 } } },
		});

		scene.emulator.clearFaults();
		const retried = await retryExecution(failed);
		expect(handedOn(retried)).toMatchObject([
			{ json: { taskId, status: 'completed' }, binary: { data: {} } },
		]);
	});

	it('slow: the callback is answered at once', async () => {
		const { taskId, url } = await scene.submitSilently(await scene.publish());
		scene.emulator.addFault({ on: 'query', hang: 1200 });
		const began = Date.now();
		expect(await scene.post(url, { id: taskId, status: 'completed' })).toMatchObject({
			status: 200,
		});
		expect(Date.now() - began).toBeLessThan(1000);
		expect(findExecution(scene.n8n.runs[0]?.executionId ?? '')?.status).toBe('running');
		expect(handedOn(await scene.n8n.run(0))).toHaveLength(1);
	});
});
