import type { Layers, LayerRefusal, WireRow } from '../fixture';
import { A, B } from './wire';

/** The resolutions of layers, in the field that says how fine images are to be. */
export function resolutionRows(field: string): WireRow[] {
	return ['1K', '1.5K', '2K'].map((resolution) => ({
		says: `the resolution ${resolution}`,
		parameters: { resolution },
		wire: { [field]: resolution },
	}));
}

/** Fields, as JSON, that a request for layers must not have. */
export function refusedFields(...fields: readonly string[]): LayerRefusal[] {
	return fields.map((field) => ({
		says: `${field} among the additional fields`,
		options: { additionalFields: `{ ${field} }` },
		names: /"(\w+)"/.exec(field)?.[0] ?? '',
	}));
}

/** What nobody takes: exactly one image has to be there, and it has a shape of its own. */
export const REFUSED_BY_ALL: readonly LayerRefusal[] = [
	{ says: 'no image', parameters: { imageUrls: '={{ "" }}' }, names: 'no image to take apart' },
	{ says: 'two images', parameters: { imageUrls: `${A}\n${B}` }, names: 'exactly 1' },
	...['16:9', '2048x2048', '4K'].map((resolution) => ({
		says: `the resolution ${resolution}`,
		parameters: { resolution: `={{ "${resolution}" }}` },
		names: 'auto, 1K, 1.5K, 2K',
	})),
];

/** What the models' maker names, and what only those who sell its models do. */
export const FORMATS_OF_THE_MAKER: Layers['formats'] = {
	png: 'taken',
	jpeg: 'taken',
	webp: 'warned',
	gif: 'warned',
	tiff: 'warned',
	heic: 'refused',
};
