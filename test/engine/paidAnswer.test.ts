import { BinaryDataService } from 'n8n-core';
import { Container } from '@n8n/di';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Provider } from '../emulator';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { useCompressedTime } from '../properties/support/time';
import { startOtherServer } from './otherServer';
import { BOAT, NODE, runSeedream, type SeedreamRun } from './seedream';
import { readBinary, retryExecution } from './support';

const emulator = useEmulator({ taskMs: 20 });
useCompressedTime(20);
afterEach(() => vi.restoreAllMocks());

const paid = () => emulator.requestsOf('create').length;

async function answered(
	body: unknown,
	provider: Provider = 'evolink',
	parameters = BOAT,
	run: SeedreamRun = {},
) {
	emulator.addFault({ on: 'create', body });
	return await runSeedream(emulator, parameters, { provider, ...run });
}

function errorOf(context: unknown): unknown {
	return Reflect.get(Object(Reflect.get(Object(context), 'data')), 'error');
}

describe('A paid answer that cannot be read', () => {
	const SYNC: Provider[] = ['novita', 'uniall', 'tokaify', 'byteplus', 'volcengine'];

	it.each(['evolink', ...SYNC] as Provider[])(
		'of %s is in the error as it came, with what it may hold',
		async (provider) => {
			const body = { result: { files: ['https://x.example.com/image-7.png'] } };
			const result = await answered(body, provider);
			expect(errorOf(result.error?.context)).toMatchObject({
				billed: 'unknown',
				response: JSON.stringify(body),
			});
			expect(paid()).toBe(1);
		},
	);

	it('is cut at 64 kB', async () => {
		const result = await answered({ result: 'ä'.repeat(100_000) });
		const response = Reflect.get(Object(errorOf(result.error?.context)), 'response');
		expect(String(response).length).toBeGreaterThan(30_000);
		expect(Buffer.byteLength(String(response))).toBeLessThanOrEqual(64 * 1024 + 3);
	});

	it('is in the error item too, where the node continues', async () => {
		const body = { hello: 'world' };
		const result = await answered(body, 'novita', BOAT, {
			node: { onError: 'continueRegularOutput' },
		});
		expect(result.items(NODE)).toMatchObject([
			{ json: { error: { response: JSON.stringify(body), billed: 'unknown' } } },
		]);
	});

	it('a refusal is not kept: it was not paid for', async () => {
		emulator.addFault({ on: 'create', status: 400, body: { error: { code: 'x', message: 'no' } } });
		const result = await runSeedream(emulator, BOAT);
		expect(errorOf(result.error?.context)).not.toHaveProperty('response');
	});

	it('a set without an image, of which one member is in a shape that nobody knows: it may be one, so it may be billed', async () => {
		const data = [{ error: { code: 'x', message: 'no' } }, { file: { path: '/2.png' } }];
		const result = await answered({ created: 1, data }, 'byteplus', { ...BOAT, numberOfImages: 2 });
		expect(errorOf(result.error?.context)).toMatchObject({ billed: 'unknown', retryable: false });
		expect(paid()).toBe(1);
	});

	it('a set of which some members are in a shape that nobody knows: these are listed as they came', async () => {
		const data = [{ url: 'https://x.example.com/1.png' }, { file: { path: '/2.png' } }, null];
		const result = await answered({ created: 1, data }, 'byteplus', { ...BOAT, numberOfImages: 3 });
		const [item] = result.items(NODE);
		expect(item?.json).toMatchObject({
			url: 'https://x.example.com/1.png',
			failedImages: [
				{
					index: 1,
					code: 'unreadable_image',
					message: expect.stringContaining('{"file":{"path":"/2.png"}}'),
				},
				{ index: 2, code: 'unreadable_image' },
			],
		});
	});
});

describe('A request that was answered with an ID and no more', () => {
	it('keeps its task: it is waited for, and its images come', async () => {
		emulator.addFault({ on: 'create', status: 400, times: 1 });
		const [made] = (
			await runSeedream(
				emulator,
				{ ...BOAT, completion: 'submit' },
				{ node: { retryOnFail: true, waitBetweenTries: 1 } },
			)
		).items(NODE);
		const result = await answered({ id: made?.json.taskId });
		expect(result.items(NODE)).toMatchObject([
			{ json: { taskId: made?.json.taskId, status: 'completed' } },
		]);
	});
});

