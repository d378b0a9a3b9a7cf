import { describe, expect, it } from 'vitest';
import { fetchTask, fetchTaskOnce } from '../../../../nodes/shared/seedream/fetchTask';
import { waitForTasks } from '../../../../nodes/shared/seedream/poll';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import type { Provider, TaskPlan } from '../../../../nodes/shared/seedream/providers/provider';
import {
	API,
	FakeClock,
	START,
	TASK_ID as ID,
	TIMED_OUT,
	aConnection,
	aTask,
	aTaskBody,
	always,
	answered,
	byUrl,
	errorOf,
	scripted,
	valueOf,
} from '../../support';

const { tasks } = evolink;

function withTasks(changes: Partial<TaskPlan>): Provider {
	if (!tasks) throw new Error('EvoLink has tasks');
	return { ...evolink, tasks: { ...tasks, ...changes } };
}

/** A provider whose images stand in an answer of their own: `{ mine: true }` is about the task, whatever its status. */
const IN_TWO = withTasks({
	result: {
		buildRequest: (taskId) => ({ method: 'GET', path: `/v1/results/${taskId}` }),
		parseResponse: ({ status, body }) => {
			if (JSON.stringify(body) !== '{"mine":true}') return undefined;
			const url = `https://x.test/${status}.png`;
			return status < 300
				? aTask({ id: 'of the answer', images: [{ index: 0, source: { kind: 'url', url } }] })
				: aTask({ id: 'of the answer', status: 'failed', problem: { message: `HTTP ${status}` } });
		},
	},
});

const OPEN = answered(200, aTaskBody(ID, 'processing'));
const OVER = answered(200, aTaskBody(ID, 'completed'));
const MINE = { mine: true };

describe('a task whose images stand in an answer of their own', () => {
	it('is not asked for them while it is open', async () => {
		const clock = new FakeClock();
		const http = always(clock, OPEN);
		const task = valueOf(await fetchTask(aConnection(http, clock, IN_TWO), ID));
		expect(task).toMatchObject({ id: ID, status: 'processing' });
		expect(http.urls).toEqual([`${API}/v1/tasks/${ID}`]);
	});

	it('gives them once it is over, under the ID that was asked for', async () => {
		const clock = new FakeClock();
		const http = scripted(clock, [OVER, answered(200, MINE)]);
		const task = valueOf(await fetchTask(aConnection(http, clock, IN_TWO), ID));
		expect(task).toMatchObject({ id: ID, status: 'completed' });
		expect(task.images).toHaveLength(1);
		expect(http.urls).toEqual([`${API}/v1/tasks/${ID}`, `${API}/v1/results/${ID}`]);
	});

	it.each([400, 422, 500, 503])(
		'has failed where HTTP %d is what its result says, and is not asked again',
		async (status) => {
			const clock = new FakeClock();
			const http = scripted(clock, [OVER, answered(status, MINE)]);
			const task = valueOf(await fetchTask(aConnection(http, clock, IN_TWO), ID));
			expect(task).toMatchObject({ id: ID, status: 'failed' });
		},
	);

	it('is read again where HTTP 503 is not about it', async () => {
		const clock = new FakeClock();
		const http = scripted(clock, [OVER, answered(503, '<html>'), OVER, answered(200, MINE)]);
		const task = valueOf(await fetchTask(aConnection(http, clock, IN_TWO), ID));
		expect(task.images).toHaveLength(1);
	});

	it('takes no more time in two readings than it may in one', async () => {
		const clock = new FakeClock();
		const http = byUrl(clock, { [`tasks/${ID}`]: [OVER], [`results/${ID}`]: [TIMED_OUT] });
		const slow = {
			send: async (...call: Parameters<typeof http.send>) => {
				clock.pass(3000);
				return await http.send(...call);
			},
		};
		await fetchTaskOnce(aConnection(slow, clock, IN_TWO), ID, 8000);
		expect(http.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([8000, 5000]);
	});
});

describe('a task that the provider does not know yet', () => {
	const LATE = withTasks({ appearsLate: true });
	const UNKNOWN = answered(404, { error: { code: 'task_not_found', message: 'not there' } });
	const options = { firstPauseMs: 3000, maxWaitMs: 600_000, concurrency: 5, stopAtFailure: false };
	const submitted = { ...aTask({ status: 'pending' }), id: ID };

	it('is waited for', async () => {
		const clock = new FakeClock();
		const done = answered(200, aTaskBody(ID, 'completed', { results: ['https://x.test/1.png'] }));
		const http = scripted(clock, [UNKNOWN, UNKNOWN, UNKNOWN, done]);
		const [end] = await waitForTasks(aConnection(http, clock, LATE), [submitted], options);
		expect(end).toMatchObject({ ok: true, value: { status: 'completed' } });
	});

	it('is given up after a minute, as one that may be billed', async () => {
		const clock = new FakeClock();
		const http = always(clock, UNKNOWN);
		const [end] = await waitForTasks(aConnection(http, clock, LATE), [submitted], options);
		expect(end).toMatchObject({ ok: false, error: { httpStatus: 404, billed: 'unknown' } });
		const waited = clock.now() - START;
		expect(waited).toBeGreaterThan(60_000);
		expect(waited).toBeLessThan(80_000);
	});

	it('is asked for a few times by Get Task, and then not there', async () => {
		const clock = new FakeClock();
		const http = always(clock, UNKNOWN);
		const error = errorOf(await fetchTask(aConnection(http, clock, LATE), ID));
		expect(error).toMatchObject({ taskId: ID, httpStatus: 404, billed: 'unknown' });
		expect(http.sent).toHaveLength(5);
	});

	it('is not there at once where tasks do not appear late', async () => {
		const clock = new FakeClock();
		const http = always(clock, UNKNOWN);
		const [end] = await waitForTasks(aConnection(http, clock), [submitted], options);
		expect(end).toMatchObject({ ok: false, error: { httpStatus: 404 } });
		expect(http.sent).toHaveLength(1);
	});
});
