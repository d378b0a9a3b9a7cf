import { MEGABYTE } from '../../references';
import type { ReferenceRule } from '../../references';
import type { RatioTable, SizeRule } from '../../sizes';
import { FIVE_LITE, FOUR, FOUR_FIVE, REFERENCES } from '../shared/ark/models';

/**
 * Novita docs, api-reference/model-apis-seedream-4-0, -4.5, -5.0-lite: one path for each model, and
 * not the same fields.
 */
export interface NovitaModel {
	readonly line: string;
	readonly size: SizeRule;
	readonly tiers: Readonly<Record<string, RatioTable>>;
	readonly references: ReferenceRule;
	/** 4.0 has `images` and `max_images`; the later ones have `image` and nested options. */
	readonly flat: boolean;
}

/** The path of the request to its model. */
export const MODELS: Readonly<Record<string, NovitaModel>> = {
	'seedream-4.0': {
		line: '4.0',
		size: { minArea: 1_048_576, maxArea: 16_777_216 },
		tiers: FOUR.tiers,
		references: {
			maxCount: 10,
			formats: ['jpeg', 'png'],
			maxBytes: 10 * MEGABYTE,
			maxRatio: 3,
			dataUris: true,
		},
		flat: true,
	},
	'seedream-4.5': {
		line: '4.5',
		size: FOUR_FIVE.size,
		tiers: FOUR_FIVE.tiers,
		references: REFERENCES,
		flat: false,
	},
	'seedream-5.0-lite': {
		line: '5.0-lite',
		size: { minArea: 3_686_400, maxArea: 10_404_496 },
		tiers: without(FIVE_LITE.tiers, '4K'),
		references: REFERENCES,
		flat: false,
	},
};

function without<T>(table: Readonly<Record<string, T>>, key: string): Record<string, T> {
	return Object.fromEntries(Object.entries(table).filter(([name]) => name !== key));
}
