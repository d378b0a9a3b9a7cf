import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import { picture, until } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, itemsOf, runSeedream, startSeedream, type SeedreamRun } from './seedream';
import { binaryItem } from './support';

const emulator = useEmulator({ taskMs: 20 });
beforeEach(() => {
	// n8n's record of a stopped execution is written before the node hears of it, so it is listened to here.
	vi.spyOn(Seedream.prototype, 'execute');
});
afterEach(() => vi.restoreAllMocks());

const created = () => emulator.requestsOf('create').length;
const asked = () => emulator.requestsOf('query').map(({ path }) => path.split('/').at(-1) ?? '');

/** What the node has thrown, in its own words. */
async function thrown(): Promise<unknown> {
	const [end] = await until(() => {
		const ended = vi
			.mocked(Seedream.prototype.execute)
			.mock.settledResults.filter(({ type }) => type !== 'incomplete');
		return ended.length > 0 ? ended : undefined;
	}, 8000);
	expect(end?.type).toBe('rejected');
	return Object(Object(end?.value).context).data?.error;
}

/** Stops the execution as soon as `moment` has come. */
async function stopWhen(
	moment: () => boolean,
	parameters = BOAT,
	run: SeedreamRun = {},
): Promise<unknown> {
	const handle = startSeedream(emulator, parameters, run);
	await until(() => (moment() ? true : undefined));
	handle.cancel();
	await handle.result;
	return await thrown();
}

const STOPPED = { code: 'execution_stopped', retryable: false };

describe('Stop before anything was sent that costs: not billed', () => {
	it('while a file is uploaded', async () => {
		emulator.addFault({ on: 'upload', hang: 3000 });
		const items = [
			binaryItem({ binary: { data: { buffer: await picture(40, 40), mimeType: 'image/png' } } }),
		];
		const error = await stopWhen(
			() => emulator.requestsOf('upload').length === 1,
			{ ...BOAT, operation: 'edit' },
			{ items },
		);
		expect(error).toMatchObject({
			...STOPPED,
			billed: 'no',
			message: expect.stringContaining('Nothing was sent that is billed'),
		});
		expect(created()).toBe(0);
	});

	it('in the pause after a refusal', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 20 });
		expect(await stopWhen(() => created() === 1)).toMatchObject({ ...STOPPED, billed: 'no' });
	});

	it('in the pause after a refusal of a provider that answers with the images', async () => {
		emulator.addFault({ on: 'create', status: 429, retryAfter: 20 });
		const moment = () =>
			emulator
				.requestsOf('create')
				.some(({ status, at }) => status === 429 && Date.now() > at + 200);
		expect(await stopWhen(moment, BOAT, { provider: 'novita' })).toMatchObject({
			...STOPPED,
			billed: 'no',
		});
	});

	it('while the balance is asked for', async () => {
		emulator.addFault({ on: 'credits', hang: 3000 });
		const error = await stopWhen(() => emulator.requestsOf('credits').length === 1, {
			operation: 'getBalance',
		});
		expect(error).toMatchObject({ ...STOPPED, billed: 'no' });
	});

	it('while Get Task waits, which has sent nothing itself; the tasks are named', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const made = await runSeedream(emulator, { ...BOAT, completion: 'submit' });
		const taskId = String(made.items('Seedream')[0]?.json.taskId);
		vi.mocked(Seedream.prototype.execute).mockClear();
		const error = await stopWhen(() => asked().length > 0, {
			operation: 'getTask',
			taskId,
			waitUntilDone: true,
		});
		expect(error).toMatchObject({
			...STOPPED,
			billed: 'no',
			message: expect.stringMatching(new RegExp(`Get Task.*${taskId}`)),
		});
	});
});

describe('Stop after something was sent: nobody knows', () => {
	it('while the node waits: every task is named', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const error = await stopWhen(() => new Set(asked()).size === 2, BOAT, {
			items: itemsOf({}, {}),
		});
		expect(error).toMatchObject({
			...STOPPED,
			billed: 'unknown',
			taskIds: expect.arrayContaining([...new Set(asked())]),
		});
		for (const id of asked()) expect(JSON.stringify(error)).toMatch(new RegExp(`Get Task.*${id}`));
	});

	it('while a request is under way', async () => {
		emulator.addFault({ on: 'create', hang: 300 });
		const error = await stopWhen(() => created() === 1);
		expect(error).toMatchObject({
			...STOPPED,
			billed: 'unknown',
			taskIds: [expect.stringMatching(/^task-unified-/)],
		});
	});

	it('while a provider makes the images that it answers with', async () => {
		emulator.addFault({ on: 'create', hang: 5000 });
		const error = await stopWhen(() => created() === 1, BOAT, { provider: 'byteplus' });
		expect(error).toMatchObject({ ...STOPPED, billed: 'unknown' });
	});

	it('while images are downloaded: their links are in it where no task gives them again', async () => {
		emulator.addFault({ on: 'download', slow: 5000 });
		const error = await stopWhen(
			() => emulator.requestsOf('download').length === 1,
			{ ...BOAT, download: true },
			{ provider: 'byteplus' },
		);
		expect(error).toMatchObject({
			...STOPPED,
			billed: 'unknown',
			urls: [expect.stringMatching(/^http/)],
		});
	});

	it('where the node is to continue on errors, too: it stops all the same', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const error = await stopWhen(() => asked().length > 0, BOAT, {
			node: { onError: 'continueRegularOutput' },
		});
		expect(error).toMatchObject({ ...STOPPED, billed: 'unknown' });
	});
});
