import sharp from 'sharp';
import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { SYNCHRONOUS, SYNCHRONOUS_DIALECTS } from '../../providers';
import { itemsOf, NODE, paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import { readBinary, type RunResult } from '../support';
import { BOAT, failureOf, FOUR_BOATS, itemFacts, jsonOf, paidRequests } from './support';

const emulator = useEmulator({ taskMs: 20 });

const LINK = expect.stringMatching(/^http.*\.(jpg|png)$/);
const HOUR = 3600 * 1000;

async function run(parameters: INodeParameters, settings: SeedreamRun): Promise<RunResult> {
	const result = await runSeedream(emulator, parameters, settings);
	expect(result.error).toBeUndefined();
	return result;
}

const SMALL = { sizeMode: 'pixels', width: 1280, height: 960 };

describe.each(SYNCHRONOUS)('An item from $name', ({ id: provider, synchronous }) => {
	it('says all that is known, and nothing that is not', async () => {
		const result = await run(BOAT, { provider });
		expect(jsonOf(result)).toEqual([
			{
				status: 'completed',
				provider,
				imageIndex: 0,
				imageCount: 1,
				requestedCount: 1,
				url: LINK,
				warnings: [],
				...itemFacts(synchronous.item, 1),
			},
		]);
		const [item] = jsonOf(result);
		const { linkHours } = synchronous.item;
		if (linkHours !== undefined) {
			const life = Date.parse(String(item?.expiresAt)) - Date.parse(String(item?.createdAt));
			expect(life).toBe(linkHours * HOUR);
		}
		expect(emulator.requestsOf('query')).toHaveLength(0);
	});

	it('with the image itself: its type and its size as the bytes say', async () => {
		const result = await run({ ...BOAT, ...SMALL, download: true }, { provider });
		const [item] = result.items(NODE);
		const { fileType: format } = synchronous;
		expect(item?.json).toMatchObject({ width: 1280, height: 960, mimeType: `image/${format}` });
		expect(item?.json.fileName).toMatch(format === 'png' ? /^[\w-]+\.png$/ : /^[\w-]+\.jpg$/);
		expect(await sharp(await readBinary(item?.binary?.data)).metadata()).toMatchObject({
			format,
			width: 1280,
			height: 960,
		});
	});
});

describe.each(SYNCHRONOUS_DIALECTS)('Sets from $name', ({ id: provider }) => {
	it('file names that are each of one image, over all items and images', async () => {
		const result = await run(
			{ ...FOUR_BOATS, ...SMALL, download: true, prompt: '={{ $json.p }}' },
			{ provider, items: itemsOf({ p: 'a' }, { p: 'b' }) },
		);
		expect(new Set(jsonOf(result).map(({ fileName }) => fileName)).size).toBe(8);
		expect(result.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 0, 1, 1, 1, 1].map((item) => ({ item })),
		);
	});

	it('a set as one item with its images in a list', async () => {
		const result = await run(FOUR_BOATS, { provider, options: { outputMode: 'task' } });
		const images = [0, 1, 2, 3].map((imageIndex) =>
			expect.objectContaining({ imageIndex, url: LINK }),
		);
		expect(jsonOf(result)).toMatchObject([{ imageCount: 4, requestedCount: 4, images }]);
		expect(jsonOf(result)[0]).not.toHaveProperty('taskId');
	});

	it('no warning where all came', async () => {
		for (const item of jsonOf(await run(FOUR_BOATS, { provider }))) {
			expect(item).toMatchObject({ imageCount: 4, requestedCount: 4 });
			expect(item.warnings).toEqual([]);
		}
	});

	it('a whole set satisfies who wants all', async () => {
		await run(FOUR_BOATS, { provider, options: { failOnPartial: true } });
	});
});

const THREE_OF_FOUR = { ...FOUR_BOATS, prompt: 'Boats [moderated-output:2]' };
const SHORT_OF_ONE = '4 images were requested and 3 received.';
const FAILED_MEMBER = {
	index: 1,
	code: 'OutputImageSensitiveContentDetected',
	message: 'The request failed because the output image may contain sensitive information.',
};

describe.each(SYNCHRONOUS_DIALECTS)(
	'A set of 4 from $name with one member refused by moderation',
	({ id: provider, synchronous: { namesFailedMembers } }) => {
		const indexes = namesFailedMembers ? [0, 2, 3] : [0, 1, 2];
		const failedImages = namesFailedMembers ? [FAILED_MEMBER] : undefined;

		it('three images, in their places where the provider says which; a warning, and no error', async () => {
			const result = await run(THREE_OF_FOUR, { provider });
			expect(jsonOf(result).map(({ imageIndex }) => imageIndex)).toEqual(indexes);
			for (const item of jsonOf(result)) {
				expect(item).toMatchObject({
					status: 'completed',
					imageCount: 3,
					requestedCount: 4,
					url: LINK,
					warnings: [SHORT_OF_ONE],
				});
				expect(item.failedImages).toEqual(failedImages);
			}
		});

		it('as one item: each image still has its index', async () => {
			const result = await run(THREE_OF_FOUR, { provider, options: { outputMode: 'task' } });
			const images = indexes.map((imageIndex) =>
				expect.objectContaining({ imageIndex, url: LINK }),
			);
			expect(jsonOf(result)).toMatchObject([{ imageCount: 3, images }]);
			expect(jsonOf(result)[0]?.failedImages).toEqual(failedImages);
		});

		it('where only all will do, an error that names the three links, which are paid for', async () => {
			const options = { failOnPartial: true };
			const failure = await failureOf(emulator, THREE_OF_FOUR, { provider, options });
			expect(paidRequests(emulator)).toBe(1);
			expect(failure).toMatchObject({
				code: 'partial_result',
				billed: 'yes',
				retryable: false,
				provider,
			});
			expect(failure.urls).toEqual([LINK, LINK, LINK]);
			const reasons = namesFailedMembers ? [FAILED_MEMBER.message] : [];
			for (const text of [...(failure.urls ?? []), SHORT_OF_ONE, ...reasons]) {
				expect(failure.message).toContain(text);
			}
		});
	},
);

