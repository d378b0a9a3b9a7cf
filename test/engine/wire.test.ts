import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, paidBodies, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 50 });

/** One way to fill in the panel, and what then differs on the wire from a plain request. */
interface Row {
	says: string;
	parameters?: INodeParameters;
	options?: INodeParameters;
	items?: INodeExecutionData[];
	/** `undefined`: the field is not there. */
	wire: Record<string, unknown>;
}

const PLAIN = { model: 'doubao-seedream-4.0', prompt: 'A boat', n: 1, size: 'auto', quality: '2K' };

async function expectOnTheWire({ parameters, options, items, wire }: Row): Promise<void> {
	const result = await runSeedream(
		emulator,
		{ operation: 'generate', prompt: 'A boat', completion: 'submit', ...parameters },
		{ options, items },
	);
	expect(result.error).toBeUndefined();
	expect(paidBodies(emulator)).toEqual([{ ...PLAIN, ...wire }]);
}

const ONE_IMAGE = { n: undefined, watermark: false };

const MODELS: Row[] = [
	{ says: 'Seedream 4.0 unless another model is chosen', wire: {} },
	{
		says: 'Seedream 4.5',
		parameters: { model: 'seedream-4.5' },
		wire: { model: 'doubao-seedream-4.5' },
	},
	{
		says: 'Seedream 5.0 Lite',
		parameters: { model: 'seedream-5.0-lite' },
		wire: { model: 'doubao-seedream-5.0-lite' },
	},
	{
		says: 'Seedream 5.0 Pro, which has no count and says that no watermark is wanted',
		parameters: { model: 'seedream-5.0-pro' },
		wire: { model: 'doubao-seedream-5.0-pro', ...ONE_IMAGE },
	},
	{
		says: 'Seedream 5.0 Flash, likewise',
		parameters: { model: 'seedream-5.0-flash' },
		wire: { model: 'doubao-seedream-5.0-flash', ...ONE_IMAGE },
	},
	{
		says: "a custom model by the provider's own ID",
		parameters: { model: 'custom', modelId: ' doubao-seedream-4.5 ' },
		wire: { model: 'doubao-seedream-4.5', n: undefined },
	},
	{
		says: 'a custom model with several images',
		parameters: { model: 'custom', modelId: 'doubao-seedream-4.0', numberOfImages: 2 },
		wire: { n: 2, prompt: 'A boat\n\nGenerate 2 different images.' },
	},
];

const TEXTS: Row[] = [
	{
		says: 'a prompt from an expression',
		parameters: { prompt: '={{ $json.subject }} in {{ $json.place }}' },
		items: itemsOf({ subject: 'A cat', place: 'Rome' }),
		wire: { prompt: 'A cat in Rome' },
	},
	{
		says: 'a prompt with its line breaks, quotes and any script',
		parameters: { prompt: 'A "boat"\n船 ⛵ \\ done' },
		wire: { prompt: 'A "boat"\n船 ⛵ \\ done' },
	},
	{
		says: 'the number of images, and the same number in the prompt',
		parameters: { numberOfImages: 15 },
		wire: { n: 15, prompt: 'A boat\n\nGenerate 15 different images.' },
	},
	{
		says: 'a number of images that an expression gives as text',
		parameters: { numberOfImages: '={{ $json.count }}' },
		items: itemsOf({ count: '3' }),
		wire: { n: 3, prompt: 'A boat\n\nGenerate 3 different images.' },
	},
];

const PIXELS: Row[] = [
	{
		says: 'exact pixels, without a quality',
		parameters: { sizeMode: 'pixels', width: 1500, height: 1000 },
		wire: { size: '1500x1000', quality: undefined },
	},
	{
		says: 'pixels from expressions',
		parameters: { sizeMode: 'pixels', width: '={{ $json.w }}', height: '={{ $json.w / 2 }}' },
		items: itemsOf({ w: 3000 }),
		wire: { size: '3000x1500', quality: undefined },
	},
	{
		says: 'a ratio and a resolution from expressions',
		parameters: { aspectRatio: '={{ $json.shape }}', resolution: '={{ $json.fine }}' },
		items: itemsOf({ shape: '9:21', fine: '4K' }),
		wire: { size: '9:21', quality: '4K' },
	},
];

const PRO = { model: 'seedream-5.0-pro' };
const PRO_WIRE = { model: 'doubao-seedream-5.0-pro', ...ONE_IMAGE };
const LITE = { model: 'seedream-5.0-lite' };
const LITE_WIRE = { model: 'doubao-seedream-5.0-lite' };

