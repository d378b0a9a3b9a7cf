import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, NODE, paidBodies, runSeedream } from './seedream';
import { binaryItem } from './support';

const emulator = useEmulator({ taskMs: 60 });

/** Twelve items: number 3 has a size that is too small, number 7 has fifteen references. */
const TWELVE = itemsOf(
	...Array.from({ length: 12 }, (_, index) => ({
		p: `Picture ${index}`,
		width: index === 3 ? 100 : 1500,
		urls: Array.from(
			{ length: index === 7 ? 15 : 1 },
			(_, nr) => `https://example.com/${index}-${nr}.png`,
		),
	})),
);

const EDIT_TWELVE = {
	operation: 'edit',
	imageSource: 'url',
	imageUrls: '={{ $json.urls }}',
	prompt: '={{ $json.p }}',
	sizeMode: 'pixels',
	width: '={{ $json.width }}',
	height: 1000,
	download: false,
};

const WRONG_SIZE = ['100x1000', '100000', '921600'];
const TOO_MANY_REFERENCES = ['15', 'at most 14', 'Leave out 1'];

describe('Twelve items, one with a wrong size and one with fifteen references', () => {
	it('a node that stops on errors sends nothing, and one message names both problems', async () => {
		const result = await runSeedream(emulator, EDIT_TWELVE, { items: TWELVE });
		expect(emulator.requests).toHaveLength(0);
		expect(result.status).toBe('error');
		for (const text of [
			'2 of 12 items',
			'[item 3]',
			...WRONG_SIZE,
			'[item 7]',
			...TOO_MANY_REFERENCES,
		]) {
			expect(result.error?.message).toContain(text);
		}
		expect(result.error).toMatchObject({
			description: 'Nothing was sent and nothing is billed.',
			context: {
				itemIndex: 3,
				data: { error: { code: 'invalid_request', billed: 'no', retryable: false } },
			},
		});
	});

	const isWrong = (item: number) => item === 3 || item === 7;

	it('a node that continues makes ten tasks and two error rows, each in its place', async () => {
		const result = await runSeedream(emulator, EDIT_TWELVE, {
			items: TWELVE,
			node: { onError: 'continueRegularOutput' },
		});
		expect(emulator.requestsOf('create')).toHaveLength(10);
		const rows = result.items(NODE);
		expect(rows.map(({ pairedItem }) => pairedItem)).toEqual(TWELVE.map((_, item) => ({ item })));
		expect(rows.map(({ json }) => 'error' in json)).toEqual(TWELVE.map((_, item) => isWrong(item)));
		for (const text of WRONG_SIZE) expect(JSON.stringify(rows[3]?.json)).toContain(text);
		for (const text of TOO_MANY_REFERENCES) expect(JSON.stringify(rows[7]?.json)).toContain(text);
	});

	it('with an error output, the two go there with their input fields', async () => {
		const result = await runSeedream(emulator, EDIT_TWELVE, {
			items: TWELVE,
			node: { onError: 'continueErrorOutput' },
		});
		const [good, bad] = result.outputs(NODE);
		expect(good).toHaveLength(10);
		expect(bad?.map(({ json }) => json.p)).toEqual(['Picture 3', 'Picture 7']);
		expect(bad).toMatchObject([
			{ json: { width: 100, error: { code: 'invalid_request', billed: 'no' } } },
			{ json: { width: 1500, error: { code: 'invalid_request', billed: 'no' } } },
		]);
	});
});

describe('All problems of an item', () => {
	it('are told at once', async () => {
		const result = await runSeedream(emulator, {
			operation: 'edit',
			prompt: '={{ "" }}',
			numberOfImages: 2.5,
			sizeMode: 'pixels',
			width: 100,
			height: 100,
			imageSource: 'url',
			imageUrls: 'example.com/a.png',
		});
		for (const text of ['Prompt is empty', '2.5', '100x100', 'example.com/a.png']) {
			expect(result.error?.message).toContain(text);
		}
		expect(emulator.requests).toHaveLength(0);
	});
});

interface Row {
	operation?: string;
	model?: string;
	options: INodeParameters;
	says: string[];
}

describe('Skip Validation', () => {
	const large = {
		operation: 'generate',
		prompt: 'A boat',
		sizeMode: 'pixels',
		width: 4200,
		height: 4200,
		completion: 'submit',
	};

	it('sends what is beyond the limits, and the provider has the last word', async () => {
		const result = await runSeedream(emulator, large, { options: { skipValidation: true } });
		expect(paidBodies(emulator)).toMatchObject([{ size: '4200x4200' }]);
		expect(result.error).toMatchObject({
			context: { data: { error: { httpStatus: 400, billed: 'no' } } },
		});
	});

	it('turns a limit into a warning on what the provider accepts', async () => {
		const result = await runSeedream(
			emulator,
			{
				...large,
				width: 2000,
				height: 1000,
				numberOfImages: 15,
				operation: 'edit',
				imageSource: 'url',
				imageUrls: 'https://example.com/a.png',
			},
			{ options: { skipValidation: true, additionalFields: '{"n":14}' } },
		);
		expect(result.items(NODE)).toMatchObject([
			{
				json: {
					status: 'pending',
					warnings: [expect.stringMatching(/Let through by Skip Validation.*15 \+ 1 = 16/)],
				},
			},
		]);
	});

	it('does not send what can never work', async () => {
		const result = await runSeedream(
			emulator,
			{ ...large, prompt: '={{ " " }}', width: 0 },
			{ options: { skipValidation: true } },
		);
		expect(result.error?.message).toContain('Prompt is empty');
		expect(result.error?.message).toContain('Width is 0');
		expect(emulator.requests).toHaveLength(0);
	});
});