const NAMING = SYNCHRONOUS_DIALECTS.filter(({ synchronous }) => synchronous.namesFailedMembers);

describe.each(NAMING)('A set of which $name says that no member was made', ({ id: provider }) => {
	it('is an error, which is not billed and says what to do', async () => {
		const { index: _, ...error } = FAILED_MEMBER;
		const body = { created: 1, data: [1, 2, 3, 4].map(() => ({ error })) };
		emulator.addFault({ on: 'create', provider, body });
		const failure = await failureOf(emulator, FOUR_BOATS, { provider });
		expect(failure).toMatchObject({ code: FAILED_MEMBER.code, billed: 'no', provider });
		expect(failure.message).toContain(FAILED_MEMBER.message);
		expect(failure.message).toMatch(/moderation/);
		expect(paidRequests(emulator)).toBe(1);
	});
});

describe.each(SYNCHRONOUS)(
	'A workflow made for callbacks and tasks, at $name',
	({ id: provider, name }) => {
		const getTask = { operation: 'getTask', taskId: 'task-unified-1-x' };

		it('Submit gives the finished images, and the user is told', async () => {
			const callback = { completion: 'submit', callbackUrl: 'https://n8n.example.com/webhook/x' };
			const result = await run({ ...BOAT, ...callback, ...SMALL }, { provider });
			expect(jsonOf(result)).toMatchObject([
				{ status: 'completed', url: LINK, width: 1280, height: 960 },
			]);
			expect(jsonOf(result)[0]?.warnings).toEqual([
				expect.stringContaining(`${name} answers with the finished images`),
			]);
			expect(result.items(NODE)[0]?.binary).toHaveProperty('data');
			expect(JSON.stringify(paidBodies(emulator))).not.toContain('webhook');
		});

		it('Get Task is an error that says why, and nothing is sent', async () => {
			const failure = await failureOf(emulator, getTask, { provider });
			expect(emulator.requests).toHaveLength(0);
			expect(failure).toMatchObject({ code: 'no_tasks', billed: 'no', retryable: false });
			expect(failure.message).toMatch(
				new RegExp(`${name}.*answers a request with the finished images`),
			);
		});

		it('Get Task in a node that continues: an error item for each input item', async () => {
			const node = { onError: 'continueRegularOutput' } as const;
			const result = await run(getTask, { provider, items: itemsOf({}, {}), node });
			expect(jsonOf(result)).toMatchObject([
				{ error: { code: 'no_tasks' } },
				{ error: { code: 'no_tasks' } },
			]);
		});
	},
);

describe.each(SYNCHRONOUS_DIALECTS)('Retry On Fail at $name', ({ id: provider }) => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const THREE = { ...BOAT, prompt: '={{ $json.p }}' };
	const settings = {
		provider,
		items: itemsOf({ p: 'a' }, { p: 'b' }, { p: 'c' }),
		node,
		options: { concurrency: 1 },
	};
	const prompts = () =>
		paidBodies(emulator).map((body) =>
			body instanceof Object ? Reflect.get(body, 'prompt') : body,
		);

	it('after one of several items was refused, only that one is sent again', async () => {
		emulator.addFault({ on: 'create', provider, status: 400, after: 1, times: 1 });
		const result = await run(THREE, settings);
		expect(jsonOf(result)).toHaveLength(3);
		expect(prompts()).toEqual(['a', 'b', 'b', 'c']);
		expect(emulator.imagesMade()).toBe(3);
	});

	it('what is finished is paid once, however often the node runs', async () => {
		emulator.addFault({ on: 'create', provider, status: 400, after: 2 });
		const failure = await failureOf(emulator, THREE, settings);
		expect(failure.billed).toBe('no');
		expect(prompts()).toEqual(['a', 'b', 'c', 'c', 'c']);
		expect(emulator.imagesMade()).toBe(2);
	});

	it('what may have been accepted is not sent again', async () => {
		emulator.addFault({ on: 'create', provider, reset: 'after', after: 1, times: 1 });
		const failure = await failureOf(emulator, THREE, settings);
		expect(failure).toMatchObject({ code: 'no_answer', billed: 'unknown' });
		expect(prompts().filter((prompt) => prompt === 'a')).toHaveLength(1);
		expect(prompts().filter((prompt) => prompt === 'b')).toHaveLength(1);
	});

	it('a set that is not all there is not paid for again', async () => {
		const options = { failOnPartial: true };
		await failureOf(emulator, THREE_OF_FOUR, { provider, node, options });
		expect(paidRequests(emulator)).toBe(1);
	});
});
