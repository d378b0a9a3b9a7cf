import { describe, expect, it } from 'vitest';
import { fetchTask, fetchTaskOnce } from '../../../../nodes/shared/seedream/fetchTask';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import type { Provider } from '../../../../nodes/shared/seedream/providers/provider';
import {
	API,
	FakeClock,
	NEVER_CONNECTED,
	RESET,
	TASK_ID as ID,
	TIMED_OUT,
	aConnection,
	aTaskBody,
	always,
	answered,
	errorOf,
	scripted,
	valueOf,
} from '../../support';

const DONE = answered(200, aTaskBody(ID, 'completed', { results: ['https://x.test/1.png'] }));
const { tasks: _, ...WITHOUT_TASKS }: Provider = evolink;

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
