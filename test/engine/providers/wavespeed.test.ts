import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { NODE, paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import { binaryItem, readBinary } from '../support';
import { BOAT, failureOf, jsonOf, paidRequests } from './support';

const emulator = useEmulator({ taskMs: 20 });
const provider = 'wavespeed';

const run = async (parameters: INodeParameters = {}, given: SeedreamRun = {}) =>
	await runSeedream(emulator, { ...BOAT, ...parameters }, { provider, ...given });
const fail = async (parameters: INodeParameters = {}, given: SeedreamRun = {}) =>
	await failureOf(emulator, { ...BOAT, ...parameters }, { provider, ...given });

describe('A task of WaveSpeedAI that has failed before it is answered', () => {
	const bornFailed = { code: '1401', message: 'aspect_ratio is not supported' };

	it('is an error with its reason, not billed, and is not asked for', async () => {
		emulator.addFault({ on: 'create', bornFailed });
		const failure = await fail();
		expect(failure).toMatchObject({ billed: 'no', code: '1401', retryable: false });
		expect(failure.taskId).toMatch(/^[0-9a-f]{32}$/);
		expect(failure.message).toMatch(/aspect_ratio is not supported.*Correct/s);
		expect(emulator.requestsOf('query')).toHaveLength(0);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('is made anew by Retry On Fail', async () => {
		emulator.addFault({ on: 'create', bornFailed, times: 1 });
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await run({}, { node });
		expect(result.error).toBeUndefined();
		expect(paidRequests(emulator)).toBe(2);
		expect(emulator.imagesMade()).toBe(1);
	});

	it('is handed on as what it is where the task is only submitted', async () => {
		emulator.addFault({ on: 'create', bornFailed });
		const result = await run({ completion: 'submit' });
		const shown = result.error?.message ?? JSON.stringify(jsonOf(result));
		expect(shown).toContain('aspect_ratio is not supported');
	});
});

describe('How a task of WaveSpeedAI has ended', () => {
	it.each([
		['1200', /same request will be refused again/, false],
		['1400', /Correct/, false],
		['1402', /reference image can be opened/, false],
		['1403', /Correct/, false],
		['1405', /again later/, true],
		['5000', /again later/, true],
	])('is told by its code %s, with what to do', async (code, advice, retryable) => {
		emulator.addFault({ on: 'create', failTask: { code, message: 'a reason' } });
		const failure = await fail();
		expect(failure).toMatchObject({ code, retryable, billed: 'no' });
		expect(failure.message).toContain('a reason');
		expect(failure.advice).toMatch(advice);
	});

	it.each([
		['timeout', 'no'],
		['cancelled', 'unknown'],
		['deleted', 'unknown'],
	])('may be %s: no longer waited for, billed "%s"', async (code, billed) => {
		emulator.addFault({ on: 'create', failTask: { code, message: 'ended' } });
		expect(await fail()).toMatchObject({ billed });
	});

	it('is moderation of the prompt, which is not billed', async () => {
		const failure = await fail({ prompt: 'A [moderated] boat' });
		expect(failure).toMatchObject({ code: '1200', billed: 'no', retryable: false });
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('is fewer images than were asked and paid for, of which the user is told', async () => {
		const result = await run({ prompt: 'Boats [moderated-output:2]', numberOfImages: 3 });
		const [item] = jsonOf(result);
		expect(item).toMatchObject({ imageCount: 2, requestedCount: 3 });
		expect(item?.warnings).toEqual(['3 images were requested and 2 received.']);
	});
});

describe("Fields of WaveSpeedAI's own", () => {
	it('that make it wait in vain: the task goes on, and is waited for', async () => {
		const options = { additionalFields: '{ "enable_sync_mode": true }' };
		const result = await run({}, { options });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ status: 'completed', imageCount: 1, warnings: [] }]);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('that ask for the image itself: it becomes a file', async () => {
		const options = { additionalFields: '{ "enable_base64_output": true, "size": "256*256" }' };
		const result = await run({}, { options });
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([{ enable_base64_output: true }]);
		const [item] = result.items(NODE);
		expect(item?.json).toMatchObject({ width: 256, height: 256, mimeType: 'image/jpeg' });
		expect((await readBinary(item?.binary?.data))?.length).toBeGreaterThan(1000);
	});
});

it('A file beyond what the model takes elsewhere goes to WaveSpeedAI with a warning, as its pages are silent', async () => {
	const file = { buffer: await picture(14, 100), mimeType: 'image/png' };
	const items = [binaryItem({ binary: { data: file } })];
	const result = await run({ operation: 'edit' }, { items });
	expect(result.error).toBeUndefined();
	expect(jsonOf(result)[0]?.warnings).toEqual([
		expect.stringMatching(/WaveSpeedAI does not demand this.*14x100/),
	]);
});

it('What is left in the account is told in dollars, as WaveSpeedAI says it', async () => {
	emulator.setCredits('test-key', { user: 12.5 });
	const result = await runSeedream(emulator, { operation: 'getBalance' }, { provider });
	expect(jsonOf(result)).toEqual([
		{ provider, balance: 12.5, unit: 'USD', details: { balance: 12.5 } },
	]);
});

it.each([
	['says no more of', 200, { code: 200, message: 'success', data: {} }, /cannot be read/],
	['refuses', 401, { code: 401, message: 'Unauthorized' }, /Unauthorized.*first top-up/s],
])(
	'A file that WaveSpeedAI %s ends the request, which is not paid for',
	async (_, status, body, says) => {
		emulator.addFault({ on: 'upload', status, body });
		const file = { buffer: await picture(64, 64), mimeType: 'image/png' };
		const items = [binaryItem({ binary: { data: file } })];
		const failure = await fail({ operation: 'edit' }, { items });
		expect(failure).toMatchObject({ billed: 'no' });
		expect(failure.message).toMatch(says);
		expect(paidRequests(emulator)).toBe(0);
	},
);

it('An account without money is known by its words alone, whatever the status', async () => {
	const body = { code: 403, message: 'Insufficient credits.' };
	emulator.addFault({ on: 'create', status: 403, body });
	const failure = await fail();
	expect(failure).toMatchObject({ httpStatus: 403, billed: 'no', retryable: false });
	expect(failure.advice).toContain('Top up your WaveSpeedAI account');
});

it('Too many requests for ever: the advice names the account level and what to change', async () => {
	emulator.addFault({ on: 'create', status: 429, retryAfter: 0 });
	const failure = await fail();
	expect(failure).toMatchObject({ httpStatus: 429, billed: 'no', retryable: true });
	expect(failure.advice).toMatch(/account level.*Concurrency/);
});
