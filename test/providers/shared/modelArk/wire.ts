import type { Wire, WireRow } from '../../fixture';
import {
	A,
	B,
	editOf,
	leftOut,
	modelByExpression,
	OPTIONS_OF_THE_NODE,
	setOf,
	sizeWord,
	unchecked,
} from '../wire';
import type { Ids } from './ids';
import type { Seller } from './seller';

const V45 = { model: 'seedream-4.5' };
const LITE = { model: 'seedream-5.0-lite' };
const PRO = { model: 'seedream-5.0-pro' };
const V55 = { model: 'seedream-5.5' };

/** `POST {base}/images/generations` (ModelArk docs 1541523). */
export function arkWire(seller: Seller): Wire {
	const { ids, sameAs } = seller;
	return {
		plain: { model: ids['seedream-4.0'], prompt: 'A boat', size: '2K', watermark: false },
		pixels: sizeWord,
		rows: [
			...models(ids),
			webSearch(seller),
			...(sameAs === undefined
				? [...sets(ids), ...options(ids), ...newest(seller), ...leftOutRows(seller)]
				: []),
		],
	};
}

function models(ids: Ids): WireRow[] {
	return [
		{ says: 'Seedream 4.0: no field that is at its default, and no watermark', wire: {} },
		{ says: 'Seedream 4.5', parameters: V45, wire: { model: ids['seedream-4.5'] } },
		{ says: 'Seedream 5.0 Lite', parameters: LITE, wire: { model: ids['seedream-5.0-lite'] } },
		{ says: 'Seedream 5.0 Pro', parameters: PRO, wire: { model: ids['seedream-5.0-pro'] } },
		{
			says: 'Seedream 5.0 Flash',
			parameters: { model: 'seedream-5.0-flash' },
			options: { outputFormat: 'png' },
			wire: { model: ids['seedream-5.0-flash'], output_format: 'png' },
		},
		{
			says: 'Seedream 5.5',
			parameters: V55,
			wire: { model: ids['seedream-5.5'] },
		},
	];
}

function webSearch({ ids, name, isSearchUndocumented }: Seller): WireRow {
	const warning = `Web Search is not documented for Seedream 5.0 Lite on ${name}, and may be refused.`;
	return {
		says: 'Web Search on Lite',
		parameters: LITE,
		options: { webSearch: true },
		wire: { model: ids['seedream-5.0-lite'], tools: [{ type: 'web_search' }] },
		warnings: isSearchUndocumented ? [warning] : [],
	};
}

function sets(ids: Ids): WireRow[] {
	return [
		{
			says: 'an endpoint by its ID',
			parameters: { model: 'custom', modelId: ' ep-20260102-abcde ' },
			wire: { model: 'ep-20260102-abcde' },
			warnings: [unchecked('ep-20260102-abcde')],
		},
		{
			says: 'an endpoint by its ID, a set',
			parameters: { model: 'custom', modelId: 'ep-1', numberOfImages: 4, aspectRatio: '16:9' },
			wire: { model: 'ep-1', size: '2848x1600', ...setOf(4) },
			warnings: [unchecked('ep-1')],
		},
		{ says: 'a set of 4', parameters: { numberOfImages: 4 }, wire: setOf(4) },
		{
			says: 'a set of 4 on 4.5',
			parameters: { ...V45, numberOfImages: 4 },
			wire: { model: ids['seedream-4.5'], ...setOf(4) },
		},
		{
			says: 'a set of 4 on Lite',
			parameters: { ...LITE, numberOfImages: 4 },
			wire: { model: ids['seedream-5.0-lite'], ...setOf(4) },
		},
		{
			says: 'a set from references, with a number that leaves room for them',
			parameters: { ...editOf(A, B), numberOfImages: 13 },
			wire: { ...setOf(13), size: '2048x2048', image: [A, B] },
		},
		{
			says: 'the prompt as it is when the count is not to be stated',
			parameters: { numberOfImages: 4 },
			options: { stateCountInPrompt: false },
			wire: { ...setOf(4), prompt: 'A boat' },
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
			wire: { model: ids['seedream-5.0-pro'], size: '1.5K' },
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
			wire: { model: ids['seedream-5.0-pro'], optimize_prompt_options: { mode: 'fast' } },
		},
		{
			says: 'Output Format on Lite',
			parameters: LITE,
			options: { outputFormat: 'png' },
			wire: { model: ids['seedream-5.0-lite'], output_format: 'png' },
		},
		{
			says: 'Output Format on Pro',
			parameters: PRO,
			options: { outputFormat: 'png' },
			wire: { model: ids['seedream-5.0-pro'], output_format: 'png' },
		},
		{
			says: 'nothing for what is at its default: JPEG, an opaque background, no search, no stream',
			parameters: modelByExpression('seedream-5.0-pro'),
			options: { outputFormat: 'jpeg', background: 'opaque', webSearch: false, stream: false },
			wire: { model: ids['seedream-5.0-pro'] },
		},
		{ says: 'Stream', options: { stream: true }, wire: { stream: true } },
		{
			says: 'Stream of a set',
			parameters: { numberOfImages: 4 },
			options: { stream: true },
			wire: { ...setOf(4), stream: true },
		},
		{
			says: "fields of the provider's own, over those that the panel gives",
			options: { additionalFields: '{ "response_format": "url", "watermark": true }' },
			wire: { response_format: 'url', watermark: true },
		},
		{
			says: 'nothing for options that are about waiting and output only',
			options: OPTIONS_OF_THE_NODE,
			wire: {},
		},
	];
}

