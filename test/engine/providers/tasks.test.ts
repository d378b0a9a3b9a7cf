import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { ASYNCHRONOUS } from '../../providers';
import { fieldsIn } from '../../providers/body';
import type { Refusal } from '../../providers/fixture';
import { NODE, paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import { binaryItem, readBinary } from '../support';
import { BOAT, failureOf, itemFacts, jsonOf, paidRequests, type Failure } from './support';

const emulator = useEmulator({ taskMs: 20 });

/** The provider's own ID of the task that was accepted last. */
const ownId = (): string => emulator.acceptedCreates().at(-1)?.taskId ?? 'none';

/** Answers after which nobody knows whether a request was accepted, whoever gives them. */
const UNSURE: ReadonlyArray<{ says: string; fault: Omit<Fault, 'on'> }> = [
	{ says: 'HTTP 500', fault: { status: 500, body: {} } },
	{ says: 'HTTP 502 that is no JSON', fault: { status: 502, body: '<html>' } },
	{ says: 'HTTP 504', fault: { status: 504, body: {} } },
	{ says: 'HTTP 408', fault: { status: 408, body: {} } },
	{ says: 'a connection that is cut before the request is looked at', fault: { reset: 'before' } },
	{ says: 'a connection that is cut after the request is accepted', fault: { reset: 'after' } },
	{ says: 'an answer that is cut off half-way', fault: { truncate: true } },
	{ says: 'a web page', fault: { notJson: true } },
	{ says: 'an empty object', fault: { body: {} } },
];

describe.each(ASYNCHRONOUS)('Tasks of $name', (fixture) => {
	const { id: provider, name, asynchronous } = fixture;
	const { item, mostImages, isExactCount = false, failedIsBilled } = asynchronous;

	const run = async (parameters: INodeParameters = {}, given: SeedreamRun = {}) =>
		await runSeedream(emulator, { ...BOAT, ...parameters }, { provider, ...given });
	const fail = async (
		parameters: INodeParameters = {},
		given: SeedreamRun = {},
	): Promise<Failure> =>
		await failureOf(emulator, { ...BOAT, ...parameters }, { provider, ...given });

	it('are waited for, and their images become files', async () => {
		const result = await run({ download: true });
		expect(result.error).toBeUndefined();
		expect(paidRequests(emulator)).toBe(1);
		expect(jsonOf(result)).toMatchObject([
			{
				...itemFacts(item, 1),
				taskId: expect.stringContaining(ownId()),
				status: 'completed',
				provider,
				imageIndex: 0,
				imageCount: 1,
				requestedCount: 1,
				url: expect.stringMatching(/^http/),
				warnings: [],
			},
		]);
		expect((await readBinary(result.items(NODE)[0]?.binary?.data))?.length).toBeGreaterThan(1000);
		expect(result.saved).not.toContain('test-key');
	});

	it('make a set from one request', async () => {
		const result = await run({ numberOfImages: mostImages });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result).map(({ imageIndex }) => imageIndex)).toEqual([
			...Array(mostImages).keys(),
		]);
		expect(new Set(jsonOf(result).map(({ url }) => url)).size).toBe(mostImages);
		const [body, ...more] = paidBodies(emulator);
		expect(more).toEqual([]);
		const sentence =
			mostImages === 1 || isExactCount ? '' : `\n\nGenerate ${mostImages} different images.`;
		expect(fieldsIn(fixture, body).prompt).toBe(`A boat${sentence}`);
	});

	it('are handed on at once where that is wanted, and Get Task gives their images', async () => {
		emulator.setTaskMs(600_000);
		const submitted = jsonOf(await run({ completion: 'submit' }));
		expect(submitted).toMatchObject([
			{
				taskId: expect.stringContaining(ownId()),
				status: expect.stringMatching(/^(pending|processing)$/),
				warnings: [],
			},
		]);
		const taskId = String(submitted[0]?.taskId);
		const getTask = { operation: 'getTask', taskId, download: true };
		const open = await runSeedream(emulator, getTask, { provider });
		expect(jsonOf(open)).toMatchObject([
			{ taskId, status: expect.stringMatching(/^(pending|processing)$/) },
		]);
		emulator.finishTasks();
		const ended = await runSeedream(emulator, { ...getTask, waitUntilDone: true }, { provider });
		expect(jsonOf(ended)).toMatchObject([{ taskId, status: 'completed', imageCount: 1 }]);
		expect(ended.items(NODE)[0]?.binary?.data?.fileName).toMatch(/^[\w.-]+$/);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('that cannot be its own are refused before anything is asked', async () => {
		for (const taskId of asynchronous.impossibleIds) {
			const failure = await failureOf(emulator, { operation: 'getTask', taskId }, { provider });
			expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no' });
			expect(failure.message).toContain(taskId);
		}
		expect(emulator.requests).toHaveLength(0);
	});

	it('that it does not know are an error with the ID, and nobody is told to pay again', async () => {
		const taskId = String(jsonOf(await run())[0]?.taskId);
		emulator.reset();
		const failure = await failureOf(emulator, { operation: 'getTask', taskId }, { provider });
		expect(failure).toMatchObject({ taskId, billed: 'unknown', retryable: false, provider });
		expect(failure.message).toContain(`Use the Get Task operation with the ID ${taskId}`);
	}, 30_000);

	it('that fail say why, and whether they are billed', async () => {
		const failTask = { code: '500', message: 'The model had trouble of its own' };
		emulator.addFault({ on: 'create', failTask });
		const failure = await fail();
		expect(failure).toMatchObject({ billed: failedIsBilled, provider });
		expect(failure.taskId).toContain(ownId());
		expect(failure.message).toContain('trouble of its own');
		expect(failure.message).toContain(name);
	});

	it('that fail are made anew by Retry On Fail only where they are not billed', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: '500', message: 'trouble' },
			times: 1,
		});
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await run({}, { node });
		expect(paidRequests(emulator)).toBe(failedIsBilled === 'no' ? 2 : 1);
		expect(result.status).toBe(failedIsBilled === 'no' ? 'success' : 'error');
	});

	it('that end with nothing keep their answer, and may be billed', async () => {
		emulator.addFault({ on: 'create', noImages: true });
		expect(await fail()).toMatchObject({ billed: 'unknown', retryable: false });
	});

	it('that last too long stay, with their ID', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const failure = await fail({}, { options: { maxWaitSeconds: 0.3 } });
		expect(failure).toMatchObject({ code: 'wait_timeout', billed: 'unknown' });
		expect(failure.taskId).toContain(ownId());
	});

	it('are read again where a reading fails for a moment', async () => {
		for (const status of [500, 503, 429]) {
			emulator.addFault({ on: 'query', status, body: {}, retryAfter: 0, times: 1 });
		}
		emulator.addFault({ on: 'query', reset: 'before', times: 1 });
		emulator.addFault({ on: 'query', notJson: true, times: 1 });
		const result = await run();
		expect(result.error).toBeUndefined();
		expect(paidRequests(emulator)).toBe(1);
	});
});

