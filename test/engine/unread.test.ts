import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../emulator';
import { NODE } from './seedream';
import type { RunResult } from './support';
import { BOAT, BOATS, numbered, useScene } from './suspend/scene';

const scene = useScene();

const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const POLLED: INodeParameters = { ...BOAT, completion: 'poll' };

/** What may happen when a task is read, though nothing is wrong with the task. */
const READINGS: ReadonlyArray<readonly [what: string, fault: Omit<Fault, 'on'>, passes: boolean]> =
	[
		['HTTP 401', { status: 401 }, false],
		['HTTP 403', { status: 403 }, false],
		['HTTP 404', { status: 404 }, false],
		['HTTP 402', { status: 402 }, false],
		['HTTP 503', { status: 503, retryAfter: 0 }, true],
		['a connection that is cut', { reset: 'before' }, true],
		['JSON that is no task', { body: { data: [] } }, false],
	];

/** All that a person reads of an error, and the facts of it. */
function shown(result: RunResult): { text: string; error: unknown } {
	const { message, description, context } = result.error ?? {};
	const data: unknown = context?.data;
	return {
		text: `${message} ${description}`,
		error: data instanceof Object ? Reflect.get(data, 'error') : undefined,
	};
}

function expectUnknown(result: RunResult): void {
	const { text, error } = shown(result);
	const taskId = scene.taskIds()[0];
	expect(error).toMatchObject({ billed: 'unknown', retryable: false, taskId });
	expect(text).toContain(`Get Task operation with the ID ${taskId}`);
	expect(text).toContain('do not run the request again');
	expect(text).not.toMatch(/run (it )?again later|then run again/i);
}

describe('A task that was accepted and cannot be read is never called unbilled', () => {
	it.each(READINGS.filter(([, , passes]) => !passes))('%s while polling', async (_, fault) => {
		scene.emulator.addFault({ on: 'query', ...fault });
		expectUnknown(await scene.run(POLLED));
		expect(scene.paid()).toBe(1);
	});

	it.each(READINGS.filter(([, , passes]) => !passes))(
		'%s when it is picked up by Retry On Fail',
		async (_, fault) => {
			scene.emulator.addFault({ on: 'query', ...fault });
			expectUnknown(await scene.run(POLLED, { node: RETRY }));
			expect(scene.paid()).toBe(1);
		},
	);

	it.each(READINGS.filter(([, , passes]) => !passes))(
		'%s before it is suspended',
		async (_, fault) => {
			scene.emulator.addFault({ on: 'query', ...fault });
			expectUnknown(await scene.run(BOAT));
			expect(scene.paid()).toBe(1);
		},
	);

	it.each(READINGS.filter(([, , passes]) => passes))(
		'%s before it is suspended counts as still open',
		async (_, fault) => {
			scene.emulator.addFault({ on: 'query', ...fault, times: 1 });
			const asleep = await scene.run(BOAT);
			expect(asleep.status).toBe('waiting');
			expect((await scene.n8n.run(0)).items(NODE)).toMatchObject([
				{ json: { status: 'completed' } },
			]);
			expect(scene.paid()).toBe(1);
		},
	);

	it.each(READINGS)(
		'%s when its callback comes, and when it is collected',
		async (_, fault, passes) => {
			scene.emulator.addFault({ on: 'query', neverEnds: true, times: 2 });
			scene.emulator.addFault({ on: 'query', ...fault, after: 2, ...(passes && { times: 2 }) });
			const asleep = await scene.run(BOATS, { items: numbered(2) });
			expect(asleep.status).toBe('waiting');
			const ended = await scene.n8n.run(0);
			if (passes)
				expect(ended.items(NODE)).toMatchObject(
					[1, 2].map(() => ({ json: { status: 'completed' } })),
				);
			else {
				expect(shown(ended).error).toMatchObject({ billed: 'unknown', retryable: false });
				for (const id of scene.taskIds()) expect(shown(ended).text).toContain(id);
			}
			expect(scene.paid()).toBe(2);
		},
	);

	it.each(READINGS)('%s in Get Task', async (_, fault) => {
		const [made] = (await scene.run({ ...BOAT, completion: 'submit' })).items(NODE);
		scene.emulator.addFault({ on: 'query', ...fault });
		expectUnknown(await scene.run({ operation: 'getTask', taskId: String(made?.json.taskId) }));
	});
});

describe('A task that is completed and shows no images', () => {
	it.each([
		['no results', { results: [] }],
		['results in a shape that nobody knows', { results: { files: [{ path: '/x/image-7.png' }] } }],
		['a list of things that nobody knows', { result_data: [{ file: 'image-7.png' }] }],
	])('%s: Get Task, not to be run again, and the answer is in the error', async (_, answer) => {
		const [made] = (await scene.run({ ...BOAT, completion: 'submit' })).items(NODE);
		const id = String(made?.json.taskId);
		const body = { id, status: 'completed', ...answer };
		scene.emulator.addFault({ on: 'query', body });
		const { text, error } = shown(await scene.run({ operation: 'getTask', taskId: id }));
		expect(error).toMatchObject({
			code: 'no_images',
			billed: 'unknown',
			retryable: false,
			taskId: id,
			response: JSON.stringify(body),
		});
		expect(text).toContain('Get Task');
		expect(text).not.toMatch(/again later/);
	});
});
