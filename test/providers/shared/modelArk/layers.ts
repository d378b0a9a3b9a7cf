import type { Fields, Layers, LayerRefusal, WireRow } from '../../fixture';
import { FORMATS_OF_THE_MAKER, REFUSED_BY_ALL, refusedFields, resolutionRows } from '../layers';
import { leftOut, modelByExpression, OPTIONS_OF_THE_NODE, unchecked } from '../wire';
import type { Seller } from './seller';

/** `layer_decomposition` (ModelArk docs 1541523); what 5.0 Flash and 5.5 add by Comfy's and LaoZhang's docs. */
export function arkLayers(seller: Seller): Layers {
	const { ids, sameAs, isRelay } = seller;
	const plain = (image: string): Fields => ({
		model: ids['seedream-5.0-pro'],
		image,
		layer_decomposition: true,
		size: 'auto',
		watermark: false,
	});
	return {
		plain,
		imageFields: (image) => ({ image }),
		rows: [...models(seller), ...(sameAs === undefined ? options(seller) : [])],
		refused: sameAs === undefined ? REFUSED : [],
		most: [
			['seedream-5.0-pro', 17],
			['seedream-5.0-flash', 17],
			['seedream-5.5', 100],
		],
		...(isRelay && { isDoubtful: true }),
		formats: FORMATS_OF_THE_MAKER,
		answer: ANSWER,
	};
}

function models({ ids }: Seller): WireRow[] {
	return [
		{ says: 'Seedream 5.0 Pro: no prompt, no format, no count', wire: {} },
		{
			says: 'Seedream 5.0 Flash',
			parameters: { model: 'seedream-5.0-flash' },
			wire: { model: ids['seedream-5.0-flash'] },
		},
		{
			says: 'Seedream 5.5, of which nobody knows in what format it makes the base by itself',
			parameters: { model: 'seedream-5.5' },
			wire: { model: ids['seedream-5.5'], output_format: 'png' },
		},
	];
}

const BOX = 'title text<bbox>179 58 809 197</bbox>, 1 parrot<bbox>330 274 641 991</bbox>';

function options({ ids, name }: Seller): WireRow[] {
	const on = (model: string) => `${model} on ${name}`;
	return [
		{ says: 'a prompt, with its boxes', parameters: { prompt: BOX }, wire: { prompt: BOX } },
		...resolutionRows('size'),
		{
			says: 'a model by its ID',
			parameters: { model: 'custom', modelId: 'dola-seedream-5-5-261028' },
			wire: { model: 'dola-seedream-5-5-261028' },
			warnings: [unchecked('dola-seedream-5-5-261028')],
		},
		{ says: 'Output Format', options: { outputFormat: 'png' }, wire: { output_format: 'png' } },
		{
			says: 'nothing for JPEG, which 5.0 makes by itself',
			options: { outputFormat: 'jpeg' },
			wire: {},
		},
		{
			says: 'JPEG with 5.5',
			parameters: { model: 'seedream-5.5' },
			options: { outputFormat: 'jpeg' },
			wire: { model: ids['seedream-5.5'], output_format: 'jpeg' },
		},
		{ says: 'Watermark', options: { watermark: true }, wire: { watermark: true } },
		{
			says: 'Prompt Priority fast on Pro',
			options: { promptPriority: 'fast' },
			wire: { optimize_prompt_options: { mode: 'fast' } },
		},
		...(['seedream-5.0-flash', 'seedream-5.5'] as const).map((family) => ({
			says: `no Prompt Priority fast on ${family}, which the user is told`,
			parameters: modelByExpression(family),
			options: { promptPriority: 'fast' },
			wire: {
				model: ids[family],
				...(family === 'seedream-5.5' && { output_format: 'png' }),
			},
			warnings: [
				leftOut(
					'Prompt Priority',
					on(family === 'seedream-5.5' ? 'Seedream 5.5' : 'Seedream 5.0 Flash'),
				),
			],
		})),
		{
			says: "fields of the provider's own",
			options: { additionalFields: '{ "response_format": "b64_json" }' },
			wire: { response_format: 'b64_json' },
		},
		{
			says: 'nothing for options that are about waiting and output only',
			options: OPTIONS_OF_THE_NODE,
			wire: {},
		},
	];
}

const REFUSED: readonly LayerRefusal[] = [
	...REFUSED_BY_ALL,
	{
		says: 'a model that cannot do it',
		parameters: { model: '={{ "seedream-4.5" }}', modelId: 'unused' },
		names: 'seedream-5.0-pro, seedream-5.0-flash, seedream-5.5',
	},
	...refusedFields(
		'"size": "16:9"',
		'"size": "2048x2048"',
		'"sequential_image_generation": "auto"',
		'"sequential_image_generation_options": { "max_images": 4 }',
		'"stream": true',
		'"tools": [{ "type": "web_search" }]',
		'"background": "transparent"',
	),
];

/** The layers of one image, the base last. */
const ANSWER = {
	model: 'doubao-seedream-5-0-pro-260628',
	created: 1767225600,
	data: [
		{
			url: 'https://x.test/2.png',
			size: '1260x278',
			output_format: 'png',
			z_index: 2,
			name: 'title',
			description: 'the title in red letters',
			bounding_box: { absolute: [297, 144, 1346, 491], normalized: [179, 58, 809, 197] },
		},
		{
			url: 'https://x.test/1.png',
			size: '1040x1770',
			output_format: 'png',
			z_index: 1,
			name: 'parrot',
			description: 'a red parrot',
			bounding_box: { absolute: [225, 442, 796, 1414], normalized: [135, 177, 478, 567] },
			text_lines: [{ text: 'SALE', font: 'serif' }],
		},
		{ url: 'https://x.test/0.jpg', size: '1664x2496', output_format: 'jpeg', z_index: 0 },
	],
	usage: { input_images: 1, generated_images: 3, output_tokens: 23414, total_tokens: 23414 },
};
