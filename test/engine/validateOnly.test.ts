import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../nodes/shared/seedream/providers';
import { PROVIDERS, type Provider } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { fixtureOf } from '../providers';
import { fieldsIn } from '../providers/body';
import { dryRun, plannedIn, publicApi } from './dryRun';
import { itemsOf, NODE, runSeedream } from './seedream';
import { runTool } from './seedreamTool';

const emulator = useEmulator({ taskMs: 20 });

const BOAT: INodeParameters = {
	operation: 'generate',
	prompt: 'A boat',
	aspectRatio: '16:9',
	download: false,
};
const A = 'https://example.com/a.png';
const B = 'https://example.com/b,c.jpg?x=1,2';
const EDIT: INodeParameters = {
	...BOAT,
	operation: 'edit',
	imageSource: 'url',
	imageUrls: `${A}\n${B}`,
};

describe('Validate Only', () => {
	it('shows the whole request, and nothing that is not known yet', async () => {
		const result = await dryRun(
			emulator,
			{ ...BOAT, numberOfImages: 3 },
			{ credentials: publicApi() },
		);
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toEqual([
			{
				json: {
					status: 'validated',
					provider: 'evolink',
					model: 'doubao-seedream-4.0',
					requestedCount: 3,
					request: {
						method: 'POST',
						url: 'https://api.example.invalid/v1/images/generations',
						body: {
							model: 'doubao-seedream-4.0',
							prompt: 'A boat\n\nGenerate 3 different images.',
							n: 3,
							size: '16:9',
							quality: '2K',
						},
					},
					warnings: [],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(result.items('End')).toEqual(result.items(NODE));
	});
});

/** What a user may fill in, the same at every provider. */
const WISHES: ReadonlyArray<{
	what: string;
	parameters: INodeParameters;
	options?: INodeParameters;
}> = [
	{ what: 'one image', parameters: BOAT },
	{ what: 'a set', parameters: { ...BOAT, numberOfImages: 4 } },
	{
		what: 'a set whose number the prompt does not say',
		parameters: { ...BOAT, numberOfImages: 2 },
		options: { stateCountInPrompt: false },
	},
	{ what: 'a shape that the model chooses', parameters: { ...BOAT, aspectRatio: 'auto' } },
	{
		what: 'a size in pixels',
		parameters: { ...BOAT, sizeMode: 'pixels', width: 2048, height: 1152 },
	},
	{ what: 'a prompt of any script', parameters: { ...BOAT, prompt: 'A "boat"\n船 ⛵ \\ é done' } },
	{ what: 'another model', parameters: { ...BOAT, model: 'seedream-4.5' } },
	{
		what: 'options that some have and others have not',
		parameters: BOAT,
		options: { user: 'customer-7', maxWaitSeconds: 120, seed: 7, stream: true },
	},
	{ what: 'an edit of images behind URLs', parameters: EDIT },
	{ what: 'an edit of one image', parameters: { ...EDIT, imageUrls: A } },
	{ what: 'a set of edits', parameters: { ...EDIT, numberOfImages: 3 } },
];

/** Whether a provider can be told the size that is wished for; what it cannot be told is refused. */
function isSayable(id: Provider, { sizeMode, aspectRatio }: INodeParameters): boolean {
	const provider = findProvider(id);
	const sizing = provider?.sizingOf(provider.models['seedream-4.0']?.id ?? '');
	if (sizing?.kind !== 'ratio') return true;
	return sizeMode === 'pixels'
		? sizing.takesPixels
		: !sizing.shapes || sizing.shapes.some((shape) => shape === aspectRatio);
}

describe.each(PROVIDERS)('What would be sent to %s', (provider) => {
	const wishes = WISHES.filter(({ parameters }) => isSayable(provider, parameters));

	it.each(wishes)('is what is sent, byte for byte: $what', async ({ parameters, options }) => {
		const run = { provider, options };
		const planned = plannedIn(await dryRun(emulator, parameters, run));
		expect(planned).toHaveLength(1);

		const really = await runSeedream(emulator, parameters, run);
		expect(really.error?.message).toBeUndefined();
		const [sent, ...more] = emulator.requestsOf('create');
		expect(more).toEqual([]);
		const [{ request, ...plan } = { request: undefined }] = planned;
		expect(JSON.stringify(request?.body)).toBe(JSON.stringify(sent?.body));
		expect(request?.url).toBe(new URL(emulator.baseUrl(provider)).origin + sent?.path);
		expect(request?.method).toBe(sent?.method);
		const [item] = really.items(NODE);
		const { model, requestedCount, warnings } = item?.json ?? {};
		expect(plan).toEqual({ status: 'validated', provider, model, requestedCount, warnings });
	});

	it('is shown for each item, linked to it', async () => {
		const items = itemsOf({ p: 'one', n: 1 }, { p: 'two', n: 2 }, { p: 'three', n: 1 });
		const result = await dryRun(
			emulator,
			{ ...BOAT, prompt: '={{ $json.p }}', numberOfImages: '={{ $json.n }}' },
			{ provider, items },
		);
		expect(
			plannedIn(result).map(({ request: { body }, requestedCount }) => [
				String(fieldsIn(fixtureOf(provider), body).prompt).split('\n')[0],
				requestedCount,
			]),
		).toEqual([
			['one', 1],
			['two', 2],
			['three', 1],
		]);
		expect(result.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('has what the provider knows and this node does not', async () => {
		const run = {
			provider,
			options: { additionalFields: '{"brand_new": {"deep": [1, null]}, "prompt": "Another boat"}' },
		};
		const [{ request } = { request: undefined }] = plannedIn(await dryRun(emulator, BOAT, run));
		expect(request?.body).toMatchObject({ brand_new: { deep: [1, null] }, prompt: 'Another boat' });
	});
});

describe('Several items that are combined', () => {
	it('are one request, linked to all of them', async () => {
		const items = itemsOf(
			...['a', 'b', 'c', 'a'].map((name) => ({ url: `https://example.com/${name}.png` })),
		);
		const result = await dryRun(
			emulator,
			{ ...EDIT, imageUrls: '={{ $json.url }}', combineItems: true },
			{ items },
		);
		expect(plannedIn(result)).toMatchObject([
			{
				request: {
					body: { image_urls: ['a', 'b', 'c'].map((name) => `https://example.com/${name}.png`) },
				},
			},
		]);
		expect(result.items(NODE)[0]?.pairedItem).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
			{ item: 3 },
		]);
	});
});

describe('A switch that an expression sets', () => {
	const dry = { options: { validateOnly: '={{ $json.dry }}' } };

	it.each([
		[true, false, false],
		[false, true, false],
		[false, false, true],
		[false, 'true', undefined],
	])('for one item only (%s, %s, %s): nothing is sent for any', async (...flags) => {
		const result = await runSeedream(emulator, BOAT, {
			...dry,
			items: itemsOf(...flags.map((flag) => ({ dry: flag }))),
		});
		expect(plannedIn(result)).toHaveLength(3);
		expect(emulator.requests).toEqual([]);
	});

	it('for one of the items that are combined: nothing is sent', async () => {
		const items = itemsOf({ url: A, dry: false }, { url: B, dry: true });
		const result = await runSeedream(
			emulator,
			{ ...EDIT, imageUrls: '={{ $json.url }}', combineItems: true },
			{ ...dry, items },
		);
		expect(plannedIn(result)).toHaveLength(1);
		expect(emulator.requests).toEqual([]);
	});

	it('for a wrong item only, where the node continues: nothing is sent for the others', async () => {
		const items = itemsOf({ n: 1, dry: false }, { n: 16, dry: true });
		const run = { ...dry, items, node: { onError: 'continueRegularOutput' } } as const;
		const result = await runSeedream(emulator, { ...BOAT, numberOfImages: '={{ $json.n }}' }, run);
		expect(result.items(NODE)).toMatchObject([
			{ json: { status: 'validated' } },
			{ json: { error: { code: 'invalid_request' } } },
		]);
		expect(emulator.requests).toEqual([]);
	});

	it.each(["={{ $('Nobody').item.json.dry }}", '={{ "perhaps" }}'])(
		'to what cannot be read (%s): nothing is sent',
		async (validateOnly) => {
			for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
				const result = await runSeedream(emulator, BOAT, {
					options: { validateOnly },
					node: { onError },
				});
				expect(JSON.stringify(result.error?.context ?? result.items(NODE))).toMatch(
					/"code":"invalid_request".*"billed":"no"|"billed":"no".*"code":"invalid_request"/,
				);
			}
			expect(emulator.requests).toEqual([]);
		},
	);

	it('off: the images are made', async () => {
		const result = await runSeedream(emulator, BOAT, { ...dry, items: itemsOf({ dry: false }) });
		expect(result.items(NODE)).toMatchObject([{ json: { status: 'completed' } }]);
	});
});

/** Four items: the second has too many images, the last no prompt. */
const MIXED = itemsOf({ p: 'a', n: 1 }, { p: 'b', n: 16 }, { p: 'c', n: 2 }, { p: ' ', n: 1 });
const MIXED_BOATS: INodeParameters = {
	...BOAT,
	prompt: '={{ $json.p }}',
	numberOfImages: '={{ $json.n }}',
};

describe.each(PROVIDERS)('Wrong items at %s', (provider: Provider) => {
	it('stop a node that stops on errors, with an error that names all of them', async () => {
		const result = await dryRun(emulator, MIXED_BOATS, { provider, items: MIXED });
		expect(result.status).toBe('error');
		for (const text of ['2 of 4 items', '[item 1]', '16', '[item 3]', 'Prompt is empty'])
			expect(result.error?.message).toContain(text);
		expect(result.error).toMatchObject({
			description: 'Nothing was sent and nothing is billed.',
			context: { data: { error: { code: 'invalid_request', billed: 'no' } } },
		});
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'become error items with %s, and the others are shown',
		async (onError) => {
			const result = await dryRun(emulator, MIXED_BOATS, {
				provider,
				items: MIXED,
				node: { onError },
			});
			const rows = result.outputs(NODE).flat();
			const ofItem = (item: number) =>
				rows.find(({ pairedItem }) => JSON.stringify(pairedItem) === JSON.stringify({ item }))
					?.json;
			for (const item of [0, 2])
				expect(ofItem(item)).toMatchObject({
					status: 'validated',
					request: { body: expect.anything() },
				});
			for (const item of [1, 3])
				expect(ofItem(item)).toMatchObject({ error: { code: 'invalid_request', billed: 'no' } });
			expect(rows).toHaveLength(4);
		},
	);
});

describe('As the tool of an AI agent', () => {
	it.each(['invoked', 'engine'] as const)(
		'the model reads what would be sent, and nothing is (%s)',
		async (agent) => {
			const boat = { ...BOAT, prompt: "={{ $fromAI('prompt') }}" };
			const { heard } = await runTool(emulator, boat, [{ prompt: 'A red boat' }], {
				agent,
				options: { validateOnly: true },
			});
			expect(heard.join()).toMatch(/"status":"validated".*"prompt":"A red boat"/);
			expect(emulator.requests).toEqual([]);
		},
	);
});

describe('Max Images', () => {
	it('refuses what is too much all the same', async () => {
		const result = await dryRun(
			emulator,
			{ ...BOAT, numberOfImages: 3 },
			{ items: itemsOf({}, {}), options: { maxImages: 5 } },
		);
		expect(result.error?.message).toContain('6 images in 2 requests, and Max Images allows 5');
	});

	it('lets through what is allowed', async () => {
		const result = await dryRun(
			emulator,
			{ ...BOAT, numberOfImages: 3 },
			{ items: itemsOf({}, {}), options: { maxImages: 6 } },
		);
		expect(plannedIn(result)).toHaveLength(2);
	});
});
