import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../emulator';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, itemsOf, NODE, runSeedream, type SeedreamRun } from './seedream';
import { binaryItem, type RunResult } from './support';

const emulator = useEmulator({ taskMs: 20 });

const COUNTED: INodeParameters = { ...BOAT, numberOfImages: '={{ $json.n }}' };

const paid = () => emulator.requestsOf('create').length;

async function order(
	maxImages: unknown,
	parameters: INodeParameters,
	{ options, ...run }: SeedreamRun = {},
): Promise<RunResult> {
	return await runSeedream(emulator, parameters, {
		...run,
		options: { ...options, maxImages } as INodeParameters,
	});
}

/** What every refusal says: both numbers, what to do, and that nothing happened. */
function expectTooMany(result: RunResult, asked: string, allowed: number): void {
	expect(result.status).toBe('error');
	expect(result.error?.message).toBe(
		`This run asks for ${asked}, and Max Images allows ${allowed}`,
	);
	expect(result.error?.description).toMatch(
		/fewer images, give fewer items, or raise Max Images.*Nothing was sent and nothing is billed/,
	);
	expect(result.error).toMatchObject({
		context: { data: { error: { code: 'invalid_request', billed: 'no', retryable: false } } },
	});
	expect(emulator.requests).toEqual([]);
}