describe.each(ASYNCHRONOUS)('Refused by $name', (fixture) => {
	const { id: provider, asynchronous } = fixture;
	const { wrongKey, noCredit, unknownModel, refused } = asynchronous;

	async function expectRefused(
		{ advice, ...facts }: Refusal,
		run: SeedreamRun,
		parameters: INodeParameters = {},
	): Promise<void> {
		const failure = await failureOf(emulator, { ...BOAT, ...parameters }, { provider, ...run });
		expect(failure).toMatchObject({ provider, billed: 'no', retryable: false, ...facts });
		expect(failure.message).toMatch(advice);
		expect(paidRequests(emulator)).toBe(1);
		expect(emulator.creditsUsed()).toBe(0);
	}

	it('a key that is wrong', async () => {
		await expectRefused(wrongKey, { apiKey: 'wrong-key-4711' });
	});

	it('an account without money', async () => {
		await expectRefused(noCredit, { apiKey: 'poor-key' });
	});

	it('a model that is not there', async () => {
		await expectRefused(unknownModel, {}, { model: 'custom', modelId: 'no-such/model' });
	});

	it.each(refused.map((row) => [row.says, row] as const))('%s', async (_, row) => {
		const { status, body, message, retryable = false } = row;
		emulator.addFault({ on: 'create', status, body });
		const failure = await failureOf(emulator, BOAT, { provider });
		expect(failure).toMatchObject({ billed: 'no', retryable });
		expect(failure.message).toMatch(message);
	});

	it('for being too many (429): sent again, the same, until it is taken', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 0, times: 2 });
		const result = await runSeedream(emulator, BOAT, { provider });
		expect(result.error).toBeUndefined();
		const bodies = paidBodies(emulator);
		expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
		expect(emulator.acceptedCreates()).toHaveLength(1);
	});
});

