import type { Wire } from '../fixture';
import {
	A,
	B,
	editOf,
	leftOut,
	modelByExpression,
	setOf,
	sizeWord,
	unchecked,
} from '../shared/wire';

const V45 = { model: 'seedream-4.5' };
const V45_WIRE = { model: 'doubao-seedream-4-5-251128' };
const LITE = { model: 'seedream-5.0-lite' };
const LITE_WIRE = { model: 'doubao-seedream-5-0-lite-260128' };

export const wire: Wire = {
	plain: { model: 'doubao-seedream-4-0-250828', prompt: 'A boat', size: '2K', watermark: false },
	pixels: sizeWord,
	rows: [
		{ says: 'Seedream 4.0', wire: {} },
		{ says: 'Seedream 4.5', parameters: V45, wire: V45_WIRE },
		{ says: 'Seedream 5.0 Lite', parameters: LITE, wire: LITE_WIRE },
		{
			says: 'a custom model',
			parameters: { model: 'custom', modelId: 'doubao-seedream-5-0-260128' },
			wire: { model: 'doubao-seedream-5-0-260128' },
			warnings: [unchecked('doubao-seedream-5-0-260128')],
		},
		{ says: 'a set of 4', parameters: { numberOfImages: 4 }, wire: setOf(4) },
		{
			says: 'a set of 4 on 4.5',
			parameters: { ...V45, numberOfImages: 4 },
			wire: { ...V45_WIRE, ...setOf(4) },
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
		{
			says: 'no size where the provider is to decide',
			parameters: { sizeMode: 'default' },
			wire: { size: undefined },
		},
		{
			says: 'exact pixels',
			parameters: { sizeMode: 'pixels', width: 1500, height: 1000 },
			wire: { size: '1500x1000' },
		},
		{ says: 'Stream', options: { stream: true }, wire: { stream: true } },
		{
			says: 'Stream of a set',
			parameters: { numberOfImages: 4 },
			options: { stream: true },
			wire: { ...setOf(4), stream: true },
		},
		{
			says: 'a tier alone when the shape is left to the model',
			parameters: { resolution: '4K' },
			wire: { size: '4K' },
		},
		{
			says: 'a square for Auto at 3K on Lite, a tier that is not documented there',
			parameters: { ...LITE, resolution: '3K' },
			wire: { ...LITE_WIRE, size: '3072x3072' },
			warnings: [
				'Aspect Ratio Auto is sent as 3072x3072: Tokaify takes 3K in pixels only. Choose an aspect ratio if a square is not wanted.',
			],
		},
		{ says: 'Watermark', options: { watermark: true }, wire: { watermark: true } },
		{ says: 'End User ID', options: { user: ' customer-7 ' }, wire: { user: 'customer-7' } },
		{
			says: 'no Prompt Priority fast and no Seed, and the user is told of each',
			options: { promptPriority: 'fast', seed: 7 },
			wire: {},
			warnings: ['Prompt Priority', 'Seed'].map((option) =>
				leftOut(option, 'Seedream 4.0 on Tokaify'),
			),
		},
		{
			says: 'nothing for what is at its default: JPEG, no search',
			parameters: modelByExpression('seedream-5.0-lite'),
			options: {
				outputFormat: 'jpeg',
				webSearch: false,
				promptPriority: 'standard',
				stream: false,
			},
			wire: LITE_WIRE,
		},
		{
			says: "fields of the provider's own, over those that the panel gives",
			options: { additionalFields: '{ "response_format": "url", "size": "1K" }' },
			wire: { response_format: 'url', size: '1K' },
		},
	],
};