/** Another name of Seedream 5.5 (LaoZhang docs). */
const ALIAS = 'dola-seedream-5-5-261028';

/** Seedream 5.5 makes PNG and decides on the background by itself (LaoZhang docs, Comfy docs). */
function newest({ ids, name }: Seller): WireRow[] {
	const model = ids['seedream-5.5'];
	const newestOn = `Seedream 5.5 on ${name}`;
	return [
		{
			says: 'a transparent background by 5.5 without an input image, with the format in any case',
			parameters: V55,
			options: { background: 'transparent' },
			wire: { model, background: 'transparent', output_format: 'png' },
		},
		{
			says: 'a transparent background by 5.5 after an input image',
			parameters: { ...editOf(A), ...V55 },
			options: { background: 'transparent', outputFormat: 'png' },
			wire: { model, size: '2048x2048', image: A, background: 'transparent', output_format: 'png' },
		},
		{
			says: 'an opaque background by 5.5, which does not make it by itself',
			parameters: V55,
			options: { background: 'opaque' },
			wire: { model, background: 'opaque' },
		},
		{
			says: 'JPEG by 5.5, which does not make it by itself',
			parameters: V55,
			options: { outputFormat: 'jpeg' },
			wire: { model, output_format: 'jpeg' },
		},
		{
			says: 'nothing for what 5.5 does by itself: PNG, and the background as it sees fit',
			parameters: V55,
			options: { outputFormat: 'png', background: 'auto' },
			wire: { model },
		},
		{
			says: 'no Prompt Priority fast, no Stream and no Seed on 5.5, which the user is told',
			parameters: modelByExpression('seedream-5.5'),
			options: { promptPriority: 'fast', stream: true, seed: 7 },
			wire: { model },
			warnings: ['Prompt Priority', 'Seed', 'Stream'].map((option) => leftOut(option, newestOn)),
		},
		{
			says: 'what is chosen for a model by its ID, of which nobody knows what it does by itself',
			parameters: { model: 'custom', modelId: ALIAS },
			options: { outputFormat: 'jpeg', background: 'opaque' },
			wire: { model: ALIAS, output_format: 'jpeg', background: 'opaque' },
			warnings: [unchecked(ALIAS)],
		},
	];
}

const TEN = Array.from({ length: 10 }, (_, index) => `https://example.com/${index}.png`);

function leftOutRows({ ids, name }: Seller): WireRow[] {
	const on = (model: string) => `${model} on ${name}`;
	return [
		{
			says: '10 references on 4.0, which are beyond dispute',
			parameters: editOf(...TEN),
			wire: { size: '2048x2048', image: TEN },
		},
		{
			says: '11 references on 4.0, on which sources differ, and the user is told',
			parameters: editOf(...TEN, A),
			wire: { size: '2048x2048', image: [...TEN, A] },
			warnings: [
				`There are 11 reference images; sources differ on whether ${on('Seedream 4.0')} takes more than 10.`,
			],
		},
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
			wire: { model: ids['seedream-4.5'] },
			warnings: [leftOut('Prompt Priority', on('Seedream 4.5'))],
		},
		{
			says: 'no Stream on Pro, which refuses the field, which the user is told',
			parameters: modelByExpression('seedream-5.0-pro'),
			options: { stream: true },
			wire: { model: ids['seedream-5.0-pro'] },
			warnings: [leftOut('Stream', on('Seedream 5.0 Pro'))],
		},
		{
			says: 'no Stream and no Prompt Priority fast on Flash, which the user is told',
			parameters: modelByExpression('seedream-5.0-flash'),
			options: { stream: true, promptPriority: 'fast' },
			wire: { model: ids['seedream-5.0-flash'] },
			warnings: ['Prompt Priority', 'Stream'].map((option) =>
				leftOut(option, on('Seedream 5.0 Flash')),
			),
		},
		{
			says: 'a transparent background on Pro without an input image, and that nobody says whether that will do',
			parameters: PRO,
			options: { background: 'transparent', outputFormat: 'png' },
			wire: { model: ids['seedream-5.0-pro'], background: 'transparent', output_format: 'png' },
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
	];
}