describe.each(ASYNCHRONOUS)(
	'A request to $name that may have been accepted is never sent again',
	({ id: provider, name, asynchronous: { unsure = [] } }) => {
		const own = unsure.map(({ says, status, body }) => ({ says, fault: { status, body } }));

		it.each([...UNSURE, ...own])(
			'$says: one POST, and the error says that it may be billed',
			async ({ fault }) => {
				emulator.addFault({ on: 'create', ...fault });
				const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
				const failure = await failureOf(emulator, BOAT, { provider, node });
				expect(paidRequests(emulator)).toBe(1);
				expect(failure).toMatchObject({ provider, billed: 'unknown', retryable: false });
				expect(failure.message).toMatch(/may have been (accepted|billed)/);
				expect(failure.message).toContain(name);
			},
		);
	},
);

describe.each(ASYNCHRONOUS)('A file as a reference image at $name', (fixture) => {
	const { id: provider, asynchronous } = fixture;
	const { uploadRequests, referenceField } = asynchronous;
	const edit = { ...BOAT, operation: 'edit', prompt: 'Brighter' };

	it('is put where the provider can see it, once for all items, without a word', async () => {
		const file = { buffer: await picture(640, 640), mimeType: 'image/png' };
		const items = [1, 2].map(() => binaryItem({ binary: { data: file } }));
		const result = await runSeedream(emulator, edit, { provider, items });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result).map(({ warnings }) => warnings)).toEqual([[], []]);
		expect(emulator.requestsOf('upload')).toHaveLength(uploadRequests);
		const sent = paidBodies(emulator).map((body) => fieldsIn(fixture, body)[referenceField]);
		expect(sent).toHaveLength(2);
		expect(new Set(sent.map((references) => JSON.stringify(references))).size).toBe(1);
		expect(JSON.stringify(sent[0])).toMatch(uploadRequests > 0 ? /http/ : /data:image\/png/);
	});

	it.runIf(uploadRequests > 0)(
		'that its host does not take is an error that names the file; nothing is paid',
		async () => {
			const file = { buffer: await picture(640, 640), mimeType: 'image/png', fileName: 'boat.png' };
			emulator.addFault({ on: 'upload', status: 400, body: {}, after: uploadRequests - 1 });
			const items = [binaryItem({ binary: { data: file } })];
			const failure = await failureOf(emulator, edit, { provider, items });
			expect(failure).toMatchObject({ billed: 'no' });
			expect(failure.message).toContain('boat.png');
			expect(paidRequests(emulator)).toBe(0);
		},
	);

	it('without the key where it is not on a host of the provider', async () => {
		const file = { buffer: await picture(640, 640), mimeType: 'image/png' };
		await runSeedream(emulator, edit, {
			provider,
			items: [binaryItem({ binary: { data: file } })],
		});
		const own = [emulator.baseUrl(provider), emulator.uploadUrl(provider)]
			.filter((url) => url !== undefined)
			.map((url) => new URL(url).pathname);
		for (const { path, headers } of emulator.requestsOf('upload')) {
			const isOwn = own.some((base) => path.startsWith(`${base}/`));
			expect(headers.authorization !== undefined, path).toBe(isOwn);
		}
	});
});