describe('An image that came in the answer itself, and that n8n cannot store', () => {
	const failStoring = (times: number) => {
		const spy = vi.spyOn(Container.get(BinaryDataService), 'store');
		for (let time = 0; time < times; time += 1)
			spy.mockRejectedValueOnce(new Error('ENOSPC: no space left on device'));
		return spy;
	};
	const inline = async () => ({ images: [(await picture(64, 64)).toString('base64')] });

	it('is tried again, and comes', async () => {
		failStoring(2);
		const result = await answered(await inline(), 'novita');
		const [item] = result.items(NODE);
		expect(item?.json).not.toHaveProperty('error');
		expect(await readBinary(item?.binary?.data)).toEqual(await picture(64, 64));
	});

	it('else is an error that was paid for and can be retried, and never an item without a picture', async () => {
		failStoring(3);
		const result = await answered(await inline(), 'novita', BOAT, {
			node: { onError: 'continueRegularOutput' },
		});
		expect(result.items(NODE)).toMatchObject([
			{
				json: {
					error: {
						code: 'not_stored',
						billed: 'yes',
						retryable: true,
						message: expect.stringContaining('no space left'),
					},
				},
			},
		]);
	});

	it('Retry On Fail stores it without paying again', async () => {
		failStoring(3);
		const result = await answered(await inline(), 'novita', BOAT, {
			node: { retryOnFail: true, waitBetweenTries: 1 },
		});
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toMatchObject([{ binary: { data: {} } }]);
		expect(paid()).toBe(1);
	});

	it('a retry from the list stores it without paying again', async () => {
		failStoring(3);
		const failed = await answered(await inline(), 'novita');
		expect(failed.status).toBe('error');
		const retried = await retryExecution(failed);
		expect(retried.items(NODE)).toMatchObject([{ binary: { data: {} } }]);
		expect(paid()).toBe(1);
	});
});

describe('Images that all failed at a provider without tasks', () => {
	it('are made anew by Retry On Fail, as nothing was billed', async () => {
		const error = { code: 'OutputImageSensitiveContentDetected', message: 'sensitive' };
		emulator.addFault({ on: 'create', body: { created: 1, data: [{ error }] }, times: 1 });
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await runSeedream(emulator, BOAT, { provider: 'byteplus', node });
		expect(result.items(NODE)).toMatchObject([{ json: { status: 'completed' } }]);
		expect(paid()).toBe(2);
	});
});

describe('Part of an image set, as a failure', () => {
	it('says of each member that is missing why, with its code', async () => {
		const error = { code: 'OutputImageSensitiveContentDetected', message: 'sensitive' };
		const data = [{ url: 'https://x.example.com/1.png' }, { error }];
		const result = await answered(
			{ created: 1, data },
			'byteplus',
			{ ...BOAT, numberOfImages: 2 },
			{ options: { failOnPartial: true } },
		);
		expect(errorOf(result.error?.context)).toMatchObject({
			code: 'partial_result',
			billed: 'yes',
			failedImages: [{ index: 1, code: error.code, message: error.message }],
		});
	});
});

describe('Other requests of a run that ends in an error', () => {
	it('their images are named, where no task gives them again, and a retry hands them on without paying', async () => {
		emulator.addFault({ on: 'create', status: 400, after: 1, times: 1 });
		const items = [{ json: { p: 'a' } }, { json: { p: 'b' } }];
		const parameters = { ...BOAT, prompt: '={{ $json.p }}' };
		const failed = await runSeedream(emulator, parameters, {
			provider: 'novita',
			items,
			options: { concurrency: 1 },
		});
		const said: unknown = errorOf(failed.error?.context);
		expect(said).toMatchObject({ billed: 'no', urls: [expect.stringContaining('http')] });
		expect(failed.error?.description).toContain(String(Reflect.get(Object(said), 'urls')[0]));
		const retried = await retryExecution(failed);
		expect(retried.items(NODE)).toHaveLength(2);
		expect(paid()).toBe(3);
	});
});

describe('A stream whose last event has no blank line behind it', () => {
	it('counts whole', async () => {
		const url = 'https://x.example.com/1.png';
		const body = `data: ${JSON.stringify({ type: 'image_generation.partial_succeeded', image_index: 0, url })}`;
		const host = await startOtherServer((_, response) =>
			response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body),
		);
		const credentials = { provider: 'byteplus', apiKey: 'test-key', baseUrl: host.url };
		const result = await runSeedream(emulator, BOAT, { credentials, options: { stream: true } });
		await host.stop();
		expect(result.items(NODE)).toMatchObject([{ json: { url } }]);
	});
});
