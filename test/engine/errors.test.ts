import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../emulator';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, credentialsFor, itemsOf, NODE, runSeedream, type SeedreamRun } from './seedream';
import { binaryItem } from './support';

const KEY = 'sk-evo-1234567890abcdef';

const emulator = useEmulator({ taskMs: 60, apiKeys: [KEY, 'poor-key', 'limited-key'] });

/** Where an error comes from, and what it says: the same whether the node stops or continues. */
interface Row {
	says: string;
	parameters?: INodeParameters;
	run?: SeedreamRun;
	fault?: Fault;
	error: Record<string, unknown>;
	/** What to do next. */
	advice: RegExp;
}

const text = (part: string): unknown => expect.stringContaining(part);
const REQUEST_ID: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const TASK_ID: unknown = expect.stringMatching(/^task-unified-/);

const ROWS: Row[] = [
	{
		says: 'a wrong key',
		run: { apiKey: 'sk-wrong-key-0987654321' },
		error: {
			message: text('Invalid or expired token'),
			code: 'unauthorized',
			httpStatus: 401,
			requestId: REQUEST_ID,
			retryable: false,
			billed: 'no',
		},
		advice: /API key in the credentials/,
	},
	{
		says: 'no credit',
		run: { apiKey: 'poor-key' },
		error: {
			message: text('Insufficient quota'),
			code: 'insufficient_quota',
			httpStatus: 402,
			requestId: REQUEST_ID,
			retryable: false,
			billed: 'no',
		},
		advice: /Top up/,
	},
	{
		says: 'a model that the key may not use',
		parameters: { model: 'seedream-4.5' },
		run: { apiKey: 'limited-key' },
		error: {
			message: text('doubao-seedream-4.5'),
			code: 'model_access_denied',
			httpStatus: 403,
			requestId: REQUEST_ID,
			retryable: false,
			billed: 'no',
		},
		advice: /Allow this model.*or choose another/,
	},
	{
		says: 'a model that does not exist',
		parameters: { model: 'custom', modelId: 'doubao-seedream-9' },
		error: {
			message: text('doubao-seedream-9'),
			code: 'model_not_found',
			httpStatus: 404,
			requestId: REQUEST_ID,
			retryable: false,
			billed: 'no',
		},
		advice: /choose another model/,
	},
	{
		says: 'a task that the content filter stopped',
		parameters: { prompt: 'Something [moderated]' },
		error: {
			message: text('Content policy violation'),
			code: 'content_policy_violation',
			taskId: TASK_ID,
			requestId: REQUEST_ID,
			retryable: false,
			billed: 'no',
		},
		advice: /Change the prompt.*not billed/,
	},
	{
		says: 'a task that failed for want of machines',
		fault: { on: 'create', failTask: { code: 'resource_exhausted', message: 'No capacity' } },
		error: {
			message: text('No capacity'),
			code: 'resource_exhausted',
			taskId: TASK_ID,
			requestId: REQUEST_ID,
			retryable: true,
			billed: 'no',
		},
		advice: /again later.*not billed/,
	},
	{
		says: 'a task that failed for a reason nobody knows',
		fault: { on: 'create', failTask: { code: 'brand_new_code', message: 'Surprise' } },
		error: {
			message: text('Surprise'),
			code: 'brand_new_code',
			taskId: TASK_ID,
			requestId: REQUEST_ID,
			retryable: true,
			billed: 'no',
		},
		advice: /not billed/,
	},
];

describe('An error says what happened, what to do next and whether it was billed', () => {
	it.each(ROWS.map((row) => [row.says, row] as const))(
		'%s',
		async (_, { parameters, run, fault, error, advice }) => {
			if (fault) emulator.addFault(fault);
			const input = { ...BOAT, ...parameters };
			const whole = { provider: 'evolink', ...error };

			const continued = await runSeedream(emulator, input, {
				apiKey: KEY,
				...run,
				node: { onError: 'continueRegularOutput' },
			});
			expect(continued.items(NODE)).toEqual([{ json: { error: whole }, pairedItem: { item: 0 } }]);
			expect(continued.items(NODE)[0]?.json.error).toMatchObject({
				message: expect.stringMatching(advice),
			});

			const stopped = await runSeedream(emulator, input, { apiKey: KEY, ...run });
			expect(stopped.error?.message).toEqual(error.message);
			expect(stopped.error?.description).toMatch(advice);
			expect(stopped.error).toMatchObject({ context: { data: { error: whole } } });
		},
	);

	it('and which item it was about', async () => {
		const run = { apiKey: KEY, items: itemsOf({ p: 'A boat' }, { p: '[moderated]' }) };
		const failed = await runSeedream(emulator, { ...BOAT, prompt: '={{ $json.p }}' }, run);
		expect(failed.error).toMatchObject({ context: { itemIndex: 1 } });

		emulator.addFault({ on: 'create', status: 402, after: 1 });
		const refused = await runSeedream(emulator, BOAT, { ...run, options: { concurrency: 1 } });
		expect(refused.error).toMatchObject({ context: { itemIndex: 1 } });
	});

	it('on the error output, with the fields of the input item', async () => {
		const items = itemsOf({ p: 'A boat', row: 1 }, { p: '[moderated]', row: 2 });
		const result = await runSeedream(
			emulator,
			{ ...BOAT, prompt: '={{ $json.p }}' },
			{ apiKey: KEY, items, node: { onError: 'continueErrorOutput' } },
		);
		const [good, bad] = result.outputs(NODE);
		expect(good).toMatchObject([{ json: { status: 'completed' }, pairedItem: { item: 0 } }]);
		expect(bad).toMatchObject([
			{
				json: { p: '[moderated]', row: 2, error: { code: 'content_policy_violation' } },
				pairedItem: { item: 1 },
			},
		]);
	});
});