describe('Max Images is the most that one run may order, over all of its items', () => {
	const items = itemsOf({ n: 1 }, { n: 2 }, { n: 4 });

	it.each(['evolink', 'novita'] as const)('exactly as many are made (%s)', async (provider) => {
		const result = await order(7, COUNTED, { provider, items });
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toHaveLength(7);
		expect(paid()).toBe(3);
	});

	it.each(['evolink', 'novita'] as const)(
		'one more, and nothing is sent for any item (%s)',
		async (provider) => {
			expectTooMany(await order(6, COUNTED, { provider, items }), '7 images in 3 requests', 6);
		},
	);

	it('a single request that asks for too many, likewise', async () => {
		expectTooMany(await order(1, { ...BOAT, numberOfImages: 2 }), '2 images in 1 request', 1);
	});

	it('one too many, and no file is uploaded either', async () => {
		const file = { buffer: await picture(40, 40), mimeType: 'image/png' };
		const files = [1, 2].map(() => binaryItem({ binary: { data: file } }));
		expectTooMany(
			await order(1, { ...BOAT, operation: 'edit' }, { items: files }),
			'2 images in 2 requests',
			1,
		);
	});

	it.each(['callback', 'submit'])('with the completion %s, too', async (completion) => {
		expectTooMany(
			await order(6, { ...COUNTED, completion }, { items }),
			'7 images in 3 requests',
			6,
		);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s: an error item for each input item, and nothing sent',
		async (onError) => {
			const result = await order(6, COUNTED, { items, node: { onError } });
			expect(result.status).toBe('success');
			const rows = result.outputs(NODE)[onError === 'continueErrorOutput' ? 1 : 0];
			const message = expect.stringMatching(
				/asks for 7 images in 3 requests, and Max Images allows 6\. .*Nothing was sent/,
			);
			expect(rows).toMatchObject(
				[0, 1, 2].map((item) => ({
					json: { error: { message, billed: 'no' } },
					pairedItem: { item },
				})),
			);
			expect(emulator.requests).toEqual([]);
		},
	);

	it('as text from an expression, too', async () => {
		expectTooMany(await order('={{ "6" }}', COUNTED, { items }), '7 images in 3 requests', 6);
	});

	it('what Skip Validation lets through counts', async () => {
		const run = { options: { skipValidation: true } };
		expectTooMany(
			await order(15, { ...BOAT, numberOfImages: 16 }, run),
			'16 images in 1 request',
			15,
		);
	});
});

describe('What does not count', () => {
	it('an item that is refused anyway: the others are within the limit', async () => {
		const items = itemsOf({ n: 2 }, { n: 16 }, { n: 2 });
		const result = await order(4, COUNTED, { items, node: { onError: 'continueRegularOutput' } });
		expect(
			result.items(NODE).map(({ json, pairedItem }) => [pairedItem, json.error !== undefined]),
		).toEqual([
			[{ item: 0 }, false],
			[{ item: 0 }, false],
			[{ item: 1 }, true],
			[{ item: 2 }, false],
			[{ item: 2 }, false],
		]);
		expect(paid()).toBe(2);
	});

	it('and not in the number that is named', async () => {
		const items = itemsOf({ n: 2 }, { n: 16 }, { n: 2 });
		const result = await order(3, COUNTED, { items, node: { onError: 'continueRegularOutput' } });
		const error = {
			message: expect.stringContaining('4 images in 2 requests, and Max Images allows 3'),
			billed: 'no',
		};
		expect(result.items(NODE)).toMatchObject(
			items.map((_, item) => ({ json: { error }, pairedItem: { item } })),
		);
		expect(emulator.requests).toEqual([]);
	});

	it('items that are combined: they are one request', async () => {
		const combined: INodeParameters = {
			...BOAT,
			operation: 'edit',
			imageSource: 'url',
			imageUrls: '={{ $json.url }}',
			combineItems: true,
			numberOfImages: 4,
		};
		const items = itemsOf(
			...['a', 'b', 'c'].map((name) => ({ url: `https://example.com/${name}.png` })),
		);
		expectTooMany(await order(3, combined, { items }), '4 images in 1 request', 3);
		expect((await order(4, combined, { items })).status).toBe('success');
		expect(paid()).toBe(1);
	});

	it.each([
		'={{ "" }}',
		'={{ " " }}',
		'={{ null }}',
		'={{ undefined }}',
		'={{ $json.nothing }}',
		'={{ $json.no.such.field }}',
	])('%s: there is no limit then', async (empty) => {
		const result = await order(empty, { ...BOAT, numberOfImages: 15 });
		expect(result.error).toBeUndefined();
		expect(paid()).toBe(1);
		expect(result.items(NODE)[0]?.json.warnings).toEqual([
			'Max Images is an expression that gives nothing, so there is no limit.',
		]);
	});

	it('an empty field is no limit either, without a word', async () => {
		const result = await order('', BOAT);
		expect(result.items(NODE)).toMatchObject([{ json: { warnings: [] } }]);
	});

	it('where an expression gives each item another number, the smallest holds for all', async () => {
		const items = itemsOf({ most: 100 }, { most: 2 }, { most: '' });
		expectTooMany(await order('={{ $json.most }}', BOAT, { items }), '3 images in 3 requests', 2);
	});
});

describe('Additional fields that raise the number of images count', () => {
	const FIELDS: ReadonlyArray<readonly [provider: Provider, fields: object]> = [
		['evolink', { n: 5 }],
		['evolink', { n: '5' }],
		['novita', { sequential_image_generation: 'auto', max_images: 5 }],
		['uniall', { num_images: 5 }],
		['uniall', { n: 5 }],
		[
			'tokaify',
			{
				sequential_image_generation: 'auto',
				sequential_image_generation_options: { max_images: 5 },
			},
		],
		[
			'byteplus',
			{
				sequential_image_generation: 'auto',
				sequential_image_generation_options: { max_images: 5 },
			},
		],
		[
			'volcengine',
			{
				sequential_image_generation: 'auto',
				sequential_image_generation_options: { max_images: 5 },
			},
		],
	];

	it.each(FIELDS)('%s with %j', async (provider, fields) => {
		const run = {
			provider,
			items: itemsOf({}, {}),
			options: { additionalFields: JSON.stringify(fields) },
		};
		expectTooMany(await order(9, BOAT, run), '10 images in 2 requests', 9);
	});

	it.each(FIELDS.filter(([, fields]) => !JSON.stringify(fields).includes('"5"')))(
		'exactly as many are made: %s with %j',
		async (provider, fields) => {
			const result = await order(
				5,
				{ ...BOAT, aspectRatio: '1:1' },
				{ provider, options: { additionalFields: JSON.stringify(fields) } },
			);
			expect(result.error).toBeUndefined();
			expect(paid()).toBe(1);
		},
	);

	it.each([
		['novita', { sequential_image_generation: 'auto' }],
		['byteplus', { sequential_image_generation: 'auto', sequential_image_generation_options: {} }],
		['byteplus', { sequential_image_generation: 'auto', n: 1 }],
		['novita', { sequential_image_generation: 'auto', max_images: null }],
		[
			'novita',
			{
				sequential_image_generation: 'auto',
				sequential_image_generation_options: { max_images: 1 },
			},
		],
		['tokaify', { sequential_image_generation: 'auto', sequential_image_generation_options: null }],
	] as const)(
		'a set without a number may be as large as any: %s with %j',
		async (provider, fields) => {
			const run = { provider, options: { additionalFields: JSON.stringify(fields) } };
			expectTooMany(await order(14, BOAT, run), '15 images in 1 request', 14);
		},
	);

	it.each([
		['byteplus', { model: 'seedream-5.0-pro' }, { layer_decomposition: true }, 17],
		[
			'volcengine',
			{ model: 'custom', modelId: 'doubao-seedream-5-5-261028' },
			{ layer_decomposition: true },
			100,
		],
		['evolink', { model: 'custom', modelId: 'doubao-seedream-5.0-pro-layerize' }, {}, 17],
	] as const)(
		'an image that is taken apart counts as all its layers: %s, %j with %j',
		async (provider, model, fields, layers) => {
			const run = { provider, options: { additionalFields: JSON.stringify(fields) } };
			expectTooMany(
				await order(layers - 1, { ...BOAT, ...model }, run),
				`${layers} images in 1 request`,
				layers - 1,
			);
		},
	);

	it('a set with the number of the panel is that large, whatever else says that it is a set', async () => {
		const run = {
			provider: 'byteplus',
			options: { additionalFields: '{"sequential_image_generation": "auto"}' },
		} as const;
		const result = await order(4, { ...BOAT, aspectRatio: '1:1', numberOfImages: 4 }, run);
		expect(result.error).toBeUndefined();
		expect(paid()).toBe(1);
	});

	it('of some items only, those of their own', async () => {
		const run = {
			items: itemsOf({ fields: { n: 4 } }, { fields: {} }),
			options: { additionalFields: '={{ $json.fields }}' },
		};
		expectTooMany(await order(4, BOAT, run), '5 images in 2 requests', 4);
	});

	it.each([
		{ n: 1 },
		{ n: -5 },
		{ n: 'many' },
		{ max_images: null },
		{ sequential_image_generation_options: 'auto' },
	])('none lowers it: four images with %j', async (fields) => {
		const run = { options: { additionalFields: JSON.stringify(fields) } };
		expectTooMany(await order(3, { ...BOAT, numberOfImages: 4 }, run), '4 images in 1 request', 3);
	});
});

describe('A limit that is none is refused before anything is sent', () => {
	it.each([
		{ maxImages: 0, says: ['Max Images is 0', 'whole number of at least 1', 'empty for no limit'] },
		{ maxImages: -3, says: ['Max Images is -3', 'whole number of at least 1'] },
		{ maxImages: 2.5, says: ['Max Images is 2.5', 'whole number of at least 1'] },
		{ maxImages: '={{ "many" }}', says: ['Max Images is "many"', 'number'] },
		{ maxImages: '={{ [3] }}', says: ['Max Images is "[3]"', 'number'] },
		{
			maxImages: "={{ $('Nobody').item.json.x }}",
			says: ['options.maxImages', 'cannot be evaluated'],
		},
	])('$maxImages', async ({ maxImages, says }) => {
		const stopped = await order(maxImages, BOAT);
		for (const text of says) expect(stopped.error?.message).toContain(text);
		expect(stopped.error).toMatchObject({
			context: { data: { error: { code: 'invalid_request', billed: 'no' } } },
		});

		const continued = await order(maxImages, BOAT, {
			items: itemsOf({}, {}),
			node: { onError: 'continueRegularOutput' },
		});
		expect(continued.items(NODE)).toMatchObject(
			[0, 1].map((item) => ({
				json: { error: { code: 'invalid_request', billed: 'no' } },
				pairedItem: { item },
			})),
		);
		expect(emulator.requests).toEqual([]);
	});
});