describe('An option that changes the picture and that the model has not is refused', () => {
	// A model that an expression chooses: the panel shows every option, so any can be set.
	const rows: Row[] = [
		{
			model: 'seedream-4.0',
			options: { outputFormat: 'png' },
			says: ['Output Format is PNG', 'Seedream 4.0 on EvoLink', 'Leave it out'],
		},
		{
			model: 'seedream-4.5',
			options: { webSearch: true },
			says: ['Web Search', 'Seedream 4.5 on EvoLink', 'Switch it off'],
		},
		{
			model: 'seedream-4.0',
			options: { watermark: true },
			says: ['Watermark', 'Seedream 4.0 on EvoLink', 'Switch it off'],
		},
		{
			model: 'seedream-4.0',
			options: { background: 'transparent' },
			says: ['transparent', 'Seedream 4.0 on EvoLink', 'Opaque'],
		},
		{
			model: 'seedream-5.0-pro',
			options: { background: 'transparent' },
			says: ['PNG', 'exactly 1 reference image', 'there are 0'],
		},
	];

	it.each(rows)('$model with $options', async ({ model, options, says }) => {
		const result = await runSeedream(
			emulator,
			{ operation: 'generate', prompt: 'A boat', model: '={{ $json.model }}', modelId: 'not used' },
			{ options, items: itemsOf({ model }) },
		);
		for (const text of says) expect(result.error?.message).toContain(text);
		expect(emulator.requests).toHaveLength(0);
	});

	it('one that does not change it is left out and named', async () => {
		const result = await runSeedream(
			emulator,
			{
				operation: 'generate',
				prompt: 'A boat',
				model: '={{ $json.model }}',
				modelId: 'not used',
				completion: 'submit',
			},
			{
				options: { promptPriority: 'fast', user: 'customer-7', stream: true },
				items: itemsOf({ model: 'seedream-4.5' }),
			},
		);
		expect(paidBodies(emulator)).toEqual([
			{ model: 'doubao-seedream-4.5', prompt: 'A boat', n: 1, size: 'auto', quality: '2K' },
		]);
		const warnings = JSON.stringify(result.items(NODE)[0]?.json.warnings);
		for (const option of ['Prompt Priority', 'End User ID', 'Stream'])
			expect(warnings).toContain(option);
	});

	it.each([
		{ option: 'Watermark', set: { watermark: true }, onWire: 'watermark' },
		{ option: 'Web Search', set: { webSearch: true }, onWire: 'web_search' },
		{ option: 'End User ID', set: { user: 'customer-7' }, onWire: 'customer-7' },
		{ option: 'Stream', set: { stream: true }, onWire: 'stream' },
		{ option: 'Prompt Priority', set: { promptPriority: 'fast' }, onWire: 'prompt_priority' },
		{
			option: 'Background',
			set: { background: 'transparent', outputFormat: 'png' },
			onWire: 'background',
		},
	])(
		'$option with a custom model is sent or named, never dropped in silence',
		async ({ option, set, onWire }) => {
			const result = await runSeedream(
				emulator,
				{
					operation: 'generate',
					prompt: 'A boat',
					completion: 'submit',
					model: 'custom',
					modelId: 'doubao-seedream-5.0-pro',
				},
				{ options: set, node: { onError: 'continueRegularOutput' } },
			);
			const isSent = JSON.stringify(paidBodies(emulator)).includes(onWire);
			const isNamed = JSON.stringify(result.items(NODE)).includes(option);
			expect({ isSent, isNamed }).not.toEqual({ isSent: false, isNamed: false });
		},
	);
});

describe('A model', () => {
	it('chosen by an expression works like one from the list', async () => {
		const items: INodeExecutionData[] = itemsOf({ model: 'seedream-4.0' });
		const result = await runSeedream(
			emulator,
			{
				operation: 'generate',
				prompt: 'A boat',
				model: '={{ $json.model }}',
				resolution: '1K',
				completion: 'submit',
			},
			{ items },
		);
		expect(result.error?.message).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([{ model: 'doubao-seedream-4.0', quality: '1K' }]);
	});

	it('and an image source chosen by an expression, likewise', async () => {
		const result = await runSeedream(
			emulator,
			{ operation: 'edit', prompt: 'A boat', imageSource: '={{ "binary" }}', completion: 'submit' },
			{
				items: [
					binaryItem({
						binary: { data: { buffer: await picture(40, 40), mimeType: 'image/png' } },
					}),
				],
			},
		);
		expect(result.error?.message).toBeUndefined();
		expect(paidBodies(emulator)).toHaveLength(1);
	});

	it('that is not known is refused with the list of those that are', async () => {
		const result = await runSeedream(emulator, {
			operation: 'generate',
			prompt: 'A boat',
			model: '={{ "seedream-9" }}',
			modelId: 'not used',
		});
		for (const text of ['seedream-9', 'seedream-4.0', 'seedream-5.0-flash', 'custom']) {
			expect(result.error?.message).toContain(text);
		}
		expect(emulator.requests).toHaveLength(0);
	});

	it("by the provider's own ID says that its limits are not checked", async () => {
		const result = await runSeedream(emulator, {
			operation: 'generate',
			prompt: 'A boat',
			model: 'custom',
			modelId: 'doubao-seedream-4.0',
			completion: 'submit',
		});
		expect(result.items(NODE)[0]?.json.warnings).toEqual([
			expect.stringMatching(/doubao-seedream-4\.0.*not checked/),
		]);
	});
});