describe('When a task exists, the error says so, whatever went wrong after it was made', () => {
	it.each([
		['the key is no longer good', { status: 401 }],
		['the quota of queries is used up', { status: 402 }],
		['no permission', { status: 403 }],
		['the task is not found', { status: 404 }],
		['an answer that cannot be read', { notJson: true }],
	] as const)(
		'%s: its ID, Get Task instead of another run, and billed is not "no"',
		async (_, fault) => {
			emulator.addFault({ on: 'query', ...fault });
			const result = await runSeedream(emulator, BOAT, {
				apiKey: KEY,
				options: { maxWaitSeconds: 0.3 },
			});
			expect(result.error).toMatchObject({
				context: { data: { error: { taskId: TASK_ID, billed: 'unknown' } } },
			});
			expect(result.error?.description).toMatch(/Get Task.*task-unified-.*do not run/);
		},
	);

	it('the others of the same run are named too', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		const result = await runSeedream(emulator, BOAT, {
			apiKey: KEY,
			items: itemsOf({}, {}),
			options: { concurrency: 1 },
		});
		expect(result.error?.description).toMatch(/Other tasks of this run.*Get Task.*task-unified-/);
	});
});

describe('A reference that the file host does not take', () => {
	const FULL = { success: false, code: 40003, msg: 'File quota exceeded' };

	it.each([400, 200])(
		'is named, with the reason (HTTP %d), and nothing is bought',
		async (status) => {
			emulator.addFault(
				status === 200 ? { on: 'upload', body: FULL } : { on: 'upload', status, body: FULL },
			);
			const items = [
				binaryItem({
					binary: {
						data: { buffer: await picture(40, 40), fileName: 'cat.png', mimeType: 'image/png' },
					},
				}),
			];
			const result = await runSeedream(
				emulator,
				{ ...BOAT, operation: 'edit' },
				{ apiKey: KEY, items },
			);
			expect(result.error?.message).toMatch(/"data" \(cat\.png\).*File quota exceeded/);
			expect(result.error?.description).toMatch(/full.*72 hours/);
			expect(result.error).toMatchObject({
				context: {
					data: { error: { code: '40003', httpStatus: status, billed: 'no', retryable: false } },
				},
			});
			expect(emulator.requestsOf('create')).toHaveLength(0);
		},
	);
});

describe('The API key', () => {
	const faults: ReadonlyArray<readonly [what: string, fault: Fault | undefined]> = [
		['all goes well', undefined],
		['the request is refused', { on: 'create', status: 401 }],
		[
			'the provider repeats the key in its answer',
			{
				on: 'create',
				status: 401,
				body: { error: { code: 'unauthorized', message: `Bad key: ${KEY}` } },
			},
		],
		[
			'the provider repeats the key several times',
			{
				on: 'create',
				status: 401,
				body: { error: { code: KEY, message: `Bad key ${KEY}, ${KEY} or ${KEY}` } },
			},
		],
		[
			'the provider repeats the key in something unreadable',
			{ on: 'create', body: `Authorization: Bearer ${KEY}` },
		],
		['the connection is cut', { on: 'create', reset: 'after' }],
		['the task cannot be read', { on: 'query', status: 403 }],
		['the answer cannot be read', { on: 'query', notJson: true }],
		['the image is gone', { on: 'download', deadLink: true }],
	];

	it.each(faults)('is nowhere in what n8n saves when %s', async (_, fault) => {
		if (fault) emulator.addFault(fault);
		for (const onError of [
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		] as const) {
			const result = await runSeedream(
				emulator,
				{ ...BOAT, download: true, resolution: '1K' },
				{ apiKey: KEY, options: { maxWaitSeconds: 1 }, node: { onError } },
			);
			const seen = [
				result.saved,
				JSON.stringify(result.runData),
				JSON.stringify(result.error ?? {}),
				result.error?.stack,
			];
			expect(seen.some((place) => place?.includes(KEY))).toBe(false);
			expect(emulator.requests.length).toBeGreaterThan(0);
		}
	});

	it('is nowhere when nobody can be reached', async () => {
		const credentials = { ...credentialsFor(emulator, { apiKey: KEY }), baseUrl: 'not a url' };
		const result = await runSeedream(emulator, BOAT, {
			credentials,
			node: { onError: 'continueRegularOutput' },
		});
		expect(result.saved.includes(KEY)).toBe(false);
	});

	it('is in no URL', async () => {
		await runSeedream(emulator, { ...BOAT, download: true, resolution: '1K' }, { apiKey: KEY });
		expect(emulator.requests.map(({ path }) => path).join('\n')).not.toContain(KEY);
		expect(emulator.requestsOf('create')[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
	});
});
