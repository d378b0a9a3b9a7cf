import { AUTO_BECAME_SQUARE } from './support';
import { boats, leftOut, modelByExpression, unchecked, type WireTable } from './wire.row';

const SET_OF_4 = {
	prompt: boats(4),
	sequential_image_generation: 'auto',
	sequential_image_generation_options: { max_images: 4 },
};

/** docs.uniall.ai/models/image/seedream: a count, a size as an object, and no more. */
export const UNIALL_TABLE: WireTable = {
	provider: 'uniall',
	path: '/v1/images/generations',
	plain: { model: 'seedream-4.0', prompt: 'A boat', custom_size: { width: 2048, height: 2048 } },
	rows: [
		{ says: 'Seedream 4.0, and a square where the shape is left to the model', wire: {}, warnings: [AUTO_BECAME_SQUARE] },
		{ says: 'a square without a word where it is asked for', parameters: { aspectRatio: '1:1' }, wire: {} },
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
		{ says: 'a set of 4', parameters: { aspectRatio: '1:1', numberOfImages: 4 }, wire: { n: 4, prompt: boats(4) } },
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
			says: 'Auto at 4K as the largest square',
			parameters: { resolution: '4K' },
			wire: { custom_size: { width: 4096, height: 4096 } },
			warnings: [AUTO_BECAME_SQUARE.replace('2048x2048', '4096x4096')],
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
			says: 'no Prompt Priority fast, no End User ID, no Stream, and the user is told of each',
			parameters: { aspectRatio: '1:1' },
			options: { promptPriority: 'fast', user: 'customer-7', stream: true },
			wire: {},
			warnings: ['Prompt Priority', 'End User ID', 'Stream'].map((option) => leftOut(option, 'Seedream 4.0 on UniAll')),
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
const DROPPED_SET =
	'Tokaify seems to have dropped the request for several images on its way to the model. Use one request for each image there.';

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
		{ says: 'a set of 4 on 4.5', parameters: { ...V45, numberOfImages: 4 }, wire: { ...V45_WIRE, ...SET_OF_4 } },
		{
			says: 'the prompt as it is when the count is not to be stated',
			parameters: { numberOfImages: 4 },
			options: { stateCountInPrompt: false },
			wire: { ...SET_OF_4, prompt: 'A boat' },
			warnings: [DROPPED_SET, '4 images were requested and 1 received.'],
		},
		{ says: 'exact pixels', parameters: { sizeMode: 'pixels', width: 1500, height: 1000 }, wire: { size: '1500x1000' } },
		{ says: 'a tier alone when the shape is left to the model', parameters: { resolution: '4K' }, wire: { size: '4K' } },
		{
			says: 'a square for Auto at 3K on Lite, a tier that is not documented there',
			parameters: { ...LITE, resolution: '3K' },
			wire: { ...LITE_WIRE, size: '3072x3072' },
			warnings: [AUTO_BECAME_SQUARE.replace('2048x2048', '3072x3072')],
		},
		{ says: 'Watermark', options: { watermark: true }, wire: { watermark: true } },
		{ says: 'End User ID', options: { user: ' customer-7 ' }, wire: { user: 'customer-7' } },
		{
			says: 'no Prompt Priority fast and no Stream, and the user is told of each',
			options: { promptPriority: 'fast', stream: true },
			wire: {},
			warnings: ['Prompt Priority', 'Stream'].map((option) => leftOut(option, 'Seedream 4.0 on Tokaify')),
		},
		{
			says: 'nothing for what is at its default: JPEG, no search',
			parameters: modelByExpression('seedream-5.0-lite'),
			options: { outputFormat: 'jpeg', webSearch: false, promptPriority: 'standard', stream: false },
			wire: LITE_WIRE,
		},
		{
			says: "fields of the provider's own, over those that the panel gives",
			options: { additionalFields: '{ "response_format": "url", "size": "1K" }' },
			wire: { response_format: 'url', size: '1K' },
		},
	],
};
