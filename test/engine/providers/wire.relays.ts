import { SIZE_LEFT_TO_UNIALL } from './support';
import { boats, leftOut, modelByExpression, unchecked, type WireTable } from './wire.row';

const SET_OF_4 = {
	prompt: boats(4),
	sequential_image_generation: 'auto',
	sequential_image_generation_options: { max_images: 4 },
};

const NO_SIZE = { custom_size: undefined };

/** docs.uniall.ai/models/image/seedream: a count, a size as an object, and no more. */
export const UNIALL_TABLE: WireTable = {
	provider: 'uniall',
	path: '/v1/images/generations',
	plain: { model: 'seedream-4.0', prompt: 'A boat', custom_size: { width: 2048, height: 2048 } },
	rows: [
		{
			says: 'Seedream 4.0, and no size where the shape is left to the model',
			wire: NO_SIZE,
			warnings: [SIZE_LEFT_TO_UNIALL],
		},
		{
			says: 'a square without a word where it is asked for',
			parameters: { aspectRatio: '1:1' },
			wire: {},
		},
		{
			says: 'Seedream 4.5',
			parameters: { model: 'seedream-4.5', aspectRatio: '1:1' },
			wire: { model: 'seedream-4.5' },
		},
		{
			says: 'Seedream 5.0 Lite',
			parameters: { model: 'seedream-5.0-lite', aspectRatio: '1:1' },
			wire: { model: 'seedream-5.0-lite' },
		},
		{
			says: 'a custom model',
			parameters: { model: 'custom', modelId: ' seedream-4.5 ', aspectRatio: '1:1' },
			wire: { model: 'seedream-4.5' },
			warnings: [unchecked('seedream-4.5')],
		},
		{
			says: 'a set of 4 by its number alone, which is a count and no limit',
			parameters: { aspectRatio: '1:1', numberOfImages: 4 },
			wire: { n: 4 },
		},
		{
			says: 'the prompt as it is when the count is not to be stated',
			parameters: { aspectRatio: '1:1', numberOfImages: 4 },
			options: { stateCountInPrompt: false },
			wire: { n: 4 },
		},
		{
			says: 'exact pixels',
			parameters: { sizeMode: 'pixels', width: 1500, height: 1000 },
			wire: { custom_size: { width: 1500, height: 1000 } },
		},
		{
			says: 'Auto at 4K without a size too, and says that 4K was not sent',
			parameters: { resolution: '4K' },
			wire: NO_SIZE,
			warnings: [SIZE_LEFT_TO_UNIALL.replace('2K', '4K')],
		},
		{
			says: 'no size where the provider is to decide, without a word',
			parameters: { sizeMode: 'default' },
			wire: NO_SIZE,
		},
		{
			says: 'Max Wait as the time that the provider is given',
			parameters: { aspectRatio: '1:1' },
			options: { maxWaitSeconds: 90.4 },
			wire: { timeout_seconds: 90 },
		},
		{
			says: 'no Watermark without a word, as there is no such field',
			parameters: { aspectRatio: '1:1' },
			options: { watermark: false },
			wire: {},
		},
		{
			says: 'no Prompt Priority fast, no End User ID, no Seed, no Stream, and the user is told of each',
			parameters: { aspectRatio: '1:1' },
			options: { promptPriority: 'fast', user: 'customer-7', seed: 7, stream: true },
			wire: {},
			warnings: ['Prompt Priority', 'End User ID', 'Seed', 'Stream'].map((option) =>
				leftOut(option, 'Seedream 4.0 on UniAll'),
			),
		},
		{
			says: "fields of the provider's own, over those that the panel gives",
			parameters: { aspectRatio: '1:1' },
			options: { additionalFields: '{ "num_images": 2, "timeout_seconds": 30 }' },
			wire: { num_images: 2, timeout_seconds: 30 },
		},
	],
};

const V45 = { model: 'seedream-4.5' };
const V45_WIRE = { model: 'doubao-seedream-4-5-251128' };
const LITE = { model: 'seedream-5.0-lite' };
const LITE_WIRE = { model: 'doubao-seedream-5-0-lite-260128' };
/** doc.tokaify.com, images/doubao: the maker's fields, and `user`. */
export const TOKAIFY_TABLE: WireTable = {
	provider: 'tokaify',
	path: '/v1/images/generations',
	plain: { model: 'doubao-seedream-4-0-250828', prompt: 'A boat', size: '2K', watermark: false },
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
		{ says: 'a set of 4', parameters: { numberOfImages: 4 }, wire: SET_OF_4 },
		{
			says: 'a set of 4 on 4.5',
			parameters: { ...V45, numberOfImages: 4 },
			wire: { ...V45_WIRE, ...SET_OF_4 },
		},
		{
			says: 'the prompt as it is when the count is not to be stated',
			parameters: { numberOfImages: 4 },
			options: { stateCountInPrompt: false },
			wire: { ...SET_OF_4, prompt: 'A boat' },
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
			wire: { ...SET_OF_4, stream: true },
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
