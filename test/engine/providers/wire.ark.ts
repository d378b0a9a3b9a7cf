import { NAMES } from './support';
import {
	boats,
	leftOut,
	modelByExpression,
	unchecked,
	type WireRow,
	type WireTable,
} from './wire.row';

type Ids = Readonly<Record<'4.0' | '4.5' | 'lite' | 'pro' | 'flash', string>>;

const BYTEPLUS: Ids = {
	'4.0': 'seedream-4-0-250828',
	'4.5': 'seedream-4-5-251128',
	lite: 'seedream-5-0-260128',
	pro: 'dola-seedream-5-0-pro-260628',
	flash: 'seedream-5-0-flash-260915',
};

const VOLCENGINE: Ids = {
	'4.0': 'doubao-seedream-4-0-250828',
	'4.5': 'doubao-seedream-4-5-251128',
	lite: 'doubao-seedream-5-0-260128',
	pro: 'doubao-seedream-5-0-pro-260628',
	flash: 'doubao-seedream-5-0-flash-260915',
};

const LITE = { model: 'seedream-5.0-lite' };
const PRO = { model: 'seedream-5.0-pro' };
const SET_OF_4 = {
	prompt: boats(4),
	sequential_image_generation: 'auto',
	sequential_image_generation_options: { max_images: 4 },
};

/** Both regions: `POST {base}/images/generations` (ModelArk docs 1541523). */
function table(provider: 'byteplus' | 'volcengine', ids: Ids, own: WireRow[]): WireTable {
	const on = (model: string) => `${model} on ${NAMES[provider]}`;
	return {
		provider,
		path: '/images/generations',
		plain: { model: ids['4.0'], prompt: 'A boat', size: '2K', watermark: false },
		rows: [
			...models(ids),
			...own,
			...options(ids),
			{
				says: 'no End User ID, which the user is told',
				options: { user: 'customer-7' },
				wire: {},
				warnings: [leftOut('End User ID', on('Seedream 4.0'))],
			},
			{
				says: 'no Prompt Priority fast where the model has none, which the user is told',
				parameters: modelByExpression('seedream-4.5'),
				options: { promptPriority: 'fast' },
				wire: { model: ids['4.5'] },
				warnings: [leftOut('Prompt Priority', on('Seedream 4.5'))],
			},
			{
				says: 'no Stream on Pro, which refuses the field, which the user is told',
				parameters: modelByExpression('seedream-5.0-pro'),
				options: { stream: true },
				wire: { model: ids.pro },
				warnings: [leftOut('Stream', on('Seedream 5.0 Pro'))],
			},
			{
				says: 'no Stream and no Prompt Priority fast on Flash, which the user is told',
				parameters: modelByExpression('seedream-5.0-flash'),
				options: { stream: true, promptPriority: 'fast' },
				wire: { model: ids.flash },
				warnings: ['Prompt Priority', 'Stream'].map((option) =>
					leftOut(option, on('Seedream 5.0 Flash')),
				),
			},
			{
				says: 'a transparent background on Pro without an input image, and that nobody says whether that will do',
				parameters: PRO,
				options: { background: 'transparent', outputFormat: 'png' },
				wire: { model: ids.pro, background: 'transparent', output_format: 'png' },
				warnings: [
					`Background is transparent without exactly 1 reference image. EvoLink demands one for this model; whether ${on('Seedream 5.0 Pro')} does is not documented.`,
				],
			},
			{
				says: 'no Seed, which the user is told',
				options: { seed: 7 },
				wire: {},
				warnings: [leftOut('Seed', on('Seedream 4.0'))],
			},
		],
	};
}

