import type { Wire } from '../fixture';
import { A, B, editOf, leftOut, unchecked } from '../shared/wire';

const NO_SIZE = { custom_size: undefined };
const EDITS = '/v1/images/edits';

/** What is said whenever no ratio is chosen. */
const SIZE_LEFT =
	'Aspect Ratio is Auto, so no size is sent: UniAll takes sizes in pixels only, and chooses shape and resolution itself. For 2K, choose an aspect ratio.';

export const wire: Wire = {
	plain: { model: 'seedream-4.0', prompt: 'A boat', custom_size: { width: 2048, height: 2048 } },
	pixels: (width, height) => ({ custom_size: { width, height } }),
	rows: [
		{
			says: 'Seedream 4.0, and no size where the shape is left to the model',
			wire: NO_SIZE,
			warnings: [SIZE_LEFT],
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
			warnings: [SIZE_LEFT.replace('2K', '4K')],
		},
		{
			says: 'no size where the provider is to decide, without a word',
			parameters: { sizeMode: 'default' },
			wire: NO_SIZE,
		},
		{
			says: 'Max Wait as the time that the provider is given, in whole seconds',
			parameters: { aspectRatio: '1:1' },
			options: { maxWaitSeconds: 90.4 },
			wire: { timeout_seconds: 90 },
		},
		{
			says: 'Max Wait rounded up where that is nearer',
			parameters: { aspectRatio: '1:1' },
			options: { maxWaitSeconds: 99.6 },
			wire: { timeout_seconds: 100 },
		},
		{
			says: 'several references by URL and a set of them, to the path for edits, with the time that is given',
			parameters: { ...editOf(B, A), numberOfImages: 2 },
			options: { maxWaitSeconds: 120 },
			path: EDITS,
			wire: { n: 2, image_urls: [B, A], timeout_seconds: 120 },
		},
		{
			says: 'a single reference by URL in a list too, without a time where none is set',
			parameters: editOf(A),
			path: EDITS,
			wire: { image_urls: [A] },
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