const OPTIONS: Row[] = [
	{
		says: 'Prompt Priority fast',
		options: { promptPriority: 'fast' },
		wire: { prompt_priority: 'fast' },
	},
	{
		says: 'nothing for Prompt Priority standard, which is the default there',
		options: { promptPriority: 'standard' },
		wire: {},
	},
	{
		says: 'Watermark on Pro',
		parameters: PRO,
		options: { watermark: true },
		wire: { ...PRO_WIRE, watermark: true },
	},
	{
		says: 'Output Format at the top on Pro',
		parameters: PRO,
		options: { outputFormat: 'png' },
		wire: { ...PRO_WIRE, output_format: 'png' },
	},
	{
		says: 'Output Format among the model parameters on Lite',
		parameters: LITE,
		options: { outputFormat: 'png' },
		wire: { ...LITE_WIRE, model_params: { output_format: 'png' } },
	},
	{
		says: 'Web Search as a tool on Lite',
		parameters: LITE,
		options: { webSearch: true },
		wire: { ...LITE_WIRE, model_params: { tools: [{ type: 'web_search' }] } },
	},
	{
		says: 'Output Format and Web Search together on Lite',
		parameters: LITE,
		options: { outputFormat: 'png', webSearch: true },
		wire: {
			...LITE_WIRE,
			model_params: { output_format: 'png', tools: [{ type: 'web_search' }] },
		},
	},
	{
		says: 'nothing for an opaque background and for JPEG, which are the defaults there',
		parameters: PRO,
		options: { background: 'opaque', outputFormat: 'jpeg' },
		wire: PRO_WIRE,
	},
	{
		says: 'the prompt as it is when the count is not to be stated',
		parameters: { numberOfImages: 2 },
		options: { stateCountInPrompt: false },
		wire: { n: 2 },
	},
	{
		says: "fields of the provider's own, over those that the panel gives",
		options: { additionalFields: '{ "prompt_priority": "fast", "quality": "4K" }' },
		wire: { prompt_priority: 'fast', quality: '4K' },
	},
	{
		says: "fields of the provider's own from an expression",
		options: { additionalFields: '={{ $json.more }}' },
		items: itemsOf({ more: { prompt_priority: 'fast' } }),
		wire: { prompt_priority: 'fast' },
	},
	{
		says: 'nothing for options that are about waiting and output only',
		options: {
			concurrency: 2,
			failOnPartial: true,
			maxWaitSeconds: 5,
			outputBinaryProperty: 'image',
			outputMode: 'task',
			skipValidation: true,
		},
		wire: {},
	},
];

const RATIOS = [
	'1:1',
	'2:3',
	'3:2',
	'3:4',
	'4:3',
	'4:5',
	'5:4',
	'9:16',
	'16:9',
	'9:21',
	'21:9',
	'auto',
];

const RESOLUTIONS: ReadonlyArray<readonly [model: string, ...resolutions: string[]]> = [
	['seedream-4.0', '1K', '2K', '4K'],
	['seedream-4.5', '2K', '4K'],
	['seedream-5.0-lite', '2K', '3K', '4K'],
	['seedream-5.0-pro', '1K', '1.5K', '2K'],
	['seedream-5.0-flash', '1K', '1.5K', '2K'],
];

describe('What the panel says arrives at the provider, and nothing else does', () => {
	const rows = [...MODELS, ...TEXTS, ...PIXELS, ...OPTIONS].map((row) => [row.says, row] as const);
	it.each(rows)('%s', async (_, row) => await expectOnTheWire(row));

	it.each(RATIOS)('the aspect ratio %s as the size', async (aspectRatio) => {
		await expectOnTheWire({ says: '', parameters: { aspectRatio }, wire: { size: aspectRatio } });
	});

	it.each(RESOLUTIONS)('each resolution of %s as the quality', async (model, ...resolutions) => {
		for (const resolution of resolutions) {
			await runSeedream(emulator, {
				operation: 'generate',
				prompt: 'A boat',
				completion: 'submit',
				model,
				resolution,
			});
		}
		const sent = paidBodies(emulator);
		expect(sent).toMatchObject(
			resolutions.map((quality) => ({ model: `doubao-${model}`, quality })),
		);
		expect(emulator.requestsOf('create').map(({ status }) => status)).toEqual(
			resolutions.map(() => 200),
		);
	});

	it('is the same whether the node waits or not', async () => {
		await runSeedream(emulator, { operation: 'generate', prompt: 'A boat', download: false });
		expect(paidBodies(emulator)).toEqual([PLAIN]);
	});

	it('takes the parameters of each item for its own request', async () => {
		await runSeedream(
			emulator,
			{
				operation: 'generate',
				prompt: '={{ $json.p }}',
				aspectRatio: '={{ $json.r }}',
				completion: 'submit',
			},
			{
				items: itemsOf({ p: 'one', r: '1:1' }, { p: 'two', r: '9:16' }),
				options: { concurrency: 1 },
			},
		);
		expect(paidBodies(emulator)).toEqual([
			{ ...PLAIN, prompt: 'one', size: '1:1' },
			{ ...PLAIN, prompt: 'two', size: '9:16' },
		]);
	});
});