function models(ids: Ids): WireRow[] {
	return [
		{ says: 'Seedream 4.0: no field that is at its default, and no watermark', wire: {} },
		{ says: 'Seedream 4.5', parameters: { model: 'seedream-4.5' }, wire: { model: ids['4.5'] } },
		{ says: 'Seedream 5.0 Lite', parameters: LITE, wire: { model: ids.lite } },
		{ says: 'Seedream 5.0 Pro', parameters: PRO, wire: { model: ids.pro } },
		{
			says: 'Seedream 5.0 Flash',
			parameters: { model: 'seedream-5.0-flash' },
			options: { outputFormat: 'png' },
			wire: { model: ids.flash, output_format: 'png' },
		},
		{
			says: 'an endpoint by its ID',
			parameters: { model: 'custom', modelId: ' ep-20260102-abcde ' },
			wire: { model: 'ep-20260102-abcde' },
			warnings: [unchecked('ep-20260102-abcde')],
		},
		{
			says: 'an endpoint by its ID, a set',
			parameters: { model: 'custom', modelId: 'ep-1', numberOfImages: 4, aspectRatio: '16:9' },
			wire: { model: 'ep-1', size: '2848x1600', ...SET_OF_4 },
			warnings: [unchecked('ep-1')],
		},
		{ says: 'a set of 4', parameters: { numberOfImages: 4 }, wire: SET_OF_4 },
		{
			says: 'a set of 4 on 4.5',
			parameters: { model: 'seedream-4.5', numberOfImages: 4 },
			wire: { model: ids['4.5'], ...SET_OF_4 },
		},
		{
			says: 'a set of 4 on Lite',
			parameters: { ...LITE, numberOfImages: 4 },
			wire: { model: ids.lite, ...SET_OF_4 },
		},
		{
			says: 'the prompt as it is when the count is not to be stated',
			parameters: { numberOfImages: 4 },
			options: { stateCountInPrompt: false },
			wire: { ...SET_OF_4, prompt: 'A boat' },
		},
	];
}

function options(ids: Ids): WireRow[] {
	return [
		{
			says: 'exact pixels',
			parameters: { sizeMode: 'pixels', width: 1500, height: 1000 },
			wire: { size: '1500x1000' },
		},
		{
			says: 'no size where the provider is to decide',
			parameters: { sizeMode: 'default' },
			wire: { size: undefined },
		},
		{
			says: 'a tier alone when the shape is left to the model',
			parameters: { resolution: '4K' },
			wire: { size: '4K' },
		},
		{
			says: 'a tier alone on Pro',
			parameters: { ...PRO, resolution: '1.5K' },
			wire: { model: ids.pro, size: '1.5K' },
		},
		{ says: 'Watermark', options: { watermark: true }, wire: { watermark: true } },
		{
			says: 'no Watermark, which is said, as it is on by default there',
			options: { watermark: false },
			wire: {},
		},
		{
			says: 'Prompt Priority fast',
			options: { promptPriority: 'fast' },
			wire: { optimize_prompt_options: { mode: 'fast' } },
		},
		{
			says: 'nothing for Prompt Priority standard',
			options: { promptPriority: 'standard' },
			wire: {},
		},
		{
			says: 'Prompt Priority fast on Pro',
			parameters: PRO,
			options: { promptPriority: 'fast' },
			wire: { model: ids.pro, optimize_prompt_options: { mode: 'fast' } },
		},
		{
			says: 'Output Format on Lite',
			parameters: LITE,
			options: { outputFormat: 'png' },
			wire: { model: ids.lite, output_format: 'png' },
		},
		{
			says: 'Output Format on Pro',
			parameters: PRO,
			options: { outputFormat: 'png' },
			wire: { model: ids.pro, output_format: 'png' },
		},
		{
			says: 'nothing for what is at its default: JPEG, an opaque background, no search, no stream',
			parameters: modelByExpression('seedream-5.0-pro'),
			options: { outputFormat: 'jpeg', background: 'opaque', webSearch: false, stream: false },
			wire: { model: ids.pro },
		},
		{ says: 'Stream', options: { stream: true }, wire: { stream: true } },
		{
			says: 'Stream of a set',
			parameters: { numberOfImages: 4 },
			options: { stream: true },
			wire: { ...SET_OF_4, stream: true },
		},
		{
			says: "fields of the provider's own, over those that the panel gives",
			options: { additionalFields: '{ "response_format": "url", "watermark": true }' },
			wire: { response_format: 'url', watermark: true },
		},
		{
			says: 'nothing for options that are about waiting and output only',
			options: {
				concurrency: 2,
				maxWaitSeconds: 5,
				outputBinaryProperty: 'image',
				outputMode: 'task',
				skipValidation: true,
			},
			wire: {},
		},
	];
}

/** Its pages say nothing of the search; those of the other region do. */
const SEARCH_AT_BYTEPLUS =
	'Web Search is not documented for Seedream 5.0 Lite on BytePlus ModelArk, and may be refused.';

export const BYTEPLUS_TABLE = table('byteplus', BYTEPLUS, [
	webSearch(BYTEPLUS, [SEARCH_AT_BYTEPLUS]),
]);

export const VOLCENGINE_TABLE = table('volcengine', VOLCENGINE, [webSearch(VOLCENGINE, [])]);

function webSearch(ids: Ids, warnings: string[]): WireRow {
	return {
		says: 'Web Search on Lite',
		parameters: LITE,
		options: { webSearch: true },
		wire: { model: ids.lite, tools: [{ type: 'web_search' }] },
		warnings,
	};
}
