import { describe, expect, it } from 'vitest';
import { fetchTask, fetchTaskOnce } from '../../../../nodes/shared/seedream/fetchTask';
import { waitTimeoutError, taskError } from '../../../../nodes/shared/seedream/commonErrors';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import type { Provider } from '../../../../nodes/shared/seedream/providers/provider';
import type { ImageTask } from '../../../../nodes/shared/seedream/task';
import {
	API,
	FakeClock,
	NEVER_CONNECTED,
	RESET,
	TIMED_OUT,
	aConnection,
	aTaskBody,
	always,
	answered,
	errorOf,
	scripted,
	valueOf,
} from '../../support';

const ID = 'task-unified-1-a';
const DONE = answered(200, aTaskBody(ID, 'completed', { results: ['https://x.test/1.png'] }));
const { tasks: _, ...WITHOUT_TASKS }: Provider = evolink;

const aTask = (changes: Partial<ImageTask> = {}): ImageTask => ({
	id: ID,
	provider: 'evolink',
	status: 'completed',
	images: [],
	failedImages: [],
	...changes,
});

describe('reading a task', () => {
	it('asks for it by its ID and gives its images', async () => {
		const clock = new FakeClock();
		const http = always(clock, DONE);
		const task = valueOf(await fetchTask(aConnection(http, clock), ID));
		expect(http.sent[0]?.request).toEqual({ method: 'GET', url: `${API}/v1/tasks/${ID}` });
		expect(task.images).toEqual([
			{ index: 0, source: { kind: 'url', url: 'https://x.test/1.png' } },
		]);
	});

	it('keeps an ID with odd characters inside its path', async () => {
		const clock = new FakeClock();
		const http = always(clock, DONE);
		await fetchTask(aConnection(http, clock), 'task-unified-../../v1/credits?x=1');
		expect(http.urls).toEqual([`${API}/v1/tasks/task-unified-..%2F..%2Fv1%2Fcredits%3Fx%3D1`]);
	});

	it('goes on through trouble that passes', async () => {
		const clock = new FakeClock();
		const trouble = [answered(503), RESET, TIMED_OUT, NEVER_CONNECTED];
		const http = scripted(clock, [...trouble, DONE]);
		expect((await fetchTask(aConnection(http, clock), ID)).ok).toBe(true);
		expect(http.sent).toHaveLength(5);
	});

	it.each([
		['the provider in trouble', answered(503)],
		['no connection', NEVER_CONNECTED],
		['a task that is not there', answered(404, { error: { code: 'task_not_found' } })],
		['a body that cannot be read', answered(200, '<html>')],
	])('names the task in the error: %s', async (_name, ending) => {
		const clock = new FakeClock();
		const outcome = await fetchTask(aConnection(always(clock, ending), clock), ID);
		expect(errorOf(outcome)).toMatchObject({ taskId: ID, provider: 'evolink' });
	});

	it('is an error with a reason where the provider has no tasks, and sends nothing', async () => {
		const clock = new FakeClock();
		const http = always(clock, DONE);
		const connection = aConnection(http, clock, WITHOUT_TASKS);
		const once = await fetchTaskOnce(connection, ID);
		expect(errorOf(await fetchTask(connection, ID))).toMatchObject({
			code: 'no_tasks',
			billed: 'no',
		});
		expect(once).toMatchObject({ result: { ok: false, error: { code: 'no_tasks' } } });
		expect(http.sent).toEqual([]);
	});
});

describe('reading a task once', () => {
	it.each([408, 425, 429, 500, 502, 503, 504])(
		'leaves it untouched after HTTP %d',
		async (status) => {
			const clock = new FakeClock();
			const ending = answered(status);
			const http = always(clock, ending);
			expect(await fetchTaskOnce(aConnection(http, clock), ID)).toEqual({
				transientFailure: ending,
			});
			expect(http.sent).toHaveLength(1);
		},
	);

	it.each([RESET, TIMED_OUT, NEVER_CONNECTED])(
		'leaves it untouched without an answer',
		async (end) => {
			const clock = new FakeClock();
			expect(await fetchTaskOnce(aConnection(always(clock, end), clock), ID)).toEqual({
				transientFailure: end,
			});
		},
	);

	it.each([400, 401, 403, 404])('is its end after HTTP %d', async (status) => {
		const clock = new FakeClock();
		const http = always(clock, answered(status));
		expect(await fetchTaskOnce(aConnection(http, clock), ID)).toMatchObject({
			result: { ok: false, error: { httpStatus: status, taskId: ID } },
		});
	});
});

describe('what a task that ended without images says', () => {
	it('nothing, as long as it has not ended or has an image', () => {
		const image = { index: 0, source: { kind: 'url', url: 'https://x.test/1' } } as const;
		expect(taskError(aTask({ status: 'processing' }), evolink)).toBeUndefined();
		expect(taskError(aTask({ images: [image] }), evolink)).toBeUndefined();
	});

	it('why it failed, what to do and that it cost nothing', () => {
		const problem = { code: 'content_policy_violation', message: 'blocked by safety filters' };
		const error = taskError(aTask({ status: 'failed', problem, requestId: 'r1' }), evolink);
		expect(error).toMatchObject({
			message: 'EvoLink could not make the images: blocked by safety filters',
			code: 'content_policy_violation',
			taskId: ID,
			requestId: 'r1',
			retryable: false,
			billed: 'no',
		});
		expect(error?.hint).toContain('Change the prompt or the reference images');
	});

	it('that it was cancelled', () => {
		const error = taskError(aTask({ status: 'cancelled' }), evolink);
		expect(error).toMatchObject({ code: 'cancelled', billed: 'no' });
		expect(error?.message).toContain('cancelled the task');
	});

	it('the first reason of a set in which every image failed', () => {
		const failedImages = [
			{ index: 0, code: 'content_policy_violation', message: 'unsafe' },
			{ index: 1, message: 'other' },
		];
		expect(taskError(aTask({ failedImages }), evolink)).toMatchObject({
			code: 'content_policy_violation',
			billed: 'no',
			retryable: false,
		});
	});

	it('that nobody knows whether it was billed when it is completed and empty', () => {
		expect(taskError(aTask(), evolink)).toMatchObject({ code: 'no_images', billed: 'unknown' });
	});

	it('how to fetch it later, when the wait is over first', () => {
		const error = waitTimeoutError(aTask({ status: 'processing' }), evolink, 599_600);
		expect(error).toMatchObject({ code: 'wait_timeout', taskId: ID, billed: 'unknown' });
		expect(error.message).toContain('still processing at EvoLink after 600 seconds');
		expect(error.hint).toContain(`Get Task operation with the ID ${ID}`);
		expect(error.hint).toContain('do not run the request again');
	});
});
