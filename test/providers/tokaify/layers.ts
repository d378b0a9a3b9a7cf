import type { Layers } from '../fixture';
import { FORMATS_OF_THE_MAKER } from '../shared/layers';

/** Nothing is documented: the software of relays drops the field, or knows it (QuantumNous/new-api). */
export const layers: Layers = {
	plain: (image) => ({
		model: 'doubao-seedream-5-0-pro-260628',
		image,
		layer_decomposition: true,
		size: 'auto',
		watermark: false,
	}),
	imageFields: (image) => ({ image }),
	isDoubtful: true,
	rows: [
		{
			says: 'a prompt',
			parameters: { prompt: 'the parrot', resolution: '2K' },
			wire: { prompt: 'the parrot', size: '2K' },
		},
	],
	refused: [],
	most: [],
	formats: FORMATS_OF_THE_MAKER,
};
