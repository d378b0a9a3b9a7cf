import { MEGABYTE } from '../references';
import type { ReferenceRule } from '../references';
import type { SizeRule } from '../sizes';

/** UniAll docs, models/image/seedream: model names and their sizes. */
export const MODELS: Readonly<Record<string, { readonly line: string; readonly size: SizeRule }>> =
	{
		'seedream-4.0': { line: '4.0', size: { minArea: 921_600, maxArea: 16_777_216, maxSide: 4096 } },
		'seedream-4.5': {
			line: '4.5',
			size: { minArea: 3_686_400, maxArea: 16_777_216, maxSide: 4096 },
		},
		'seedream-5.0-lite': {
			line: '5.0-lite',
			size: { minArea: 3_686_400, maxArea: 16_777_216, maxSide: 4096 },
		},
	};

/** Links only. Formats and bytes are not documented; these are the model's own. */
export const REFERENCES: ReferenceRule = {
	most: 10,
	formats: ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'],
	maxBytes: 10 * MEGABYTE,
	maxRatio: 16,
	dataUris: false,
};
