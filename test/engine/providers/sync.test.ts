import sharp from 'sharp';
import type { INodeParameters } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Provider } from '../../emulator';
import { itemsOf, NODE, paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import { readBinary, type RunResult } from '../support';
import {
	ARK,
	BOAT,
	failureOf,
	FOUR_BOATS,
	jsonOf,
	NAMES,
	paidRequests,
	SYNCHRONOUS,
} from './support';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

const LINK = expect.stringMatching(/^http.*\.(jpg|png)$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
const DAY = 24 * 3600 * 1000;

async function run(parameters: INodeParameters, settings: SeedreamRun): Promise<RunResult> {
	const result = await runSeedream(emulator, parameters, settings);
	expect(result.error).toBeUndefined();
	return result;
}

/** All that is known besides what every provider gives; what is not known is left out, never made up. */
const KNOWN: ReadonlyArray<readonly [Provider, Record<string, unknown>]> = [
	['novita', { model: 'seedream-4.0' }],
	['uniall', { model: 'seedream-4.0', createdAt: TIME }],
	['tokaify', { model: 'doubao-seedream-4-0-250828', createdAt: TIME, revisedPrompt: 'A boat' }],
	...ARK.map(
		(provider) =>
			[
				provider,
				{
					model: provider === 'byteplus' ? 'seedream-4-0-250828' : 'doubao-seedream-4-0-250828',
					createdAt: TIME,
					expiresAt: TIME,
					width: 2048,
					height: 2048,
					usage: { generated_images: 1, output_tokens: 16384, total_tokens: 16384 },
				},
			] as const,
	),
];

describe('An item says all that is known, and nothing that is not', () => {
	it.each(KNOWN)('%s', async (provider, known) => {
		const result = await run(BOAT, { provider });
		expect(result.items(NODE)).toHaveLength(1);
		expect(jsonOf(result)).toEqual([
			{
				status: 'completed',
				provider,
				imageIndex: 0,
				imageCount: 1,
				requestedCount: 1,
				url: LINK,
				warnings: [],
				...known,
			},
		]);
		const [item] = jsonOf(result);
		if ('expiresAt' in known) {
			expect(Date.parse(String(item?.expiresAt)) - Date.parse(String(item?.createdAt))).toBe(DAY);
		}
		expect(emulator.requestsOf('query')).toHaveLength(0);
	});

	it.each(SYNCHRONOUS)(
		'%s: with the image itself, its type and its size as the bytes say',
		async (provider) => {
			const result = await run(
				{ ...BOAT, download: true, sizeMode: 'pixels', width: 1280, height: 960 },
				{ provider },
			);
			const [item] = result.items(NODE);
			const format = provider === 'uniall' ? 'png' : 'jpeg';
			expect(item?.json).toMatchObject({ width: 1280, height: 960, mimeType: `image/${format}` });
			expect(item?.json.fileName).toMatch(format === 'png' ? /^[\w-]+\.png$/ : /^[\w-]+\.jpg$/);
			expect(await sharp(await readBinary(item?.binary?.data)).metadata()).toMatchObject({
				format,
				width: 1280,
				height: 960,
			});
		},
	);

	it.each(SYNCHRONOUS)(
		'%s: file names that are each of one image, over all items and images',
		async (provider) => {
			const result = await run(
				{
					...FOUR_BOATS,
					download: true,
					sizeMode: 'pixels',
					width: 1280,
					height: 960,
					prompt: '={{ $json.p }}',
				},
				{ provider, items: itemsOf({ p: 'a' }, { p: 'b' }) },
			);
			expect(new Set(jsonOf(result).map(({ fileName }) => fileName)).size).toBe(8);
			expect(result.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 0, 0, 0, 1, 1, 1, 1].map((item) => ({ item })),
			);
		},
	);

	it.each(SYNCHRONOUS)('%s: a set as one item with its images in a list', async (provider) => {
		const result = await run(FOUR_BOATS, { provider, options: { outputMode: 'task' } });
		const images = [0, 1, 2, 3].map((imageIndex) =>
			expect.objectContaining({ imageIndex, url: LINK }),
		);
		expect(jsonOf(result)).toMatchObject([{ imageCount: 4, requestedCount: 4, images }]);
		expect(jsonOf(result)[0]).not.toHaveProperty('taskId');
	});
});

const THREE_OF_FOUR = { ...FOUR_BOATS, prompt: 'Boats [moderated-output:2]' };
const SHORT_OF_ONE = '4 images were requested and 3 received.';
const FAILED_MEMBER = {
	index: 1,
	code: 'OutputImageSensitiveContentDetected',
	message: 'The request failed because the output image may contain sensitive information.',
};

describe('A set of 4 with one member refused by moderation', () => {
	it.each(ARK)(
		'%s: three images in their places, the refused one in failedImages, and no error',
		async (provider) => {
			const result = await run(THREE_OF_FOUR, { provider });
			expect(jsonOf(result).map(({ imageIndex }) => imageIndex)).toEqual([0, 2, 3]);
			for (const item of jsonOf(result)) {
				expect(item).toMatchObject({
					status: 'completed',
					imageCount: 3,
					requestedCount: 4,
					url: LINK,
					warnings: [SHORT_OF_ONE],
					usage: { generated_images: 3 },
				});
				expect(item.failedImages).toEqual([FAILED_MEMBER]);
			}
		},
	);

	it.each(ARK)(
		'%s, as one item: each image still has the index that it was asked for by',
		async (provider) => {
			const result = await run(THREE_OF_FOUR, { provider, options: { outputMode: 'task' } });
			const images = [0, 2, 3].map((imageIndex) =>
				expect.objectContaining({ imageIndex, url: LINK }),
			);
			expect(jsonOf(result)).toMatchObject([
				{ imageCount: 3, images, failedImages: [FAILED_MEMBER] },
			]);
		},
	);

	it.each(['novita', 'uniall', 'tokaify'] as const)(
		'%s, which does not say which: three images and a warning',
		async (provider) => {
			const result = await run(THREE_OF_FOUR, { provider });
			expect(jsonOf(result)).toHaveLength(3);
			for (const item of jsonOf(result)) {
				expect(item).toMatchObject({ imageCount: 3, requestedCount: 4, warnings: [SHORT_OF_ONE] });
				expect(item).not.toHaveProperty('failedImages');
			}
		},
	);

	it.each(SYNCHRONOUS)(
		'%s: where only all will do, an error that names the three links, which are paid for',
		async (provider) => {
			const failure = await failureOf(emulator, THREE_OF_FOUR, {
				provider,
				options: { failOnPartial: true },
			});
			expect(paidRequests(emulator)).toBe(1);
			expect(failure).toMatchObject({
				code: 'partial_result',
				billed: 'yes',
				retryable: false,
				provider,
			});
			expect(failure.urls).toEqual([LINK, LINK, LINK]);
			for (const url of failure.urls ?? []) expect(failure.message).toContain(url);
			expect(failure.message).toContain(SHORT_OF_ONE);
		},
	);

	it.each(ARK)('%s: the error says why the one was refused', async (provider) => {
		const failure = await failureOf(emulator, THREE_OF_FOUR, {
			provider,
			options: { failOnPartial: true },
		});
		expect(failure.message).toContain(FAILED_MEMBER.message);
	});

	it('a whole set satisfies who wants all', async () => {
		await run(FOUR_BOATS, { provider: 'byteplus', options: { failOnPartial: true } });
	});

	it.each(ARK)(
		'%s: all members refused is an error, which is not billed and says what to do',
		async (provider) => {
			const { index: _, ...error } = FAILED_MEMBER;
			emulator.addFault({
				on: 'create',
				provider,
				body: { created: 1, data: [1, 2, 3, 4].map(() => ({ error })) },
			});
			const failure = await failureOf(emulator, FOUR_BOATS, { provider });
			expect(failure).toMatchObject({ code: FAILED_MEMBER.code, billed: 'no', provider });
			expect(failure.message).toContain(FAILED_MEMBER.message);
			expect(failure.message).toMatch(/moderation/);
			expect(paidRequests(emulator)).toBe(1);
		},
	);
});

describe('Fewer images than asked for', () => {
	it('at Tokaify, one instead of a set: the image, both counts, and that the relay dropped the set', async () => {
		emulator.addFault({
			on: 'create',
			provider: 'tokaify',
			body: { created: 1, data: [{ url: 'https://example.com/1.png' }] },
		});
		const [item] = jsonOf(await run(FOUR_BOATS, { provider: 'tokaify' }));
		expect(item).toMatchObject({ imageCount: 1, requestedCount: 4 });
		expect(item?.warnings).toEqual([
			expect.stringMatching(/dropped/),
			'4 images were requested and 1 received.',
		]);
	});

	it.each(SYNCHRONOUS)('%s: no warning where all came', async (provider) => {
		for (const item of jsonOf(await run(FOUR_BOATS, { provider }))) {
			expect(item).toMatchObject({ imageCount: 4, requestedCount: 4 });
			expect(item.warnings).toEqual([]);
		}
	});
});

describe('A workflow made for callbacks and tasks', () => {
	it.each(SYNCHRONOUS)(
		'%s: Submit gives the finished images, and the user is told',
		async (provider) => {
			const result = await run(
				{
					...BOAT,
					completion: 'submit',
					callbackUrl: 'https://n8n.example.com/webhook/x',
					sizeMode: 'pixels',
					width: 1280,
					height: 960,
				},
				{ provider },
			);
			expect(jsonOf(result)).toMatchObject([
				{ status: 'completed', url: LINK, width: 1280, height: 960 },
			]);
			expect(jsonOf(result)[0]?.warnings).toEqual([
				expect.stringContaining(`${NAMES[provider]} answers with the finished images`),
			]);
			expect(result.items(NODE)[0]?.binary).toHaveProperty('data');
			expect(JSON.stringify(paidBodies(emulator))).not.toContain('webhook');
		},
	);

	it.each(SYNCHRONOUS)(
		'%s: Get Task is an error that says why, and nothing is sent',
		async (provider) => {
			const failure = await failureOf(
				emulator,
				{ operation: 'getTask', taskId: 'task-unified-1-x' },
				{ provider },
			);
			expect(emulator.requests).toHaveLength(0);
			expect(failure).toMatchObject({ code: 'no_tasks', billed: 'no', retryable: false });
			expect(failure.message).toMatch(
				new RegExp(`${NAMES[provider]}.*answers a request with the finished images`),
			);
		},
	);

	it('Get Task in a node that continues: an error item for each input item', async () => {
		const result = await run(
			{ operation: 'getTask', taskId: 'task-unified-1-x' },
			{ provider: 'novita', items: itemsOf({}, {}), node: { onError: 'continueRegularOutput' } },
		);
		expect(jsonOf(result)).toMatchObject([
			{ error: { code: 'no_tasks' } },
			{ error: { code: 'no_tasks' } },
		]);
	});
});

describe('Retry On Fail', () => {
	const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const THREE = { ...BOAT, prompt: '={{ $json.p }}' };
	const items = itemsOf({ p: 'a' }, { p: 'b' }, { p: 'c' });
	const prompts = () =>
		paidBodies(emulator).map((body) =>
			body instanceof Object ? Reflect.get(body, 'prompt') : body,
		);

	it.each(SYNCHRONOUS)(
		'%s: after one of several items was refused, only that one is sent again',
		async (provider) => {
			emulator.addFault({ on: 'create', provider, status: 400, after: 1, times: 1 });
			const result = await run(THREE, {
				provider,
				items,
				node: RETRIES,
				options: { concurrency: 1 },
			});
			expect(jsonOf(result)).toHaveLength(3);
			expect(prompts()).toEqual(['a', 'b', 'b', 'c']);
			expect(emulator.imagesMade()).toBe(3);
		},
	);

	it.each(SYNCHRONOUS)(
		'%s: what is finished is paid once, however often the node runs',
		async (provider) => {
			emulator.addFault({ on: 'create', provider, status: 400, after: 2 });
			const failure = await failureOf(emulator, THREE, {
				provider,
				items,
				node: RETRIES,
				options: { concurrency: 1 },
			});
			expect(failure.billed).toBe('no');
			expect(prompts()).toEqual(['a', 'b', 'c', 'c', 'c']);
			expect(emulator.imagesMade()).toBe(2);
		},
	);

	it.each(SYNCHRONOUS)('%s: what may have been accepted is not sent again', async (provider) => {
		emulator.addFault({ on: 'create', provider, reset: 'after', after: 1, times: 1 });
		const failure = await failureOf(emulator, THREE, {
			provider,
			items,
			node: RETRIES,
			options: { concurrency: 1 },
		});
		expect(failure).toMatchObject({ code: 'no_answer', billed: 'unknown' });
		expect(prompts().filter((prompt) => prompt === 'a')).toHaveLength(1);
		expect(prompts().filter((prompt) => prompt === 'b')).toHaveLength(1);
	});

	it.each(SYNCHRONOUS)(
		'%s: a set that is not all there is not paid for again',
		async (provider) => {
			await failureOf(emulator, THREE_OF_FOUR, {
				provider,
				node: RETRIES,
				options: { failOnPartial: true },
			});
			expect(paidRequests(emulator)).toBe(1);
		},
	);
});
